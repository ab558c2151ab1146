"""Passkeys where a sign-in takes two factors: a passkey is none of them, or both."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support import mfa, passkeys
from tests.support.app import App
from tests.support.passkeys import BOTH_FACTORS, prefer, request_options, respond
from tests.support.refusals import INCORRECT, SESSION_INVALID, refusal
from tests.support.settings import SMS

pytestmark = pytest.mark.needs(
    "SetUserMFAPreferenceRequest.WebAuthnMfaSettings", "WebAuthnConfigurationType.FactorConfiguration"
)
SMS_MFA: dict[str, Any] = {"SmsMfaConfiguration": {"SmsConfiguration": SMS}}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with passkeys where nobody needs MFA."""
    return passkeys.make_pool(cognito, **passkeys.WITH_MFA)


def configure(pool: UserPool, mode: str, configuration: dict[str, str] | None = None) -> None:
    passkeys.configure(pool, mode, SMS_MFA, **(configuration or {}))


def factors(app: App) -> list[str]:
    token = app.pool.user("alice").tokens().access_token
    return list(app.call("get_user_auth_factors", AccessToken=token)["ConfiguredUserAuthFactors"])


def test_who_needs_no_mfa(cognito: Cognito, app: App, alice: User) -> None:
    passkey = cognito.passkey(verifies_user=False)
    alice.register(passkey)
    for configuration in ({}, BOTH_FACTORS):
        configure(app.pool, "OPTIONAL", configuration)
        assert "WEB_AUTHN" in factors(app)
        assert request_options(prefer(app))["userVerification"] == "preferred"
        assert alice.sign_in(passkey=passkey).access_token


def test_one_factor_does_for_nobody_who_has_mfa(cognito: Cognito, app: App, alice: User) -> None:
    alice.register(cognito.passkey())
    configure(app.pool, "OPTIONAL")
    mfa.prefer(app.pool, SMS=mfa.ON)
    assert factors(app) == ["PASSWORD"]
    assert prefer(app)["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"]


def test_a_passkey_is_mfa_for_who_turns_it_on(cognito: Cognito, app: App, alice: User) -> None:
    passkey = cognito.passkey()
    alice.register(passkey)
    configure(app.pool, "OPTIONAL", BOTH_FACTORS)
    mfa.prefer(app.pool, SMS=mfa.ON)
    assert factors(app) == ["PASSWORD"]

    mfa.prefer(app.pool, WebAuthn=mfa.ON)
    assert factors(app) == ["PASSWORD", "WEB_AUTHN"]
    assert request_options(prefer(app))["userVerification"] == "required"
    assert alice.sign_in(passkey=passkey).access_token
    mfa.prefer(app.pool, WebAuthn=mfa.OFF)
    assert factors(app) == ["PASSWORD"]


def test_where_everybody_needs_mfa_the_authenticator_verifies_the_user(cognito: Cognito, app: App, alice: User) -> None:
    passkey = cognito.passkey()
    alice.register(passkey)
    configure(app.pool, "ON", BOTH_FACTORS)

    challenge = prefer(app)
    options = request_options(challenge)
    assert options["userVerification"] == "required"
    unverified = passkey.get(options, verified=False)
    assert refusal(respond, app=app, challenge=challenge, credential=unverified) == INCORRECT
    assert "AuthenticationResult" in respond(app, challenge, passkey.get(options))


def test_mfa_that_was_turned_on_during_the_sign_in(cognito: Cognito, app: App, alice: User) -> None:
    passkey = cognito.passkey()
    alice.register(passkey)
    configure(app.pool, "OPTIONAL")
    challenge = prefer(app)
    mfa.prefer(app.pool, SMS=mfa.ON)
    credential = passkey.get(request_options(challenge))
    assert refusal(respond, app=app, challenge=challenge, credential=credential) == SESSION_INVALID
