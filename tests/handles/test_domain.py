"""Domains and app clients for the code grant, in a line each."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_cognito import UsageError
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, User, UserPool
from pytest_cognito.handles.browser import Browser
from tests.support.jwts import claims

CALLBACK = "https://app.example.com/callback"


def described(pool: UserPool, client_id: str) -> dict[str, Any]:
    client: dict[str, Any] = pool.call("DescribeUserPoolClient", ClientId=client_id)["UserPoolClient"]
    return client


@pytest.mark.parametrize("version", [1, 2])
def test_a_sign_in_in_three_lines(
    cognito_user_pool: UserPool, cognito_user: User, cognito_browser: Browser, version: int
) -> None:
    client = cognito_user_pool.create_client(CallbackURLs=[CALLBACK])
    domain = cognito_user_pool.create_domain("notes", ManagedLoginVersion=version)
    back = cognito_browser.get(domain.sign_in_url(client, state="s1")).sign_in(cognito_user)

    assert domain.url == "https://notes.auth.us-east-1.amazoncognito.com"
    assert back.location.startswith(CALLBACK)
    assert (bool(back.code), back.state) == (True, "s1")


def test_callback_urls_say_that_a_client_is_for_the_code_grant(cognito_user_pool: UserPool) -> None:
    cognito_user_pool.create_identity_provider("Google")
    made = described(cognito_user_pool, cognito_user_pool.create_client(CallbackURLs=[CALLBACK]).id)
    assert (made["AllowedOAuthFlowsUserPoolClient"], made["AllowedOAuthFlows"]) == (True, ["code"])
    assert set(made["SupportedIdentityProviders"]) == {"COGNITO", "Google"}
    assert "openid" in made["AllowedOAuthScopes"]

    given: dict[str, Any] = {"AllowedOAuthFlows": ["implicit"], "AllowedOAuthScopes": ["email"]}
    own = cognito_user_pool.create_client(CallbackURLs=[CALLBACK], SupportedIdentityProviders=["Google"], **given)
    made = described(cognito_user_pool, own.id)
    assert {name: made[name] for name in given} == given
    assert made["SupportedIdentityProviders"] == ["Google"]
    assert "AllowedOAuthFlows" not in described(cognito_user_pool, cognito_user_pool.create_client().id)


@pytest.mark.cognito(client={"CallbackURLs": [CALLBACK]})
def test_the_marker_says_it_as_well(cognito_user_pool: UserPool, cognito_user: User) -> None:
    domain = cognito_user_pool.create_domain("notes", ManagedLoginVersion=2)
    assert cognito_user.authorize(domain.sign_in_url()).code


def test_a_style_that_is_there_is_kept(cognito_user_pool: UserPool) -> None:
    client = cognito_user_pool.create_client(CallbackURLs=[CALLBACK])
    settings = {"categories": {"global": {"colorSchemeMode": "DARK"}}}
    cognito_user_pool.call("CreateManagedLoginBranding", ClientId=client.id, Settings=settings)
    cognito_user_pool.create_domain("notes", ManagedLoginVersion=2)

    found = cognito_user_pool.call("DescribeManagedLoginBrandingByClient", ClientId=client.id)["ManagedLoginBranding"]
    assert found["Settings"]["categories"]["global"]["colorSchemeMode"] == "DARK"


def test_clients_without_pages_get_no_style(cognito_user_pool: UserPool, cognito_app_client: Any) -> None:
    cognito_user_pool.create_domain("notes", ManagedLoginVersion=2)
    with pytest.raises(AWSError, match="ResourceNotFoundException"):
        cognito_user_pool.call("DescribeManagedLoginBrandingByClient", ClientId=cognito_app_client.id)


def test_a_custom_domain(cognito_user_pool: UserPool, cognito_user: User, cognito_browser: Browser) -> None:
    client = cognito_user_pool.create_client(CallbackURLs=[CALLBACK])
    domain = cognito_user_pool.create_domain("login.example.com")
    assert domain.url == "https://login.example.com"
    assert cognito_browser.get(domain.sign_in_url(client)).sign_in(cognito_user).code


def test_a_domain_of_another_region(cognito: Cognito) -> None:
    domain = cognito.create_user_pool(region="eu-west-1").create_domain("notes")
    assert (domain.url, repr(domain)) == (
        "https://notes.auth.eu-west-1.amazoncognito.com",
        "<Domain https://notes.auth.eu-west-1.amazoncognito.com>",
    )


def test_mistakes(cognito_user_pool: UserPool, cognito_app_client: Any) -> None:
    with pytest.raises(UsageError, match="name is a string"):
        cognito_user_pool.create_domain(2)  # type: ignore[arg-type]  # a mistake that the error explains
    with pytest.raises(AWSError, match="InvalidParameterException"):
        cognito_user_pool.create_domain("Notes!")
    domain = cognito_user_pool.create_domain("notes")
    with pytest.raises(UsageError, match=r"lets nobody sign in on pages; make it with pool\.create_client"):
        domain.sign_in_url(cognito_app_client)


# Authorization without a page


@pytest.mark.cognito(client={"CallbackURLs": [CALLBACK], "AllowedOAuthFlows": ["implicit"]})
def test_the_implicit_grant(cognito_user_pool: UserPool, cognito_user: User) -> None:
    back = cognito_user.authorize(cognito_user_pool.create_domain("notes").sign_in_url(nonce="n1"))
    found = parse_qs(urlsplit(back.location).fragment)
    assert claims(found["id_token"][0])["nonce"] == "n1"
    assert claims(found["access_token"][0])["username"] == "alice"


@pytest.mark.needs("UserPoolType.AcrConfiguration")
@pytest.mark.cognito(client={"CallbackURLs": [CALLBACK], "AllowedOAuthFlows": ["implicit"]})
def test_levels_and_methods(cognito_user_pool: UserPool, cognito_user: User) -> None:
    configured = cognito_user_pool.call("DescribeUserPool")["UserPool"]["AcrConfiguration"]
    four, one = (configured[level]["AcrValue"] for level in ("Level4", "Level1"))
    domain = cognito_user_pool.create_domain("notes", ManagedLoginVersion=2)
    url = domain.sign_in_url(acr_values=f"{four} {one}", max_age="60")

    def said(**more: Any) -> dict[str, Any]:
        location = cognito_user.authorize(url, **more).location
        return claims(parse_qs(urlsplit(location).fragment)["access_token"][0])

    assert (said()["acr"], said()["amr"]) == (one, ["pwd"])
    strong = said(methods=["pwd", "otp"])
    assert strong["acr"] == four
    assert {"pwd", "otp"} <= set(strong["amr"])
    with pytest.raises(UsageError, match="methods"):
        cognito_user.authorize(url, methods="pwd")


def test_a_federated_user(cognito_user_pool: UserPool) -> None:
    ann = cognito_user_pool.create_identity_provider("Google").create_user("1", email="ann@example.com")
    client = cognito_user_pool.create_client(CallbackURLs=[CALLBACK], AllowedOAuthFlows=["implicit"])
    back = ann.authorize(cognito_user_pool.create_domain("notes").sign_in_url(client))
    found = claims(parse_qs(urlsplit(back.location).fragment)["id_token"][0])
    assert found["cognito:username"] == ann.username
    assert found["identities"][0]["providerName"] == "Google"


def test_the_browser_finds_domains_of_the_server(cognito: Cognito, cognito_browser: Browser) -> None:
    for region in ("us-east-1", "eu-west-1"):
        cognito.create_user_pool(region=region).create_domain("notes")
    cognito.create_user_pool().create_domain("login.example.com")
    found = {
        url: cognito_browser.domain_at(url)
        for url in (
            "http://notes.eu-west-1.localhost:9229/login",
            "http://notes.localhost:9229/login",
            "http://127.0.0.1:9229/notes.eu-west-1/login",
            "http://login.example.com.localhost:9229/",
        )
    }
    assert [domain and (domain.name, domain.region) for domain in found.values()] == [
        ("notes", "eu-west-1"),
        ("notes", "us-east-1"),
        ("notes", "eu-west-1"),
        ("login.example.com", "us-east-1"),
    ]


def test_a_client_that_comes_after_the_domain_is_told_what_it_lacks(
    cognito_user_pool: UserPool, cognito_user: User, cognito_browser: Browser
) -> None:
    domain = cognito_user_pool.create_domain("notes", ManagedLoginVersion=2)
    client = cognito_user_pool.create_client(CallbackURLs=[CALLBACK])
    page = cognito_browser.get(domain.sign_in_url(client))
    with pytest.raises(UsageError, match=r'write pool\.call\("CreateManagedLoginBranding", ClientId=client\.id'):
        page.sign_in(cognito_user)

    cognito_user_pool.call("CreateManagedLoginBranding", ClientId=client.id, UseCognitoProvidedValues=True)
    assert cognito_browser.get(domain.sign_in_url(client)).sign_in(cognito_user).code
