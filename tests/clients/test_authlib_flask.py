"""A Flask application that signs its users in by Authlib."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.support.hosted import CALLBACK, SIGNED_OUT, parameters
from tests.support.web_apps import APP, DOMAIN, changed, metadata_url, needs

needs("authlib", "flask")

from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session
from flask.testing import FlaskClient
from joserfc.errors import InvalidClaimError
from werkzeug import Response

from pytest_cognito import AppClient, Browser, Cognito, User, UserPool


@pytest.fixture
def http(pool: UserPool, web: AppClient) -> FlaskClient:
    """A client of the application."""
    app = Flask("notes")
    app.config.update(SECRET_KEY="not a secret", TESTING=True, SERVER_NAME="app.example.com")
    cognito = OAuth(app).register(
        "cognito",
        client_id=web.id,
        client_secret=web.secret,
        server_metadata_url=metadata_url(pool),
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
    )

    @app.get("/login")
    def login() -> Response:
        answer: Response = cognito.authorize_redirect(CALLBACK)
        return answer

    @app.get("/callback")
    def callback() -> dict[str, str]:
        token = cognito.authorize_access_token()
        session["email"] = token["userinfo"]["email"]
        return {"claims": token["userinfo"], "info": cognito.userinfo(token=token)}

    @app.get("/logout")
    def logout() -> Response:
        session.clear()
        return redirect(f"{DOMAIN}/logout?{urlencode({'client_id': web.id, 'logout_uri': SIGNED_OUT})}")

    return app.test_client()


def start(http: FlaskClient) -> str:
    """Where the application sends a user who is to sign in."""
    return http.get("/login", base_url=APP).headers["Location"]


def test_a_sign_in(http: FlaskClient, cognito_browser: Browser, alice: User, cognito: Cognito) -> None:
    asked = start(http)
    assert parameters(asked)["code_challenge_method"] == "S256"
    back = cognito_browser.get(asked).sign_in(alice)
    said = http.get(back.location).get_json()

    assert (said["claims"]["sub"], said["claims"]["nonce"]) == (alice.sub, parameters(asked)["nonce"])
    assert (said["info"]["email"], said["info"]["email_verified"]) == (alice.email, "true")
    (exchange,) = cognito.calls.of("POST /oauth2/token")
    assert exchange.parameters["code_verifier"]


def test_the_state_of_another_sign_in(http: FlaskClient, cognito_browser: Browser, alice: User) -> None:
    back = cognito_browser.get(start(http)).sign_in(alice)
    with pytest.raises(MismatchingStateError):
        http.get(changed(back.location, state="another"))


def test_the_nonce_of_another_sign_in(http: FlaskClient, cognito_browser: Browser, alice: User) -> None:
    back = cognito_browser.get(changed(start(http), nonce="another")).sign_in(alice)
    with pytest.raises(InvalidClaimError, match="nonce"):
        http.get(back.location)


def test_the_code_of_another_sign_in(
    http: FlaskClient, cognito_browser: Browser, alice: User, cognito: Cognito
) -> None:
    """The code challenge of a code that was injected is not that of the verifier that the application sends."""
    theirs = cognito.browser().get(start(http)).sign_in(alice)
    back = cognito_browser.get(start(http)).sign_in(alice)
    with pytest.raises(OAuthError, match="invalid_grant"):
        http.get(changed(back.location, code=str(theirs.code)))


def test_an_error_of_the_authorization_endpoint(http: FlaskClient, cognito_browser: Browser) -> None:
    back = cognito_browser.get(changed(start(http), scope="openid nonsense"))
    with pytest.raises(OAuthError, match="invalid_request: invalid_scope"):
        http.get(back.location)


def test_a_sign_out(http: FlaskClient, cognito_browser: Browser, alice: User) -> None:
    back = cognito_browser.get(start(http)).sign_in(alice)
    http.get(back.location)
    assert cognito_browser.get(start(http)).code  # signed in already

    away = cognito_browser.get(http.get("/logout", base_url=APP).headers["Location"])

    assert away.location == SIGNED_OUT
    assert cognito_browser.get(start(http)).name == "sign-in"
