"""oauthlib, by the sessions of requests-oauthlib."""

from __future__ import annotations

import pytest

from tests.support.hosted import CALLBACK, parameters
from tests.support.web_apps import DOMAIN, changed, machine, needs

needs("requests_oauthlib")

from oauthlib.oauth2 import BackendApplicationClient
from oauthlib.oauth2.rfc6749.errors import (
    InvalidClientError,
    InvalidGrantError,
    MismatchingStateError,
    TokenExpiredError,
)
from requests_oauthlib import OAuth2Session

from pytest_cognito import AppClient, Browser, User, UserPool

TOKEN = f"{DOMAIN}/oauth2/token"
USER_INFO = f"{DOMAIN}/oauth2/userInfo"


@pytest.fixture
def session(web: AppClient) -> OAuth2Session:
    return OAuth2Session(web.id, redirect_uri=CALLBACK, scope=["openid", "email"], pkce="S256")


def test_a_sign_in(session: OAuth2Session, web: AppClient, cognito_browser: Browser, alice: User) -> None:
    url, state = session.authorization_url(f"{DOMAIN}/oauth2/authorize")
    assert parameters(url)["code_challenge_method"] == "S256"
    back = cognito_browser.get(url).sign_in(alice)
    assert back.state == state
    first = session.fetch_token(TOKEN, authorization_response=back.location, client_secret=web.secret)

    assert session.get(USER_INFO).json()["sub"] == alice.sub
    fresh = session.refresh_token(TOKEN, auth=(web.id, web.secret))
    assert fresh["access_token"] != first["access_token"]
    session.token = {**fresh, "expires_in": -60, "expires_at": 1}
    with pytest.raises(TokenExpiredError):
        session.get(USER_INFO)


def test_what_the_session_refuses(
    session: OAuth2Session, web: AppClient, cognito_browser: Browser, alice: User
) -> None:
    url, _ = session.authorization_url(f"{DOMAIN}/oauth2/authorize")
    back = cognito_browser.get(url).sign_in(alice)
    elsewhere = changed(back.location, state="another")
    with pytest.raises(MismatchingStateError):
        session.fetch_token(TOKEN, authorization_response=elsewhere, client_secret=web.secret)
    with pytest.raises(InvalidClientError):
        session.fetch_token(TOKEN, authorization_response=back.location, client_secret="wrong")


def test_another_verifier(session: OAuth2Session, web: AppClient, cognito_browser: Browser, alice: User) -> None:
    url, _ = session.authorization_url(f"{DOMAIN}/oauth2/authorize")
    back = cognito_browser.get(changed(url, code_challenge="A" * 43)).sign_in(alice)
    with pytest.raises(InvalidGrantError):
        session.fetch_token(TOKEN, authorization_response=back.location, client_secret=web.secret)


def test_client_credentials(pool: UserPool) -> None:
    job = machine(pool)
    session = OAuth2Session(client=BackendApplicationClient(job.id, scope=["notes/read"]))

    token = session.fetch_token(TOKEN, auth=(job.id, job.secret))

    assert (token["token_type"], token["expires_in"]) == ("Bearer", 3600)
    assert session.get(USER_INFO).status_code == 401  # it has no scope openid
