"""Which second factor a sign-in asks for: by the mode, what the pool offers, and what the user has."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pytest_cognito.cognito import UserPool
from tests.support.app import PASSWORD, App
from tests.support.mfa import (
    EMAIL_FIRST,
    EMAIL_OTP,
    FACTORS,
    ON,
    PHONE_FIRST,
    SMS_MFA,
    TOTP,
    Asked,
    MakeMfaApp,
    arranged,
    asked,
    configure,
    prefer,
    select,
    set_up,
)
from tests.support.refusals import INCORRECT, NO_MFA_METHOD, refusal
from tests.support.srp import SrpClient

# Locks and codes are not to run out on a slow machine.
pytestmark = pytest.mark.usefixtures("time_stands_still")


@pytest.fixture
def pool(mfa_pool: UserPool) -> UserPool:
    return mfa_pool


@pytest.mark.parametrize("has", ["", "phone email", "sms totp EMAIL"])
def test_a_pool_without_mfa_asks_for_none(make_mfa_app: MakeMfaApp, has: str) -> None:
    app = arranged(make_mfa_app, "OPTIONAL", "sms totp email", has)
    configure(app.pool, "OFF")
    assert asked(app) == "tokens"


@pytest.mark.parametrize(
    ("has", "expected"),
    [
        ("", "tokens"),
        ("phone email", "tokens"),
        ("sms", SMS_MFA),
        ("totp", TOTP),
        ("EMAIL", EMAIL_OTP),
        ("sms totp", select(SMS_MFA, TOTP)),
        ("sms EMAIL", select(SMS_MFA, EMAIL_OTP)),
        ("sms totp EMAIL", select(*FACTORS)),
    ],
)
def test_where_mfa_is_optional_what_a_user_has_turned_on_is_asked_for(
    make_mfa_app: MakeMfaApp, has: str, expected: Asked
) -> None:
    app = arranged(make_mfa_app, "OPTIONAL", "sms totp email", has)
    assert asked(app) == expected


@pytest.mark.parametrize("mode", ["OPTIONAL", "ON"])
@pytest.mark.parametrize("preferred", FACTORS)
def test_a_preference_decides(make_mfa_app: MakeMfaApp, mode: str, preferred: str) -> None:
    app = arranged(make_mfa_app, mode, "sms totp email", "sms totp EMAIL", preferred=preferred)
    assert asked(app) == preferred


@pytest.mark.parametrize(
    ("offered", "has", "recovering", "expected"),
    [
        # a token, and what else can reach the user
        ("totp", "totp", (), TOTP),
        ("totp email", "totp", (), TOTP),
        ("totp email", "totp email", EMAIL_FIRST, TOTP),
        ("totp email", "totp email", PHONE_FIRST, select(TOTP, EMAIL_OTP)),
        ("sms totp", "totp phone", (), select(SMS_MFA, TOTP)),
        ("sms totp email", "totp phone email", EMAIL_FIRST, select(SMS_MFA, TOTP)),
        ("sms totp email", "totp phone email", PHONE_FIRST, select(TOTP, EMAIL_OTP)),
        ("sms totp email", "totp phone email", ["admin_only"], select(*FACTORS)),
        # one address
        ("sms", "phone", (), SMS_MFA),
        ("sms", "phone email", PHONE_FIRST, SMS_MFA),
        ("sms totp", "phone", PHONE_FIRST, SMS_MFA),
        ("sms email", "phone", EMAIL_FIRST, SMS_MFA),
        ("email", "email", PHONE_FIRST, EMAIL_OTP),
        ("email", "email", ["admin_only"], EMAIL_OTP),
        ("totp email", "email", EMAIL_FIRST, set_up(TOTP)),
        ("sms totp email", "phone", PHONE_FIRST, set_up(TOTP, EMAIL_OTP)),
        # both addresses
        ("sms email", "phone email", EMAIL_FIRST, SMS_MFA),
        ("sms email", "phone email", PHONE_FIRST, EMAIL_OTP),
        ("sms email", "phone email", ["admin_only"], select(SMS_MFA, EMAIL_OTP)),
        # nothing
        ("totp", "", (), set_up(TOTP)),
        ("totp", "phone email", (), set_up(TOTP)),
        ("sms totp", "", (), set_up(SMS_MFA, TOTP)),
        ("sms totp email", "", ["admin_only"], set_up(*FACTORS)),
        ("sms totp email", "", EMAIL_FIRST, set_up(SMS_MFA, TOTP)),
    ],
)
def test_where_mfa_is_required_what_a_user_could_have_counts_too(
    make_mfa_app: MakeMfaApp, offered: str, has: str, recovering: Sequence[str], expected: Asked
) -> None:
    app = arranged(make_mfa_app, "ON", offered, has, recovering=recovering)
    assert asked(app) == expected


@pytest.mark.parametrize(("offered", "has"), [("email", "email"), ("email", ""), ("sms", ""), ("sms", "email")])
def test_a_user_who_can_have_no_factor_cannot_sign_in(make_mfa_app: MakeMfaApp, offered: str, has: str) -> None:
    """A phone number can't be set up during a sign-in; an address of the account's recovery is no factor."""
    app = arranged(make_mfa_app, "ON", offered, has, recovering=EMAIL_FIRST)
    assert refusal(app.begin) == NO_MFA_METHOD
    assert refusal(app.admin_initiate_auth, USERNAME="alice", PASSWORD=PASSWORD) == NO_MFA_METHOD
    client = SrpClient(app)
    assert refusal(client.run) == NO_MFA_METHOD
    assert refusal(client.answer_as_admin, responses=client.proof(client.begin())) == NO_MFA_METHOD


def test_a_factor_that_the_pool_no_longer_offers_is_not_asked_for(make_mfa_app: MakeMfaApp) -> None:
    app = arranged(make_mfa_app, "OPTIONAL", "totp", "sms EMAIL", preferred=EMAIL_OTP)
    assert asked(app) == "tokens"


def test_a_wrong_password_is_not_asked_for_more(app: App) -> None:
    prefer(app.pool, SMS=ON)
    assert refusal(app.begin, password="wrong") == INCORRECT
