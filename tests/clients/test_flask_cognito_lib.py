"""flask-cognito-lib: a Flask application whose sign-in is cookies with tokens."""

from __future__ import annotations

import pytest

from tests.support.hosted import CALLBACK, SIGNED_OUT, parameters
from tests.support.web_apps import APP, DOMAIN, REGION, SPOILED, changed, needs

needs("flask_cognito_lib")

from flask import Flask, Response, jsonify, session
from flask.testing import FlaskClient
from flask_cognito_lib import CognitoAuth
from flask_cognito_lib.decorators import (
    auth_required,
    cognito_login,
    cognito_login_callback,
    cognito_logout,
    cognito_refresh_callback,
)
from flask_cognito_lib.exceptions import CognitoError, TokenVerifyError

from pytest_cognito import AppClient, Browser, Cognito, Tokens, User, UserPool


@pytest.fixture
def http(pool: UserPool, web: AppClient) -> FlaskClient:
    """A client of the application."""
    app = Flask("notes")
    app.config.update(
        SECRET_KEY="not a secret",
        TESTING=True,
        AWS_REGION=REGION,
        AWS_COGNITO_DOMAIN=DOMAIN,
        AWS_COGNITO_USER_POOL_ID=pool.id,
        AWS_COGNITO_USER_POOL_CLIENT_ID=web.id,
        AWS_COGNITO_USER_POOL_CLIENT_SECRET=web.secret,
        AWS_COGNITO_REDIRECT_URL=CALLBACK,
        AWS_COGNITO_LOGOUT_URL=SIGNED_OUT,
        AWS_COGNITO_REFRESH_FLOW_ENABLED=True,
        AWS_COGNITO_SCOPES=["openid", "email"],
    )
    CognitoAuth(app)

    def away() -> None:
        """Nothing: the library answers by a redirect."""

    def signed_in() -> Response:
        return jsonify({"claims": session["claims"], "info": session.get("user_info")})

    def admin() -> Response:
        return Response("ok")

    app.add_url_rule("/login", "login", cognito_login(away))
    app.add_url_rule("/callback", "callback", cognito_login_callback(signed_in))
    app.add_url_rule("/refresh", "refresh", cognito_refresh_callback(signed_in))
    app.add_url_rule("/logout", "logout", cognito_logout(away))
    app.add_url_rule("/admin", "admin", auth_required(groups=["admins"])(admin))
    return app.test_client()


def start(http: FlaskClient) -> str:
    return http.get("/login", base_url=APP).headers["Location"]


def sign_in(http: FlaskClient, browser: Browser, user: User) -> None:
    back = browser.get(start(http)).sign_in(user)
    assert http.get(back.location).status_code == 200


def test_a_sign_in(http: FlaskClient, cognito_browser: Browser, alice: User) -> None:
    asked = start(http)
    assert parameters(asked)["code_challenge_method"] == "S256"
    back = cognito_browser.get(asked).sign_in(alice)
    said = http.get(back.location).get_json()

    assert (said["claims"]["sub"], said["info"]["nonce"]) == (alice.sub, parameters(asked)["nonce"])
    assert said["info"]["email"] == alice.email
    first = http.get_cookie("cognito_access_token", domain="app.example.com")
    assert http.get("/refresh", base_url=APP).status_code == 200
    second = http.get_cookie("cognito_access_token", domain="app.example.com")
    assert first is not None
    assert second is not None
    assert first.value != second.value


def test_groups(http: FlaskClient, cognito_browser: Browser, pool: UserPool) -> None:
    ann = pool.create_user("ann", groups=["admins"])
    sign_in(http, cognito_browser, ann)
    assert http.get("/admin", base_url=APP).text == "ok"


def test_state_and_nonce_of_another_sign_in(http: FlaskClient, cognito_browser: Browser, alice: User) -> None:
    back = cognito_browser.get(start(http)).sign_in(alice)
    with pytest.raises(CognitoError, match="State for CSRF is not correct"):
        http.get(changed(back.location, state="another"))
    back = cognito_browser.get(changed(start(http), nonce="another"))
    with pytest.raises(TokenVerifyError, match="nonce"):
        http.get(back.location)


def test_a_sign_out(http: FlaskClient, cognito_browser: Browser, alice: User, cognito: Cognito) -> None:
    sign_in(http, cognito_browser, alice)

    away = cognito_browser.get(http.get("/logout", base_url=APP).headers["Location"])

    assert away.location == SIGNED_OUT
    (revoked,) = cognito.calls.of("POST /oauth2/revoke")
    assert revoked.error is None
    assert cognito_browser.get(start(http)).name == "sign-in"


@pytest.mark.parametrize("spoil", SPOILED)
def test_spoiled_tokens(http: FlaskClient, web: AppClient, alice: User, spoil: str) -> None:
    tokens: Tokens = alice.tokens(client=web)
    auth = http.application.extensions["cognito_auth_lib"]
    with http.application.app_context():
        assert auth.verify_access_token(tokens.access_token, leeway=0)["sub"] == alice.sub
        assert auth.verify_id_token(tokens.id_token, leeway=0)["sub"] == alice.sub
        spoiled: Tokens = getattr(tokens, spoil)()
        with pytest.raises(TokenVerifyError):
            auth.verify_access_token(spoiled.access_token, leeway=0)
        with pytest.raises(TokenVerifyError):
            auth.verify_id_token(spoiled.id_token, leeway=0)
