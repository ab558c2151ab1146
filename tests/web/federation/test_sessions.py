"""Which provider a request leads to, what goes on to it, and when nobody is asked again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from pytest_cognito import Cognito, UserPool
from tests.support import federated
from tests.support.federated import Federated
from tests.support.hosted import CALLBACK, has_managed_login, parameters

from .conftest import MakeFederated

GOOGLE, CORP = "accounts.google.com", "idp.example.com"


@pytest.fixture
def several(cognito: Cognito, pool: UserPool) -> Federated:
    """An application with three ways to sign in, and managed login."""
    federated.add_provider(cognito, pool, "Google")
    federated.add_provider(cognito, pool, "OIDC", IdpIdentifiers=["corp.example.com", "corp"])
    return has_managed_login(Federated(pool, federated.make_client(pool, "COGNITO", "Google", "Corp")))


def host(app: Federated, **query: str) -> str:
    """The host that an authorization request leads to."""
    page = app.start(**query)
    return urlsplit(page.headers.get("Location", page.url)).hostname or ""


def test_the_only_provider_is_asked_straight(make: MakeFederated) -> None:
    assert host(make()) == GOOGLE
    bare = make("OIDC")
    assert host(bare, redirect_uri=CALLBACK) == CORP


def test_a_request_names_a_provider(several: Federated) -> None:
    assert host(several) == urlsplit(several.base).hostname  # where the user chooses
    assert host(several, identity_provider="Google") == GOOGLE
    assert host(several, identity_provider="Corp") == CORP
    assert host(several, idp_identifier="corp") == CORP
    assert urlsplit(several.start("COGNITO").url).path == "/login"


def test_the_domain_of_an_address_leads_to_a_provider(cognito: Cognito, several: Federated) -> None:
    pool = several.pool
    provider = cognito.providers.saml("https://saml.example.com")
    pool.create_identity_provider("Acme", provider=provider, IdpIdentifiers=["acme.example.com"])
    pool.call("UpdateUserPoolClient", ClientId=several.client.id, **_with(several, "Acme"))
    page = several.start()
    form = {"_csrf": several.browser.cookies["XSRF-TOKEN"], "email": "ann@ACME.example.com"}
    there = several.post_form(page.url.replace("/login", "/login/oidc_saml"), form)
    assert urlsplit(there.url).hostname == "saml.example.com"
    assert parameters(several.choose(there))["code"]


def _with(app: Federated, provider: str) -> dict[str, Any]:
    described = app.pool.call("DescribeUserPoolClient", ClientId=app.client.id)["UserPoolClient"]
    names = ("AllowedOAuthFlowsUserPoolClient", "AllowedOAuthFlows", "AllowedOAuthScopes", "CallbackURLs")
    providers = [*described["SupportedIdentityProviders"], provider]
    return {**{name: described[name] for name in names}, "SupportedIdentityProviders": providers}


def test_what_goes_on_to_the_provider(several: Federated) -> None:
    asked = {"login_hint": "ann@example.com", "prompt": "login select_account"}
    openid = parameters(several.start("Corp", **asked).url)
    google = parameters(several.start("Google", **asked).url)

    assert (openid["login_hint"], openid["prompt"]) == ("ann@example.com", "login select_account")
    assert "login_hint" not in google
    assert google["prompt"] == "login select_account"


def test_the_classic_pages_know_no_prompt(make: MakeFederated) -> None:
    assert "prompt" not in parameters(make().start(prompt="login").url)


def test_nobody_is_asked_again(several: Federated) -> None:
    assert several.enter("Google")["code"]
    assert host(several) == "app.example.com"
    assert host(several, identity_provider="Google", state="2") == "app.example.com"
    assert host(several, prompt="none") == "app.example.com"


def test_another_provider_is_asked(several: Federated) -> None:
    several.enter("Google")

    assert host(several, identity_provider="Corp") == CORP
    assert urlsplit(several.start("COGNITO").url).path == "/login"
    assert parameters(several.start("Corp", prompt="none").headers["Location"])["error"] == "login_required"
    assert several.claims("Corp")["cognito:username"] == "Corp_1"
    assert host(several, identity_provider="Corp") == "app.example.com"


def test_prompt_login_asks_the_provider_again(several: Federated) -> None:
    several.enter("Google", "1")
    cookie = several.browser.cookies["cognito"]

    assert host(several, identity_provider="Google", prompt="login") == GOOGLE
    assert several.claims("Google", "2", query={"prompt": "login"})["cognito:username"] == "Google_2"
    assert several.browser.cookies["cognito"] != cookie


def test_a_session_lasts_an_hour(cognito: Cognito, several: Federated) -> None:
    several.enter("Google")
    cognito.clock.advance(minutes=59)
    assert host(several, identity_provider="Google") == "app.example.com"
    cognito.clock.advance(minutes=1)
    assert host(several, identity_provider="Google") == GOOGLE


def test_another_application_of_the_pool(cognito: Cognito, several: Federated) -> None:
    several.enter("Google")

    assert host(several.at(federated.make_client(several.pool, "Google", "Corp"))) == "app.example.com"
    assert host(several.at(federated.make_client(several.pool, "Corp"))) == CORP


def test_signing_out_ends_the_session_here_alone(several: Federated) -> None:
    several.enter("Google")
    signed_out = several.get("/logout", client_id=several.client.id, logout_uri="https://app.example.com/signed-out")

    assert signed_out.headers["Location"] == "https://app.example.com/signed-out"
    assert host(several, identity_provider="Google") == GOOGLE


def test_a_user_who_was_disabled_meanwhile(several: Federated) -> None:
    several.enter("Google")
    several.pool.call("AdminDisableUser", Username="Google_1")

    assert host(several, identity_provider="Google") == GOOGLE
