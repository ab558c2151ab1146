"""A FastAPI application that signs its users in by Authlib, with asynchronous requests to Cognito."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.hosted import CALLBACK, parameters
from tests.support.web_apps import APP, changed, metadata_url, needs

needs("authlib", "fastapi", "itsdangerous")

from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
from authlib.integrations.starlette_client import OAuth
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from joserfc.errors import InvalidClaimError
from starlette.middleware.sessions import SessionMiddleware

from pytest_cognito import AppClient, Browser, Cognito, User, UserPool


@pytest.fixture
def http(pool: UserPool, web: AppClient) -> TestClient:
    """A client of the application."""
    app = FastAPI()
    app.add_middleware(SessionMiddleware, secret_key="not a secret", https_only=True)
    cognito = OAuth().register(
        "cognito",
        client_id=web.id,
        client_secret=web.secret,
        server_metadata_url=metadata_url(pool),
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
    )

    async def login(request: Request) -> Any:
        return await cognito.authorize_redirect(request, CALLBACK)

    async def callback(request: Request) -> Any:
        token = await cognito.authorize_access_token(request)
        return {"claims": token["userinfo"], "info": await cognito.userinfo(token=token)}

    app.add_api_route("/login", login)
    app.add_api_route("/callback", callback)
    return TestClient(app, base_url=APP, follow_redirects=False)


def start(http: TestClient) -> str:
    """Where the application sends a user who is to sign in."""
    return str(http.get("/login").headers["location"])


def test_a_sign_in(http: TestClient, cognito_browser: Browser, alice: User, cognito: Cognito) -> None:
    asked = start(http)
    assert parameters(asked)["code_challenge_method"] == "S256"
    back = cognito_browser.get(asked).sign_in(alice)
    said = http.get(back.location).json()

    assert (said["claims"]["sub"], said["claims"]["nonce"]) == (alice.sub, parameters(asked)["nonce"])
    assert said["info"]["username"] == alice.username
    (exchange,) = cognito.calls.of("POST /oauth2/token")
    assert exchange.parameters["code_verifier"]


def test_the_state_of_another_sign_in(http: TestClient, cognito_browser: Browser, alice: User) -> None:
    back = cognito_browser.get(start(http)).sign_in(alice)
    with pytest.raises(MismatchingStateError):
        http.get(changed(back.location, state="another"))


def test_the_nonce_of_another_sign_in(http: TestClient, cognito_browser: Browser, alice: User) -> None:
    back = cognito_browser.get(changed(start(http), nonce="another")).sign_in(alice)
    with pytest.raises(InvalidClaimError, match="nonce"):
        http.get(back.location)


def test_a_code_twice(http: TestClient, cognito_browser: Browser, alice: User, cognito: Cognito) -> None:
    first = cognito_browser.get(start(http)).sign_in(alice)
    http.get(first.location)
    second = cognito_browser.get(start(http))  # signed in already
    with pytest.raises(OAuthError, match="invalid_grant"):
        http.get(changed(second.location, code=str(first.code)))
