"""httpx-oauth, by which FastAPI Users signs users in: its client for OpenID Connect."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.hosted import CALLBACK
from tests.support.web_apps import metadata_url, needs

needs("httpx_oauth")

from httpx_oauth.clients.openid import OpenID
from httpx_oauth.oauth2 import GetAccessTokenError, RefreshTokenNotSupportedError

from pytest_cognito import AppClient, Browser, User, UserPool


def test_a_sign_in(pool: UserPool, web: AppClient, cognito_browser: Browser, alice: User) -> None:
    client = OpenID(web.id, str(web.secret), metadata_url(pool), base_scopes=["openid", "email"])

    async def whole() -> tuple[str, str | None]:
        url = await client.get_authorization_url(CALLBACK, state="s1")
        back = cognito_browser.get(url).sign_in(alice)
        assert back.state == "s1"
        token = await client.get_access_token(str(back.code), CALLBACK)
        known: tuple[str, str | None] = await client.get_id_email(token["access_token"])
        await client.revoke_token(token["refresh_token"], "refresh_token")
        with pytest.raises(GetAccessTokenError):
            await client.get_access_token(str(back.code), CALLBACK)
        with pytest.raises(RefreshTokenNotSupportedError):  # the document names no grants, at AWS neither
            await client.refresh_token(token["refresh_token"])
        return known

    assert asyncio.run(whole()) == (alice.sub, alice.email)
