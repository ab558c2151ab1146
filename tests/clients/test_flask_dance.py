"""Flask-Dance: a Flask application with a blueprint for OAuth 2.0."""

from __future__ import annotations

import pytest

from tests.support.hosted import parameters
from tests.support.web_apps import APP, DOMAIN, changed, needs, web_client

needs("flask_dance")

from flask import Flask
from flask.testing import FlaskClient
from flask_dance.consumer import OAuth2ConsumerBlueprint
from oauthlib.oauth2.rfc6749.errors import MismatchingStateError

from pytest_cognito import AppClient, Browser, User, UserPool


@pytest.fixture
def web(pool: UserPool) -> AppClient:
    return web_client(pool, f"{APP}/notes/authorized")


@pytest.fixture
def http(web: AppClient) -> FlaskClient:
    """A client of the application."""
    app = Flask("notes")
    app.config.update(SECRET_KEY="not a secret", TESTING=True, SERVER_NAME="app.example.com")
    notes = OAuth2ConsumerBlueprint(
        "notes",
        __name__,
        client_id=web.id,
        client_secret=web.secret,
        scope=["openid", "email"],
        base_url=DOMAIN,
        authorization_url=f"{DOMAIN}/oauth2/authorize",
        token_url=f"{DOMAIN}/oauth2/token",
        redirect_url="/me",
        use_pkce=True,
        code_challenge_method="S256",
    )
    app.register_blueprint(notes)
    app.add_url_rule("/me", "me", lambda: notes.session.get("/oauth2/userInfo").json())
    return app.test_client()


def start(http: FlaskClient) -> str:
    return http.get("/notes", base_url=APP).headers["Location"]


def test_a_sign_in(http: FlaskClient, cognito_browser: Browser, alice: User) -> None:
    asked = start(http)
    assert parameters(asked)["code_challenge_method"] == "S256"
    back = cognito_browser.get(asked).sign_in(alice)

    assert http.get(back.location).headers["Location"] == "/me"
    assert http.get("/me", base_url=APP).get_json()["email"] == alice.email


def test_the_state_of_another_sign_in(http: FlaskClient, cognito_browser: Browser, alice: User) -> None:
    back = cognito_browser.get(start(http)).sign_in(alice)
    with pytest.raises(MismatchingStateError):
        http.get(changed(back.location, state="another"))
