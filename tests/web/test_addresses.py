"""The addresses of a domain's pages on the loopback server, each good for a whole sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from pytest_cognito import AppClient, Cognito, User, UserPool
from pytest_cognito.http import hosts
from pytest_cognito.server.socket import Server
from tests.server.loopback import Wire
from tests.support.names import lead_here

CALLBACK = "https://app.example.com/callback"
CUSTOM = "auth.example.com"
CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"}
OTHER_REGION = "eu-west-1"
OAUTH: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email"],
    "CallbackURLs": [CALLBACK],
    "SupportedIdentityProviders": ["COGNITO"],
}

Address = Callable[[Server], str]


def by_name(server: Server) -> str:
    return server.endpoint_url.replace("127.0.0.1", "notes.localhost")


def by_path(server: Server) -> str:
    return f"{server.endpoint_url}/notes"


def by_custom_name(server: Server) -> str:
    return server.endpoint_url.replace("127.0.0.1", CUSTOM)


def by_client(server: Server) -> str:
    return server.endpoint_url


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    lead_here(monkeypatch, CUSTOM)


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.call("CreateUserPoolDomain", Domain="notes")
    pool.call("CreateUserPoolDomain", Domain=CUSTOM, CustomDomainConfig=CERTIFICATE)
    return pool


@pytest.fixture
def client(pool: UserPool) -> AppClient:
    return pool.create_client(**OAUTH)


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.create_user("alice", email="alice@example.com")


@pytest.fixture
def browser() -> Iterator[requests.Session]:
    with requests.Session() as browser:
        browser.trust_env = False
        yield browser


@pytest.fixture
def tls_server(cognito: Cognito) -> Iterator[Server]:
    with Server(cognito.world, tls=True) as server:
        yield server


def sign_in(browser: requests.Session, base: str, client: AppClient, user: User) -> dict[str, Any]:
    """A whole sign-in, from the application's redirect to the tokens for the code."""
    query = {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK}
    page = browser.get(f"{base}/oauth2/authorize", params=query, timeout=5)
    assert page.url.startswith(f"{base}/login?")
    form = {"_csrf": browser.cookies["XSRF-TOKEN"], "username": user.username, "password": user.password}
    back = browser.post(page.url, data=form, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith(f"{CALLBACK}?code=")
    silent = browser.get(f"{base}/oauth2/authorize", params=query, allow_redirects=False, timeout=5)
    assert silent.headers["Location"].startswith(f"{CALLBACK}?code=")
    grant = {
        "grant_type": "authorization_code",
        "client_id": client.id,
        "redirect_uri": CALLBACK,
        "code": parse_qs(urlsplit(back).query)["code"][0],
    }
    tokens: dict[str, Any] = browser.post(f"{base}/oauth2/token", data=grant, timeout=5).json()
    return tokens


@pytest.mark.parametrize("address", [by_name, by_path, by_custom_name, by_client])
def test_sign_in(
    address: Address, cognito_server: Server, browser: requests.Session, client: AppClient, alice: User
) -> None:
    tokens = sign_in(browser, address(cognito_server), client, alice)

    assert list(tokens) == ["id_token", "access_token", "refresh_token", "expires_in", "token_type"]
    assert not any(cookie.secure for cookie in browser.cookies)


@pytest.mark.parametrize("address", [by_name, by_path, by_custom_name])
def test_sign_in_over_tls(
    address: Address, tls_server: Server, browser: requests.Session, client: AppClient, alice: User
) -> None:
    browser.verify = tls_server.ca_certificate

    assert "id_token" in sign_in(browser, address(tls_server), client, alice)
    assert all(cookie.secure for cookie in browser.cookies)


def test_cookies_of_a_path_are_for_its_domain_alone(
    cognito_server: Server, browser: requests.Session, client: AppClient, alice: User
) -> None:
    sign_in(browser, by_path(cognito_server), client, alice)

    assert {cookie.path for cookie in browser.cookies} == {"/notes/"}


def test_a_browser_is_not_told_to_insist_on_tls(tls_server: Server, browser: requests.Session, pool: UserPool) -> None:
    browser.verify = tls_server.ca_certificate
    there = browser.get(f"{by_name(tls_server)}/error", timeout=5).headers
    at_aws = requests.get(f"https://{hosts.prefix_domain('notes', 'us-east-1')}/error", timeout=5).headers

    assert "Strict-Transport-Security" in at_aws
    assert "Strict-Transport-Security" not in there


def in_region(cognito: Cognito, region: str, prefix: str) -> AppClient:
    """The app client of a pool with a prefix in a region."""
    pool = cognito.create_user_pool(region=region)
    pool.call("CreateUserPoolDomain", Domain=prefix)
    return pool.create_client(**OAUTH)


@pytest.mark.parametrize("label", ["notes", "notes.us-east-1"])
def test_a_prefix_is_that_of_the_server_s_region(
    label: str, cognito: Cognito, cognito_server: Server, client: AppClient, browser: requests.Session
) -> None:
    other = in_region(cognito, OTHER_REGION, "notes")

    assert finds(browser, f"{cognito_server.endpoint_url}/{label}", client)
    assert not finds(browser, f"{cognito_server.endpoint_url}/{label}", other)
    assert finds(browser, f"{cognito_server.endpoint_url}/notes.{OTHER_REGION}", other)
    assert finds(browser, by_name(cognito_server).replace("notes", f"notes.{OTHER_REGION}"), other)


def test_a_prefix_of_another_region_alone(
    cognito: Cognito, cognito_server: Server, client: AppClient, browser: requests.Session
) -> None:
    other = in_region(cognito, OTHER_REGION, "elsewhere")

    assert finds(browser, f"{cognito_server.endpoint_url}/elsewhere", other)
    assert not finds(browser, f"{cognito_server.endpoint_url}/elsewhere", client)
    assert finds(browser, f"{cognito_server.endpoint_url}/{CUSTOM}", client)


def finds(browser: requests.Session, base: str, client: AppClient) -> bool:
    """Whether an app client is one of the domain at an address."""
    query = {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK}
    answer = browser.get(f"{base}/oauth2/authorize", params=query, allow_redirects=False, timeout=5)
    assert answer.status_code == 302
    return "/login?" in answer.headers["Location"]


def test_names_and_paths_that_are_no_domain(cognito_server: Server, browser: requests.Session, pool: UserPool) -> None:
    nowhere = cognito_server.endpoint_url.replace("127.0.0.1", "nowhere.localhost")

    assert browser.get(f"{cognito_server.endpoint_url}/nowhere/login", timeout=5).status_code == 400
    assert browser.get(f"{nowhere}/{pool.id}/.well-known/jwks.json", timeout=5).status_code == 200
    assert browser.get(f"{by_path(cognito_server)}/nothing", timeout=5).status_code == 404


@pytest.mark.parametrize("address", [by_name, by_path, by_custom_name])
def test_the_root_of_a_domain_is_no_call(
    address: Address, cognito: Cognito, cognito_server: Server, browser: requests.Session, pool: UserPool
) -> None:
    assert browser.get(f"{address(cognito_server)}/", timeout=5).status_code == 404
    assert browser.get(cognito_server.endpoint_url, timeout=5).json()["__type"] == "UnknownOperationException"
    assert cognito.calls[-1].service == "web"


def test_aws_s_own_name(cognito_server: Server, client: AppClient) -> None:
    """As a client that was told to connect to the server whatever the name is, by ``curl --resolve`` for instance."""
    query = urlencode({"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK})
    with Wire(cognito_server.endpoint_url) as wire:
        name = hosts.prefix_domain("notes", "us-east-1")
        answer = wire.send("GET", f"/oauth2/authorize?{query}", {"Host": f"{name}:9229"})

    assert answer.headers["location"] == f"http://{name}:9229/login?{query}"


def test_requests_are_logged_under_the_path_of_the_domain(
    cognito: Cognito, cognito_server: Server, browser: requests.Session, pool: UserPool
) -> None:
    browser.get(f"{by_path(cognito_server)}/error", timeout=5)

    assert (cognito.calls[-1].service, cognito.calls[-1].operation) == ("web", "GET /error")
