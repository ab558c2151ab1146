"""``authenticate-cognito``: the way over the pages of a domain and back to the application."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from pytest_cognito import Browser, Cognito, LoadBalancer, Page, User, UserPool
from pytest_cognito.http import hosts
from tests.support.balanced import APP, CALLBACK, HOST, NONCE, SESSION, claims_of, echo, said


def shown(page: Any) -> dict[str, Any]:
    """What the application says that it was sent."""
    assert isinstance(page, Page)
    assert page.status == 200
    answer: dict[str, Any] = json.loads(page.html)
    return answer


def query_of(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def test_a_browser_signs_in_and_ends_on_the_page_it_asked_for(
    cognito: Cognito, balancer: LoadBalancer, cognito_browser: Browser, alice: User
) -> None:
    page = cognito_browser.get(f"{APP}/notes/ü?q=a%20b").sign_in(alice)
    sent = shown(page)
    assert sent["path"] == "/notes/ü"
    assert page.url == f"{APP}/notes/%C3%BC?q=a%20b"
    claims = claims_of(sent["headers"]["x-amzn-oidc-data"])
    assert claims["email"] == "alice@example.com"
    assert sent["headers"]["x-amzn-oidc-identity"] == claims["sub"] == alice.sub
    # The next page needs no sign-in.
    assert shown(cognito_browser.get(f"{APP}/other"))["headers"]["x-amzn-oidc-identity"] == alice.sub
    names = [call.operation for call in cognito.calls if call.service in ("web", "elb")]
    assert names == [
        *("GET /notes/ü", "GET /oauth2/authorize", "GET /login", "POST /login", "GET /oauth2/idpresponse"),
        *("POST /oauth2/token", "GET /oauth2/userInfo", "GET /notes/ü", "GET /other"),
    ]
    assert cognito.calls.of("POST /oauth2/token")[0].depth == 1


def test_the_redirect_to_the_authorization_endpoint(cognito: Cognito, balancer: LoadBalancer, pool: UserPool) -> None:
    response = balancer.get("/notes")
    assert response.status_code == 302
    location = urlsplit(response.headers["Location"])
    assert location.path == "/oauth2/authorize"
    sent = query_of(response.headers["Location"])
    assert sent.pop("state")
    assert sent == {
        "client_id": pool.clients[-1].id,
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "openid email",
    }
    assert response.cookies.keys() == [NONCE]
    cookie = response.headers["Set-Cookie"]
    assert all(part in cookie for part in ("Expires=", "Path=/", "Secure", "HttpOnly"))
    assert (response.headers["Server"], response.headers["Content-Type"]) == ("awselb/2.0", "text/html")
    assert "there is no session" in said(cognito, "GET /notes")


def test_extra_parameters_go_along(cognito: Cognito, pool: UserPool) -> None:
    balancer = cognito.load_balancer(echo(), pool, extra_params={"lang": "de", "identity_provider": "COGNITO"})
    sent = query_of(balancer.get("/").headers["Location"])
    assert (sent["lang"], sent["identity_provider"]) == ("de", "COGNITO")


def test_the_cookies_of_a_session(balancer: LoadBalancer, cognito_browser: Browser, alice: User) -> None:
    cognito_browser.get(f"{APP}/").sign_in(alice)
    kept = {cookie.name: cookie for cookie in cognito_browser.cookies.all if cookie.domain == HOST}
    assert f"{SESSION}-0" in kept
    assert NONCE not in kept
    cookie = kept[f"{SESSION}-0"]
    assert (cookie.secure, cookie.http_only, cookie.path) == (True, True, "/")
    assert cookie.expires is not None
    assert (cookie.expires - balancer.world.clock.now()).days in (6, 7)
    assert alice.username not in cookie.value


def test_the_name_of_aws_answers_too(
    cognito: Cognito, balancer: LoadBalancer, cognito_browser: Browser, pool: UserPool, alice: User
) -> None:
    own = f"https://{balancer.dns_name}"
    client = pool.clients[-1].id
    pool.call(
        "UpdateUserPoolClient",
        ClientId=client,
        CallbackURLs=[f"{own}/oauth2/idpresponse"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email"],
        SupportedIdentityProviders=["COGNITO"],
    )
    page = cognito_browser.get(f"{own}/notes").sign_in(alice)
    assert shown(page)["headers"]["host"] == balancer.dns_name
    assert page.url == f"{own}/notes"


def test_requests_signs_in_by_its_session(balancer: LoadBalancer) -> None:
    with requests.Session() as session:
        page = session.get(f"{APP}/notes", timeout=5)
    assert urlsplit(page.url).path == "/login"


@pytest.mark.parametrize(
    ("changes", "page", "line"),
    [
        ({"CallbackURLs": ["https://app.example.com/callback"]}, "redirect_mismatch", "lacks the callback URL"),
        ({"AllowedOAuthFlows": ["implicit"]}, "unauthorized_client", "lacks the code grant"),
        ({"AllowedOAuthScopes": ["email"]}, "invalid_scope", "lacks the scopes openid"),
    ],
)
def test_an_app_client_that_does_not_fit(
    cognito: Cognito, pool: UserPool, cognito_browser: Browser, changes: dict[str, Any], page: str, line: str
) -> None:
    usual = {
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email"],
        "CallbackURLs": [CALLBACK],
        "SupportedIdentityProviders": ["COGNITO"],
    }
    client = pool.create_client(GenerateSecret=True, **{**usual, **changes})
    cognito.load_balancer(echo(), client)
    arrived = cognito_browser.get(f"{APP}/notes")
    assert isinstance(arrived, Page)
    assert page in arrived.url or arrived.status == 561
    assert line in said(cognito, "GET /notes")


def test_the_domain_may_be_custom(cognito: Cognito, pool: UserPool, cognito_browser: Browser, alice: User) -> None:
    domain = pool.create_domain("auth.example.com")
    balancer = cognito.load_balancer(echo(), pool, domain=domain)
    assert urlsplit(balancer.get("/").headers["Location"]).netloc == "auth.example.com"
    assert shown(cognito_browser.get(f"{APP}/").sign_in(alice))["path"] == "/"


def test_a_domain_is_made_for_a_pool_without_one(balancer: LoadBalancer, pool: UserPool) -> None:
    prefix = f"app-{pool.id.partition('_')[2].lower()}"
    there = urlsplit(balancer.get("/").headers["Location"]).netloc
    assert there == hosts.prefix_domain(prefix, pool.region)
