"""Sign-in by providers: the browser goes to the page of a simulated one, and comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_cognito import Cognito, UserPool
from tests.support import pages
from tests.support.chromium import Site, fill, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAPPING: dict[str, Any] = {"AttributeMapping": {"email": "email"}}


@pytest.fixture
def client_settings(cognito: Cognito, pool: UserPool) -> dict[str, Any]:
    """The client offers Google, Apple and the company's SAML provider, beside the pool's own users."""
    cognito.providers.google.add_user("1035", email="ann@example.com", name="Ann")
    pool.create_identity_provider("Google", **MAPPING)
    pool.create_identity_provider("SignInWithApple", **MAPPING)
    acme = cognito.providers.saml("https://idp.example.com")
    details = {"ProviderDetails": {**acme.details(), "IDPSignout": "true"}}
    pool.create_identity_provider("Acme", ProviderType="SAML", provider=acme, **details, **MAPPING)
    return {"SupportedIdentityProviders": ["COGNITO", "Google", "SignInWithApple", "Acme"]}


def at(tab: Page) -> str:
    """The host whose page is shown."""
    return urlsplit(tab.url).hostname or ""


def test_google(tab: Page, site: Site) -> None:
    site.start(tab, state="s1")
    press(tab, "Continue with Google")
    assert at(tab) == "accounts.google.com.localhost"
    press(tab, "Cancel")
    tab.wait_for_url(f"{site.application.callback}?*")
    sent = parse_qs(urlsplit(tab.url).query)
    assert (sent["state"], "code" in sent, "error" in sent) == (["s1"], False, True)

    site.start(tab)
    press(tab, "Continue with Google")
    tab.get_by_role("button", name="Ann").click()
    claims = site.claims(tab)
    assert (claims["email"], claims["identities"][0]["userId"]) == ("ann@example.com", "1035")
    site.start(tab)
    assert site.claims(tab)["sub"] == claims["sub"]  # who is signed in is not asked again


class TestByPath:
    @pytest.fixture
    def version(self) -> int:
        return pages.MANAGED

    def test_apple_posts_what_it_says(self, tab: Page, site: Site) -> None:
        """At names below localhost the form comes from another site, at paths from the same."""
        for here in (site, site.below("127.0.0.1")):
            here.start(tab)
            press(tab, "Continue with Apple")
            fill(tab, Id="77", **{"E-mail address": "gus@example.com"})
            press(tab, "Sign in")
            assert here.claims(tab)["email"] == "gus@example.com"
            here.sign_out(tab)


def test_the_company_by_saml(tab: Page, site: Site) -> None:
    site.start(tab, identity_provider="Acme")  # there is no page of the domain in between
    assert at(tab) == "idp.example.com.localhost"
    claims = json.dumps({"email": "bob@corp.example.com"})
    fill(tab, Id="bob", **{"Further claims, as JSON": claims})
    press(tab, "Sign in")
    assert site.claims(tab)["email"] == "bob@corp.example.com"

    with tab.expect_request(lambda request: "idp.example.com.localhost" in request.url and "/slo" in request.url):
        site.sign_out(tab)
    site.start(tab, identity_provider="Acme")
    assert at(tab) == "idp.example.com.localhost"
