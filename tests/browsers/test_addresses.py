"""A browser at the addresses of a domain, by plain HTTP and by TLS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from pytest_cognito import AppClient, Cognito, User, UserPool
from pytest_cognito.handles.hosted_ui import HostedUI
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Response
from pytest_cognito.server.socket import Server
from tests.support import pages
from tests.support.chromium import Application, Problems, enter_password

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def client(cognito_user_pool: UserPool, application: Application) -> AppClient:
    return pages.make_client(cognito_user_pool, **application.client).client


def sign_in(tab: Page, address: str, user: User, callback: str) -> None:
    """Sign in, and then a second time, which takes the cookie of the session alone."""
    tab.goto(address)
    enter_password(tab, user.password or "", user.username)
    tab.wait_for_url(re.compile(r"/callback\?code="))
    tab.goto("about:blank")
    with tab.expect_response(lambda answer: "prompt=none" in answer.url) as silent:
        tab.goto(f"{address}&prompt=none")
    assert silent.value.headers["location"].startswith(f"{callback}?code=")


@pytest.mark.parametrize("by", ["name", "path"])
def test_a_sign_in(
    tab: Page, cognito_hosted_ui: HostedUI, client: AppClient, cognito_user: User, application: Application, by: str
) -> None:
    address = cognito_hosted_ui.sign_in_url(client)
    if by == "path":
        address = address.replace(cognito_hosted_ui.url, cognito_hosted_ui.path_url)

    sign_in(tab, address, cognito_user, application.callback)


def test_a_pool_without_a_domain(
    tab: Page, cognito_server: Server, client: AppClient, cognito_user: User, application: Application
) -> None:
    """The app client says whose pages are shown."""
    query = urlencode({"client_id": client.id, "response_type": "code", "redirect_uri": application.callback})

    sign_in(tab, f"{cognito_server.endpoint_url}/oauth2/authorize?{query}", cognito_user, application.callback)


class TestWithTls:
    @pytest.fixture
    def cognito_server_options(self) -> dict[str, Any]:
        return {"tls": True}

    @pytest.fixture
    def browser_options(self) -> dict[str, Any]:
        return {"ignore_https_errors": True}

    def test_a_sign_in(
        self,
        tab: Page,
        cognito_hosted_ui: HostedUI,
        client: AppClient,
        cognito_user: User,
        application: Application,
    ) -> None:
        sign_in(tab, cognito_hosted_ui.sign_in_url(client), cognito_user, application.callback)


def test_what_there_is(tab: Page, cognito_hosted_ui: HostedUI, client: AppClient, cognito_user: User) -> None:
    url = cognito_hosted_ui.url
    tab.goto(f"{cognito_hosted_ui.endpoint_url}/_cognito/")
    tab.get_by_role("link", name="pytest").click()
    assert tab.get_by_text(cognito_user.username, exact=True).is_visible()
    assert tab.get_by_text(client.id).first.is_visible()
    tab.get_by_role("link", name="sign in").click()

    tab.wait_for_url(re.compile(f"^{re.escape(url)}/login"))


def test_a_provider_leads_the_browser_back(
    tab: Page, cognito: Cognito, cognito_hosted_ui: HostedUI, problems: Problems
) -> None:
    problems.allowed.add(400)
    url = cognito_hosted_ui.url
    at_aws = f"https://{hosts.prefix_domain('pytest', cognito.region)}"
    page = f'<link rel="icon" href="data:,"><form action="{at_aws}/error"><button>Go on</button></form>'
    answer = Response(200, [("Content-Type", "text/html")], page.encode())
    cognito.world.sites.register("idp.example.com", lambda _: answer)

    tab.goto(url.replace("pytest.localhost", "idp.example.com.localhost"))
    tab.get_by_role("button", name="Go on").click()

    tab.wait_for_url(f"{url}/error?")
