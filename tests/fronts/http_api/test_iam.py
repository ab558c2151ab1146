"""The authorization AWS_IAM of HTTP APIs, with the credentials of an identity pool."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, Credentials, HttpApi, IdentityPool, User
from tests.support.fronts import echo, policy, signed, told

FORBIDDEN = (403, '{"message":"Forbidden"}')


@pytest.fixture
def credentials(cognito_identity_pool: IdentityPool, cognito_user: User) -> Credentials:
    """Those of a user whose role may read notes."""
    read = "arn:aws:execute-api:*:*:*/prod/GET/notes/*"
    role = cognito_identity_pool.create_role("app", [policy("Allow", read)])
    cognito_identity_pool.set_roles(authenticated=role)
    return cognito_identity_pool.identity_of(cognito_user).credentials()


@pytest.fixture
def api(cognito: Cognito) -> HttpApi:
    return cognito.http_api({"ANY /notes/{id}": told, "GET /tags": told}, authorizer="AWS_IAM", stage="prod")


def answer(api: HttpApi, path: str, credentials: Credentials, method: str = "GET", service: str = "execute-api") -> Any:
    response = api.request(method, path, headers=signed(credentials, method, f"{api.url}{path}", service))
    return response.status_code, response.text


def test_an_event_tells_of_the_identity(
    api: HttpApi, credentials: Credentials, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    headers = signed(credentials, "GET", f"{api.url}/notes/1")
    told_iam = api.get("/notes/1", headers=headers).json()["iam"]
    provider = cognito_user.pool.provider_name
    assert told_iam["accessKey"] == credentials.access_key_id
    assert told_iam["userArn"] == credentials.arn
    assert told_iam["userId"] == told_iam["callerId"]
    assert told_iam["userId"].endswith(":CognitoIdentityCredentials")
    assert told_iam["cognitoIdentity"] == {
        "amr": ["authenticated", provider, f"{provider}:CognitoSignIn:{cognito_user.sub}"],
        "identityId": cognito_identity_pool.identity_of(cognito_user).id,
        "identityPoolId": cognito_identity_pool.id,
    }


def test_format_1_tells_of_the_identity_where_rest_apis_do(
    cognito: Cognito, credentials: Credentials, cognito_user: User
) -> None:
    api = cognito.http_api({"GET /notes/{id}": echo}, authorizer="AWS_IAM", stage="prod", payload_format="1.0")
    context = api.get("/notes/1", headers=signed(credentials, "GET", f"{api.url}/notes/1")).json()["requestContext"]
    identity = context["identity"]
    provider = cognito_user.pool.provider_name
    assert "authorizer" not in context
    assert (identity["accessKey"], identity["cognitoAuthenticationType"]) == (
        credentials.access_key_id,
        "authenticated",
    )
    assert identity["cognitoAuthenticationProvider"] == f"{provider},{provider}:CognitoSignIn:{cognito_user.sub}"


def test_what_policies_do_not_allow_is_forbidden(api: HttpApi, credentials: Credentials, cognito: Cognito) -> None:
    assert answer(api, "/tags", credentials) == FORBIDDEN
    assert answer(api, "/notes/1", credentials, "DELETE") == FORBIDDEN
    assert any("no identity-based policy allows" in line for line in cognito.calls[-1].explanation)


def test_a_request_that_is_not_signed_for_the_api_is_forbidden(api: HttpApi, credentials: Credentials) -> None:
    assert api.get("/notes/1").status_code == 403
    assert answer(api, "/notes/1", credentials, service="s3") == FORBIDDEN


def test_credentials_that_have_expired_or_were_tampered_with_are_forbidden(
    api: HttpApi, credentials: Credentials
) -> None:
    assert answer(api, "/notes/1", credentials.tampered()) == FORBIDDEN
    assert answer(api, "/notes/1", credentials.expired()) == FORBIDDEN


def test_the_developer_may_do_all(api: HttpApi, credentials: Credentials) -> None:
    headers = signed(credentials, "GET", f"{api.url}/tags")
    own = headers["Authorization"].replace(credentials.access_key_id, "AKIAIOSFODNN7EXAMPLE")
    response = api.get("/tags", headers={**headers, "Authorization": own, "X-Amz-Security-Token": ""})
    assert response.json()["iam"]["cognitoIdentity"] is None
