"""Choice-based sign-in in managed login: a password, a code, a passkey of Chromium's virtual authenticator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from tests.support import pages
from tests.support.chromium import Problems, Site, VirtualAuthenticator, alert, fill, press
from tests.support.codes import last_code
from tests.support.passkeys import ALLOWED

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def version() -> int:
    return pages.MANAGED


@pytest.fixture
def pool_settings() -> dict[str, Any]:
    return ALLOWED


@pytest.fixture
def client_settings() -> dict[str, Any]:
    return {"ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH"]}


@pytest.fixture
def authenticator(tab: Page) -> VirtualAuthenticator:
    return VirtualAuthenticator(tab)


def begin(tab: Page, site: Site) -> None:
    site.start(tab)
    fill(tab, Username="alice")
    press(tab, "Next")


def use_password(tab: Page, site: Site) -> None:
    begin(tab, site)
    press(tab, "Password")
    fill(tab, Password=site.password)
    press(tab, "Continue")
    assert site.user(tab) == "alice"


def test_a_password_or_a_code(tab: Page, cognito: Cognito, site: Site) -> None:
    site.pool.call("AdminUpdateUserAttributes", Username="alice", UserAttributes=pages.verified("email"))
    use_password(tab, site)

    site.sign_out(tab)
    begin(tab, site)
    press(tab, "Code by email")
    fill(tab, Enter_code=last_code(cognito.outbox, "alice@example.com"))
    press(tab, "Sign in")
    assert site.user(tab) == "alice"


@pytest.mark.parametrize("by", ["name", "path"])
def test_a_passkey(tab: Page, site: Site, authenticator: VirtualAuthenticator, by: str) -> None:
    """At both addresses of the domain: the relying party ID is the name by which the browser knows it."""
    site.pool.call("SetUserPoolMfaConfig", WebAuthnConfiguration={"UserVerification": "required"})
    site = site if by == "name" else site.below("localhost")
    use_password(tab, site)
    tab.goto(site.address("/passkeys/add"))
    press(tab, "Add a passkey")
    assert site.user(tab) == "alice"
    [passkey] = authenticator.passkeys
    assert passkey["rpId"] == ("notes.localhost" if by == "name" else "localhost")

    site.sign_out(tab)
    begin(tab, site)
    press(tab, "Passkey")
    press(tab, "Sign in with a passkey")
    assert site.user(tab) == "alice"


def test_a_passkey_that_the_user_does_not_give(
    tab: Page, site: Site, authenticator: VirtualAuthenticator, problems: Problems
) -> None:
    problems.allowed_text.append("NotAllowedError")
    site.pool.call("SetUserPoolMfaConfig", WebAuthnConfiguration={"UserVerification": "required"})
    use_password(tab, site)
    authenticator.refuse()
    tab.goto(site.address("/passkeys/add"))
    press(tab, "Add a passkey")
    assert alert(tab) == "The passkey was not used. Try again."
    press(tab, "Not now")
    assert site.user(tab) == "alice"
