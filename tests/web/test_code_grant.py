"""The authorization code grant of OAuth 2.0, from the sign-in page to the tokens."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from pytest_cognito import AppClient, Cognito, User, UserPool
from pytest_cognito.http import hosts

BASE = f"https://{hosts.prefix_domain('notes', 'us-east-1')}"
CALLBACK = "https://app.example.com/callback"
OAUTH: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email"],
    "CallbackURLs": [CALLBACK],
    "SupportedIdentityProviders": ["COGNITO"],
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.call("CreateUserPoolDomain", Domain="notes")
    return pool


@pytest.fixture
def client(pool: UserPool) -> AppClient:
    return pool.create_client(**OAUTH)


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.create_user("alice", email="alice@example.com")


def test_a_user_signs_in_on_the_page_and_the_application_gets_tokens(
    pool: UserPool, client: AppClient, alice: User
) -> None:
    browser = requests.Session()
    query = {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK, "state": "s"}
    page = browser.get(f"{BASE}/oauth2/authorize", params=query, timeout=5)
    form = {"_csrf": browser.cookies["XSRF-TOKEN"], "username": "alice", "password": alice.password}
    back = browser.post(page.url, data=form, allow_redirects=False, timeout=5)

    location = back.headers["Location"]
    assert location.startswith(f"{CALLBACK}?")
    sent = parse_qs(urlsplit(location).query)
    assert sent["state"] == ["s"]

    exchange = {
        "grant_type": "authorization_code",
        "code": sent["code"][0],
        "client_id": client.id,
        "redirect_uri": CALLBACK,
    }
    tokens = requests.post(f"{BASE}/oauth2/token", data=exchange, timeout=5).json()
    assert list(tokens) == ["id_token", "access_token", "refresh_token", "expires_in", "token_type"]

    again = requests.post(f"{BASE}/oauth2/token", data=exchange, timeout=5)
    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})


def test_a_browser_that_is_signed_in_is_sent_straight_back(client: AppClient, alice: User) -> None:
    browser = requests.Session()
    query = {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK}
    page = browser.get(f"{BASE}/oauth2/authorize", params=query, timeout=5)
    form = {"_csrf": browser.cookies["XSRF-TOKEN"], "username": "alice", "password": alice.password}
    browser.post(page.url, data=form, allow_redirects=False, timeout=5)

    silent = browser.get(
        f"{BASE}/oauth2/authorize", params={**query, "prompt": "none"}, allow_redirects=False, timeout=5
    )

    assert silent.headers["Location"].startswith(f"{CALLBACK}?code=")
