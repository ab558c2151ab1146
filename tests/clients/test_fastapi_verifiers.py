"""FastAPI's add-ons that verify the tokens of a user pool: fastapi-cognito and fastapi-cloudauth."""

import warnings
from typing import Annotated, Any

import pytest

from tests.support.web_apps import APP, REGION, SPOILED, needs

needs("fastapi_cognito", "fastapi_cloudauth")

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from fastapi_cognito import CognitoAuth, CognitoSettings

with warnings.catch_warnings():
    # It is of the time of pydantic 1, which pydantic 2 tells at the import and when it reads the claims.
    warnings.simplefilter("ignore")
    from fastapi_cloudauth.cognito import Cognito, CognitoClaims, CognitoCurrentUser

from pytest_cognito import Tokens, User, UserPool

pytestmark = [
    pytest.mark.filterwarnings("ignore:alru_cache detected event loop change"),  # each test has a loop of its own
    pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince20"),
    pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning"),
]


@pytest.fixture
def http(pool: UserPool) -> TestClient:
    """A client of an application with a path for each add-on and kind of token."""
    names = {"region": REGION, "userpool_id": pool.id, "app_client_id": pool.client.id}
    settings = CognitoSettings(
        check_expiration=True,
        jwt_header_name="Authorization",
        jwt_header_prefix="Bearer",
        userpools={"notes": names},
    )
    auth = CognitoAuth(settings)
    access = Cognito(region=REGION, userPoolId=pool.id, client_id=pool.client.id)
    identity = CognitoCurrentUser(region=REGION, userPoolId=pool.id, client_id=pool.client.id)
    app = FastAPI()

    async def by_cognito(token: Annotated[Any, Depends(auth.auth_required)]) -> dict[str, str]:
        return {"username": token.username}

    async def by_cloudauth(_: Annotated[Any, Depends(access)]) -> dict[str, str]:
        return {"username": "alice"}

    async def by_cloudauth_id(user: Annotated[CognitoClaims, Depends(identity)]) -> dict[str, str]:
        return {"username": user.username}

    app.add_api_route("/cognito", by_cognito)
    app.add_api_route("/cloudauth", by_cloudauth)
    app.add_api_route("/cloudauth/id", by_cloudauth_id)
    return TestClient(app, base_url=APP)


def call(http: TestClient, path: str, tokens: Tokens) -> Any:
    token = tokens.id_token if path.endswith("/id") else tokens.access_token
    return http.get(path, headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("path", ["/cognito", "/cloudauth", "/cloudauth/id"])
def test_a_token(http: TestClient, alice: User, path: str) -> None:
    answer = call(http, path, alice.sign_in())
    assert (answer.status_code, answer.json()) == (200, {"username": "alice"})


@pytest.mark.parametrize("path", ["/cognito", "/cloudauth/id"])
@pytest.mark.parametrize("spoil", SPOILED)
def test_spoiled_tokens(http: TestClient, cognito_tokens: Tokens, path: str, spoil: str) -> None:
    assert call(http, path, getattr(cognito_tokens, spoil)()).status_code == 401


@pytest.mark.parametrize("spoil", ["expired", "tampered", "wrong_issuer", "swapped"])
def test_spoiled_access_tokens(http: TestClient, cognito_tokens: Tokens, spoil: str) -> None:
    """fastapi-cloudauth does not look at the client that an access token is for."""
    assert call(http, "/cloudauth", getattr(cognito_tokens, spoil)()).status_code == 401
