"""A browser at the addresses of a domain, by plain HTTP and by TLS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito, User
from pytest_cognito.handles.hosted_ui import HostedUI
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Response

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CALLBACK = "http://localhost:3999/callback"
CLIENT = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid"],
    "CallbackURLs": [CALLBACK],
    "SupportedIdentityProviders": ["COGNITO"],
}

pytestmark = pytest.mark.cognito(client=CLIENT)


def sign_in(tab: Page, address: str, user: User) -> None:
    """Sign in, and then a second time, which takes the cookie of the session alone."""
    tab.route(f"{CALLBACK}*", lambda route: route.fulfill(body="the application"))
    tab.goto(address)
    tab.get_by_label("Username").fill(user.username)
    tab.get_by_label("Password").fill(user.password or "")
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url(re.compile(r"/callback\?code="))
    tab.goto("about:blank")
    with tab.expect_response(lambda answer: "prompt=none" in answer.url) as silent:
        tab.evaluate("address => { location.href = address }", f"{address}&prompt=none")
    assert silent.value.headers["location"].startswith(f"{CALLBACK}?code=")


@pytest.mark.parametrize("by", ["name", "path"])
def test_a_sign_in(tab: Page, cognito_hosted_ui: HostedUI, cognito_user: User, by: str) -> None:
    address = cognito_hosted_ui.sign_in_url()
    if by == "path":
        address = address.replace(cognito_hosted_ui.url, cognito_hosted_ui.path_url)

    sign_in(tab, address, cognito_user)


class TestWithTls:
    @pytest.fixture
    def cognito_server_options(self) -> dict[str, Any]:
        return {"tls": True}

    def test_a_sign_in(self, chromium: Browser, cognito_hosted_ui: HostedUI, cognito_user: User) -> None:
        visitor = chromium.new_context(ignore_https_errors=True)
        sign_in(visitor.new_page(), cognito_hosted_ui.sign_in_url(), cognito_user)
        visitor.close()


def test_what_there_is(tab: Page, cognito_hosted_ui: HostedUI, cognito_user: User) -> None:
    url = cognito_hosted_ui.url
    tab.goto(f"{cognito_hosted_ui.endpoint_url}/_cognito/")
    tab.get_by_role("link", name="pytest").click()
    assert tab.get_by_text(cognito_user.username, exact=True).is_visible()
    tab.get_by_role("link", name="sign in").click()

    tab.wait_for_url(re.compile(f"^{re.escape(url)}/login"))


def test_a_provider_leads_the_browser_back(tab: Page, cognito: Cognito, cognito_hosted_ui: HostedUI) -> None:
    url = cognito_hosted_ui.url
    at_aws = f"https://{hosts.prefix_domain('pytest', cognito.region)}"
    page = f'<form action="{at_aws}/error"><button>Go on</button></form>'
    answer = Response(200, [("Content-Type", "text/html")], page.encode())
    cognito.world.sites.register("idp.example.com", lambda _: answer)

    tab.goto(url.replace("pytest.localhost", "idp.example.com.localhost"))
    tab.get_by_role("button", name="Go on").click()

    tab.wait_for_url(f"{url}/error?")
