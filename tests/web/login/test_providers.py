"""The identity providers on the sign-in page: their buttons, and the search by the domain of an e-mail address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_cognito import Cognito, UserPool
from tests.support import pages
from tests.support.pages import Site, open_sign_in

CORPORATE = ["COGNITO", "Google", "Corp", "Other"]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = pages.make_pool(cognito)
    pool.create_identity_provider("Google")
    return pool


@pytest.fixture
def client(pool: UserPool) -> Site:
    pool.create_identity_provider("Corp", ProviderType="SAML", IdpIdentifiers=["corp.example.com"])
    pool.create_identity_provider("Other", ProviderType="SAML", IdpIdentifiers=["other.example.com", "other"])
    return pages.make_client(pool, SupportedIdentityProviders=CORPORATE)


def test_a_button_leads_to_its_provider_with_the_same_request(pool: UserPool) -> None:
    pool.create_identity_provider("Corp", ProviderType="SAML")
    client = pages.make_client(pool, SupportedIdentityProviders=["COGNITO", "Google", "Corp"])
    page = open_sign_in(client).page

    buttons = {form.values["identity_provider"]: form for form in page.forms if form.action == "/oauth2/authorize"}
    assert set(buttons) == {"Google", "Corp"}
    assert buttons["Google"].values.items() >= {"client_id": client.id, "state": "s"}.items()


def test_saml_providers_with_identifiers_are_found_by_an_address(client: Site) -> None:
    browser = open_sign_in(client)
    page = browser.page

    assert [form.values["identity_provider"] for form in page.forms if form.method == "get"] == ["Google"]
    form = page.form_with("Continue")
    data = {**form.values, "email": "ann@Corp.example.com"}
    response = browser.session.post(f"{pages.BASE}{form.action}", data=data, allow_redirects=False, timeout=5)
    target = urlsplit(response.headers["Location"])
    assert target.path == "/oauth2/authorize"
    assert parse_qs(target.query)["idp_identifier"] == ["corp.example.com"]
    assert parse_qs(target.query)["client_id"] == [client.id]


@pytest.mark.parametrize("email", ["ann@example.org", "", "corp"])
def test_an_address_of_no_provider(client: Site, email: str) -> None:
    shown = open_sign_in(client).submit("Continue", email=email)

    assert (shown.path, shown.error) == ("/login", "Login option is not available. Please try another one")
