"""Authlib's OAuth 2.0 sessions, as scripts and applications without a framework use them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import requests

from tests.support.hosted import CALLBACK
from tests.support.web_apps import DOMAIN, changed, machine, metadata_url, needs, web_client

needs("authlib", "httpx")

from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client, OAuth2Client
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc6749.errors import MismatchingStateException

from pytest_cognito import AppClient, Browser, User, UserPool

TOKEN = f"{DOMAIN}/oauth2/token"
METHODS = ["client_secret_basic", "client_secret_post"]
KINDS = [OAuth2Client, OAuth2Session]


def session(kind: Any, client: AppClient, **more: Any) -> Any:
    """A session for PKCE, with the scope of a sign-in."""
    usual = {"scope": "openid email", "redirect_uri": CALLBACK, "code_challenge_method": "S256"}
    return kind(client.id, client.secret, **{**usual, **more})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", METHODS)
def test_a_sign_in(
    kind: Any, method: str, web: AppClient, pool: UserPool, cognito_browser: Browser, alice: User
) -> None:
    provider = requests.get(metadata_url(pool), timeout=5).json()
    assert method in provider["token_endpoint_auth_methods_supported"]
    client = session(kind, web, token_endpoint_auth_method=method)
    verifier = generate_token(48)
    url, state = client.create_authorization_url(provider["authorization_endpoint"], code_verifier=verifier)
    back = cognito_browser.get(url).sign_in(alice)
    token = client.fetch_token(
        provider["token_endpoint"], authorization_response=back.location, state=state, code_verifier=verifier
    )

    assert set(token) == {"id_token", "access_token", "refresh_token", "expires_in", "expires_at", "token_type"}
    assert client.get(provider["userinfo_endpoint"]).json()["sub"] == alice.sub
    fresh = client.refresh_token(provider["token_endpoint"])
    assert fresh["access_token"] != token["access_token"]
    assert fresh["refresh_token"] == token["refresh_token"]
    assert client.revoke_token(provider["revocation_endpoint"], token["refresh_token"]).status_code == 200
    assert client.get(provider["userinfo_endpoint"]).status_code == 401
    with pytest.raises(OAuthError, match="invalid_grant"):
        client.refresh_token(provider["token_endpoint"])


def test_a_client_without_secret(pool: UserPool, cognito_browser: Browser, alice: User) -> None:
    client = session(OAuth2Client, web_client(pool, secret=False), token_endpoint_auth_method="none")
    verifier = generate_token(48)
    url, state = client.create_authorization_url(f"{DOMAIN}/oauth2/authorize", code_verifier=verifier)
    back = cognito_browser.get(url).sign_in(alice)
    with pytest.raises(MismatchingStateException):
        client.fetch_token(TOKEN, authorization_response=changed(back.location, state="another"), state=state)
    token = client.fetch_token(TOKEN, authorization_response=back.location, state=state, code_verifier=verifier)
    assert token["id_token"]


def test_an_asynchronous_sign_in(web: AppClient, cognito_browser: Browser, alice: User) -> None:
    verifier = generate_token(48)

    async def whole() -> dict[str, Any]:
        async with session(AsyncOAuth2Client, web) as client:
            url, state = client.create_authorization_url(f"{DOMAIN}/oauth2/authorize", code_verifier=verifier)
            back = cognito_browser.get(url).sign_in(alice)
            await client.fetch_token(TOKEN, authorization_response=back.location, state=state, code_verifier=verifier)
            await client.refresh_token(TOKEN)
            info: dict[str, Any] = (await client.get(f"{DOMAIN}/oauth2/userInfo")).json()
            return info

    assert asyncio.run(whole())["email"] == alice.email


def test_a_token_that_expires_is_refreshed(
    web: AppClient, cognito_browser: Browser, alice: User, pool: UserPool
) -> None:
    client = session(OAuth2Client, web, token_endpoint=TOKEN)
    verifier = generate_token(48)
    url, state = client.create_authorization_url(f"{DOMAIN}/oauth2/authorize", code_verifier=verifier)
    back = cognito_browser.get(url).sign_in(alice)
    first = client.fetch_token(TOKEN, authorization_response=back.location, state=state, code_verifier=verifier)
    client.token = {**first, "expires_at": 1}

    assert client.get(f"{DOMAIN}/oauth2/userInfo").status_code == 200
    assert client.token["access_token"] != first["access_token"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", METHODS)
def test_client_credentials(kind: Any, method: str, pool: UserPool) -> None:
    job = machine(pool)
    client = kind(job.id, job.secret, scope="notes/read", token_endpoint_auth_method=method)

    token = client.fetch_token(TOKEN, grant_type="client_credentials")

    assert set(token) == {"access_token", "expires_in", "expires_at", "token_type"}
    with pytest.raises(OAuthError, match="invalid_client"):
        kind(job.id, "wrong", token_endpoint_auth_method=method).fetch_token(TOKEN, grant_type="client_credentials")
    with pytest.raises(OAuthError, match="invalid_scope"):
        kind(job.id, job.secret, scope="notes/delete").fetch_token(TOKEN, grant_type="client_credentials")
