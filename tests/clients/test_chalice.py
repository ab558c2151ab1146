"""Chalice, whose applications are functions behind a REST API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.web_apps import needs

needs("chalice")

from chalice import Chalice, CognitoUserPoolAuthorizer, NotFoundError, Response

from pytest_cognito import Cognito, Tokens, UsageError, UserPool

NOTES = {"GET /notes/{id}": ..., "POST /notes": ...}


@pytest.fixture
def app(cognito_user_pool: UserPool) -> Any:
    made = Chalice(app_name="notes")
    users = CognitoUserPoolAuthorizer("users", provider_arns=[cognito_user_pool.arn])

    @made.route("/notes/{id}", methods=["GET"], authorizer=users)  # type: ignore[untyped-decorator, unused-ignore]
    def note(id: str) -> dict[str, Any]:
        if id == "0":
            raise NotFoundError("there is no such note")
        claims = made.current_request.context["authorizer"]["claims"]
        return {"id": id, "sub": claims["sub"]}

    @made.route("/notes", methods=["POST"], authorizer=users)  # type: ignore[untyped-decorator, unused-ignore]
    def write() -> Any:
        return Response(made.current_request.json_body, status_code=201, headers={"X-Tag": ["red", "blue"]})

    return made


def test_behind_a_rest_api(cognito: Cognito, cognito_user_pool: UserPool, app: Any, cognito_tokens: Tokens) -> None:
    api = cognito.rest_api(dict.fromkeys(NOTES, app), authorizer=cognito_user_pool)
    headers = {"Authorization": cognito_tokens.id_token}
    assert api.get("/notes/5").status_code == 401
    assert api.get("/notes/5", headers=headers).json() == {"id": "5", "sub": cognito_tokens.claims["sub"]}
    assert api.get("/notes/0", headers=headers).status_code == 404
    written = api.post("/notes", json={"text": "Milk"}, headers=headers)
    assert (written.status_code, written.json(), written.headers["x-tag"]) == (201, {"text": "Milk"}, "red, blue")


def test_behind_an_http_api_it_reads_format_1(
    cognito: Cognito, cognito_user_pool: UserPool, app: Any, cognito_tokens: Tokens
) -> None:
    with pytest.raises(UsageError, match=r'payload_format="1\.0"'):
        cognito.http_api(dict.fromkeys(NOTES, app), authorizer=cognito_user_pool)
    with pytest.raises(UsageError, match="pass it to rest_api"):
        cognito.load_balancer(app, cognito_user_pool)
    api = cognito.http_api(dict.fromkeys(NOTES, app), authorizer=cognito_user_pool, payload_format="1.0")
    assert api.get("/notes/5", headers=cognito_tokens.auth_header).json()["id"] == "5"
