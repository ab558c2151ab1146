"""A simulated provider over the loopback server, in a browser's hands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from pytest_cognito import Cognito, UserPool
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.server.socket import Server
from tests.support.names import lead_here

IDP = "idp.example.com"
DOMAIN = f"https://{hosts.prefix_domain('notes', 'us-east-1')}"
PAGE = f"""\
<form method="post" action="/choose?a=1&amp;b=2"></form>
<form method="post" action='{DOMAIN}/saml2/idpresponse?x=1&amp;y=2'></form>
<a href="https://{IDP}/help">help</a> <a href="https://other.example.com/">other</a> <a href="#top">top</a>
<p>{DOMAIN}/kept</p>
"""


class Provider:
    """A site that answers with a page, or a redirect where the path says so, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        if request.path == "/go":
            cookie = ("Set-Cookie", f"sid=1; Domain={IDP}; Path=/; Secure; HttpOnly")
            return Response(302, [("Location", f"{DOMAIN}/oauth2/idpresponse?code=1&state=2"), cookie])
        kind = "application/json" if request.path == "/token" else "text/html; charset=utf-8"
        return Response(200, [("Content-Type", kind)], PAGE.encode())


@pytest.fixture
def provider(cognito: Cognito) -> Provider:
    provider = Provider()
    cognito.world.sites.register(IDP, provider)
    return provider


@pytest.fixture(autouse=True)
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.call("CreateUserPoolDomain", Domain="notes")
    return pool


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[requests.Session]:
    lead_here(monkeypatch)
    with requests.Session() as browser:
        yield browser


@pytest.fixture(params=["name", "path"])
def addresses(request: pytest.FixtureRequest, cognito_server: Server) -> tuple[str, str]:
    """Where the provider is on the server, and where Cognito is."""
    if request.param == "path":
        return f"{cognito_server.endpoint_url}/_provider/{IDP}", f"{cognito_server.endpoint_url}/notes"
    named = cognito_server.endpoint_url.replace("127.0.0.1", "{}.localhost")
    return named.format(IDP), named.format("notes")


def test_the_provider_is_asked_as_at_its_own_address(
    provider: Provider, browser: requests.Session, addresses: tuple[str, str]
) -> None:
    browser.post(f"{addresses[0]}/choose?a=%20b", data={"user": "1"}, timeout=5)

    (asked,) = provider.asked
    assert (asked.method, asked.url, asked.headers["host"]) == ("POST", f"https://{IDP}/choose?a=%20b", IDP)
    assert (asked.body, asked.headers["content-type"]) == (b"user=1", "application/x-www-form-urlencoded")


def test_a_redirect_to_cognito(provider: Provider, browser: requests.Session, addresses: tuple[str, str]) -> None:
    there, cognito = addresses
    answer = browser.get(f"{there}/go", allow_redirects=False, timeout=5)
    browser.get(f"{there}/again", timeout=5)

    assert answer.headers["Location"] == f"{cognito}/oauth2/idpresponse?code=1&state=2"
    assert provider.asked[-1].headers["cookie"] == "sid=1"


def test_links_and_forms(provider: Provider, browser: requests.Session, addresses: tuple[str, str]) -> None:
    there, cognito = addresses
    base = there if "_provider" in there else ""
    choose = f"{base.partition('/_provider')[1]}{base.partition('/_provider')[2]}/choose?a=1&amp;b=2"

    page = browser.get(f"{there}/", timeout=5).text

    assert f'action="{choose}"' in page
    assert f"action='{cognito}/saml2/idpresponse?x=1&amp;y=2'" in page
    assert f'href="{there}/help"' in page
    assert 'href="https://other.example.com/"' in page
    assert 'href="#top"' in page
    assert f"<p>{DOMAIN}/kept</p>" in page


def test_what_is_no_page_stays(provider: Provider, browser: requests.Session, addresses: tuple[str, str]) -> None:
    assert browser.get(f"{addresses[0]}/token", timeout=5).text == PAGE


def test_no_provider(cognito_server: Server, provider: Provider, browser: requests.Session) -> None:
    assert browser.get(f"{cognito_server.endpoint_url}/_provider/nobody.example.com/", timeout=5).status_code == 400
    assert provider.asked == []


def test_the_provider_s_own_name(cognito_server: Server, provider: Provider, browser: requests.Session) -> None:
    page = browser.get(f"{cognito_server.endpoint_url}/", headers={"Host": IDP}, timeout=5).text

    assert page == PAGE
