"""A person signs in on the pages of a domain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pytest_cognito import UserPool
from pytest_cognito.server.socket import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

CALLBACK = "http://localhost:9/callback"


def test_sign_in(tab: Page, cognito_user_pool: UserPool, cognito_server: Server) -> None:
    alice = cognito_user_pool.create_user("alice-in-chromium")
    client = cognito_user_pool.create_client(
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid"],
        CallbackURLs=[CALLBACK],
        SupportedIdentityProviders=["COGNITO"],
    )
    query = urlencode({"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK})
    tab.route(f"{CALLBACK}*", lambda route: route.fulfill(body="the application"))

    tab.goto(f"{cognito_server.endpoint_url}/oauth2/authorize?{query}")
    tab.get_by_label("Username").fill(alice.username)
    tab.get_by_label("Password").fill(alice.password or "")
    tab.get_by_role("button", name="Sign in").click()

    tab.wait_for_url(re.compile(r"/callback\?code="))
    assert tab.content().count("the application") == 1
