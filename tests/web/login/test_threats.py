"""Threat protection of sign-ins on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_cognito import Cognito
from tests.support import mfa, pages, threats
from tests.support.app import App
from tests.support.codes import last_code
from tests.support.pages import Browser, Site, open_sign_in
from tests.support.settings import SMS

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


@pytest.fixture
def site(cognito: Cognito) -> Site:
    pool = pages.make_pool(cognito, UserPoolAddOns=threats.FULL, SmsConfiguration=SMS, UserPoolTier="PLUS")
    mfa.configure(pool, "OPTIONAL", mfa.SMS_MFA)
    return pages.make_client(pool)


@pytest.fixture
def app(cognito_idp: CognitoIdentityProviderClient, site: Site) -> App:
    return App(cognito_idp, site.pool, site.client)


def sign_in(site: Site, **more: str) -> Browser:
    browser = Browser()
    browser.session.headers["User-Agent"] = threats.CHROME
    open_sign_in(site, browser).submit(username="alice", password=site.password(), **more)
    return browser


def test_a_sign_in_at_risk_needs_a_second_factor(cognito: Cognito, site: Site, app: App) -> None:
    threats.respond(app, "MFA_REQUIRED")
    cognito.threats.risk("alice", "High")
    browser = sign_in(site)

    assert browser.page.path == "/mfa"
    assert browser.submit(authentication_code=last_code(cognito.outbox)).code
    assert threats.outcome(threats.event(app))[0] == "Pass"


def test_a_sign_in_at_risk_is_blocked(cognito: Cognito, site: Site, app: App) -> None:
    threats.respond(app, "BLOCK")
    cognito.threats.risk("alice", "High")

    assert sign_in(site).page.error == threats.SIGN_IN_BLOCKED.message


def test_a_compromised_password_is_to_be_reset(cognito: Cognito, site: Site, app: App) -> None:
    threats.block_compromised(app)
    cognito.threats.compromise(password=site.password())

    assert sign_in(site).page.path == "/forgotPassword"
    assert site.pool.user("alice").status == "RESET_REQUIRED"


@pytest.mark.parametrize(
    ("told", "device"),
    [({}, "Chrome 125, Windows 10"), ({"cognitoAsfData": threats.encoded(UserAgent="curl/8")}, "unknown")],
)
def test_the_event_says_what_the_browser_is(site: Site, app: App, told: dict[str, str], device: str) -> None:
    assert sign_in(site, **told).page.code

    context = threats.event(app)["EventContextData"]
    assert (context["IpAddress"], context["DeviceName"]) == ("127.0.0.1", device)
