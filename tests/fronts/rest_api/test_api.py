"""A REST API as applications and their tests reach it, and what a test may write."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
import requests
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver
from mangum import Mangum

from pytest_cognito import Cognito, CognitoUserPoolsAuthorizer, Server, Tokens, UsageError, User, UserPool
from pytest_cognito.fronts.rest_api.api import RestApi
from tests.fronts.rest_api.conftest import echo

IAM = "AWS_IAM"


def test_every_http_library_reaches_it(notes: RestApi, tokens: Tokens) -> None:
    url, headers = f"{notes.url}/notes/1", {"Authorization": tokens.id_token}

    async def asynchronously() -> httpx.Response:
        async with httpx.AsyncClient() as client:
            return await client.get(url, headers=headers)

    for response in (
        requests.get(url, headers=headers, timeout=5),
        httpx.get(url, headers=headers),
        asyncio.run(asynchronously()),
        notes.get(url, headers=headers),
        asyncio.run(notes.aget("/notes/1", headers=headers)),
    ):
        assert response.status_code == 200
        assert response.json()["pathParameters"] == {"id": "1"}
    assert requests.get(url, timeout=5).status_code == 401
    assert notes.url == f"https://{notes.id}.execute-api.us-east-1.amazonaws.com/prod"


def test_the_loopback_server(cognito_server: Server, notes: RestApi, tokens: Tokens) -> None:
    url = f"{cognito_server.endpoint_url}/_provider/{notes.host}/prod/notes"

    assert requests.get(url, timeout=5).json() == {"message": "Unauthorized"}
    event = requests.get(url, headers={"Authorization": tokens.id_token}, timeout=5).json()

    assert event["path"] == "/notes"
    assert event["requestContext"]["domainName"] == notes.host


def test_a_resolver_of_powertools(cognito: Cognito, cognito_user_pool: UserPool, tokens: Tokens) -> None:
    app = APIGatewayRestResolver()

    @app.get("/notes/<note_id>")
    def read(note_id: str) -> dict[str, Any]:
        return {"id": note_id, "user": app.current_event.request_context.authorizer.claims["cognito:username"]}

    api = cognito.rest_api(app, authorizer=cognito_user_pool)

    assert api.get("/notes/7", headers={"Authorization": tokens.id_token}).json() == {"id": "7", "user": "alice"}
    assert api.get("/other", headers={"Authorization": tokens.id_token}).status_code == 404
    assert api.get("/notes/7").status_code == 401


async def application(scope: Any, receive: Any, send: Any) -> None:
    """An ASGI application."""
    if scope["type"] == "http":
        event = scope.get("aws.event", {})
        body = json.dumps({"path": scope["path"], "claims": event.get("requestContext", {}).get("authorizer")}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": body})


@pytest.mark.usefixtures("mangum_loop")
def test_mangum_and_an_application_itself(cognito: Cognito, cognito_user_pool: UserPool, tokens: Tokens) -> None:
    headers = {"Authorization": tokens.id_token}
    adapted = cognito.rest_api({"ANY /{proxy+}": Mangum(application, lifespan="off")}, authorizer=cognito_user_pool)
    itself = cognito.rest_api({"ANY /{proxy+}": application}, authorizer=cognito_user_pool)

    answer = adapted.get("/notes/1", headers=headers).json()
    assert (answer["path"], answer["claims"]["claims"]["cognito:username"]) == ("/notes/1", "alice")
    assert itself.get("/notes/1", headers=headers).status_code == 200
    assert itself.get("/notes/1").status_code == 401


def test_methods_are_found(cognito: Cognito) -> None:
    api = cognito.rest_api({"GET /notes/{id}": echo, "GET /notes/new": echo, "ANY /notes/{id}": echo, "GET /": echo})

    assert api.get("/notes/new").json()["resource"] == "/notes/new"
    assert api.get("/notes/1/").json()["pathParameters"] == {"id": "1"}
    assert api.delete("/notes/1").json()["httpMethod"] == "DELETE"
    assert api.get(api.url).json()["path"] == "/"
    for method, path in (("POST", "/"), ("GET", "/notes"), ("GET", "/notes/1/2")):
        assert api.request(method, path).json() == {"message": "Missing Authentication Token"}


def test_authorizers_of_routes(cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User) -> None:
    staff = cognito.create_user_pool()
    token = staff.tokens_for(staff.create_user("ann").username, scopes=["staff/all"])
    api = cognito.rest_api(
        {
            "GET /notes": echo,
            "GET /staff": (echo, staff),
            "POST /staff": (echo, staff, ["staff/all"]),
            "GET /iam": (echo, IAM),
        },
        authorizer=cognito_user_pool,
    )

    assert api.get("/notes", headers={"Authorization": token.id_token}).status_code == 401
    assert api.get("/staff", headers={"Authorization": token.id_token}).status_code == 200
    assert api.post("/staff", headers=token.auth_header).status_code == 200
    assert api.get("/iam").status_code == 403


def test_another_region_and_stage(cognito: Cognito) -> None:
    api = cognito.rest_api({"GET /notes": echo}, region="eu-west-1", stage="v1", id="a1b2c3d4e5")

    assert api.url == "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/v1"
    assert api.arn == "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/v1"
    assert requests.get(f"{api.url}/notes", timeout=5).json()["requestContext"]["stage"] == "v1"


def test_requests_are_in_the_log(notes: RestApi, cognito: Cognito) -> None:
    notes.get("/notes/1?a=b")

    (call,) = cognito.calls.of("GET /notes/1")
    assert (call.service, call.parameters, call.result) == ("execute-api", {"a": "b"}, {"status": 401})


@pytest.mark.parametrize(
    ("routes", "settings", "text"),
    [
        ({}, {}, "a route at least"),
        ({"GET notes": echo}, {}, "begin with a slash"),
        ({"$default": echo}, {}, 'write "ANY /{proxy\\+}"'),
        ({"GET /notes": (echo, "notes/read")}, {}, r"write \['notes/read'\]"),
        ({"GET /notes": (echo, ["notes/read"])}, {}, "give it a user pool"),
        ({"GET /notes": (echo, None, [], [])}, {}, "has 4 values: write handler"),
        ({"GET /notes": APIGatewayHttpResolver()}, {}, "APIGatewayRestResolver"),
        ({"GET /notes": echo}, {"authorizer": 5}, "pass a user pool"),
        ({"GET /notes": echo}, {"authorizer": "JWT"}, "authorizer is 'JWT': pass a user pool"),
        ({"GET /notes": echo}, {"stage": "/prod"}, "without a slash"),
        ({"GET /notes": echo}, {"stages": "prod"}, "rest_api has no 'stages'"),
        ({"GET /notes": echo}, {"binary_media_types": "image/png"}, "is a list"),
        ({"GET /notes": echo}, {"api_keys": "k"}, "is a list"),
        ({"GET /notes": echo}, {"api_key_required": ["GET /note"]}, "the routes are GET /notes"),
        ({"GET /notes": echo}, {"api_key_required": "GET /notes"}, "or a list of routes"),
        ({"GET /notes": echo}, {"api_key_source": "QUERY"}, "HEADER"),
    ],
)
def test_what_cannot_be_meant(cognito: Cognito, routes: Any, settings: Any, text: str) -> None:
    with pytest.raises(UsageError, match=text):
        cognito.rest_api(routes, **settings)


def test_authorizers_that_cannot_be_meant(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    with pytest.raises(UsageError, match=r"validation=client\.id"):
        cognito.rest_api({"GET /notes": echo}, authorizer=cognito_user_pool.client)
    for pools in (cognito_user_pool, [], "us-east-1_a", [5], ["pool"]):
        with pytest.raises(UsageError, match="pools takes"):
            CognitoUserPoolsAuthorizer(pools)  # type: ignore[arg-type]  # what the test is about
    with pytest.raises(UsageError, match="401 or 403"):
        CognitoUserPoolsAuthorizer([cognito_user_pool], missing_scope=400)
