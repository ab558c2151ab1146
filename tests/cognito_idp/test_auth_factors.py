"""GetUserAuthFactors and AdminGetUserAuthFactors: what a user can sign in with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.app import SILENT, Answer, App, MakeApp
from tests.support.mfa import PREFERRED, SMS_MFA, TOTP, configure, enrolled, setting_of
from tests.support.refusals import USER_NOT_FOUND, no_pool, refusal
from tests.support.settings import SMS

FIRST_FACTORS = ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]


def policies(*factors: str) -> dict[str, Any]:
    return {"SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}}


def factors(app: App) -> Answer:
    """GetUserAuthFactors of alice."""
    return app.call("get_user_auth_factors", AccessToken=app.pool.tokens_for("alice").access_token)


def test_a_user_with_a_password_and_nothing_else(make_app: MakeApp) -> None:
    app = make_app()
    app.pool.create_user("alice", email="a@example.com", phone_number="+15550001234")
    assert factors(app) == {"Username": "alice", "ConfiguredUserAuthFactors": ["PASSWORD"]}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({}, ["PASSWORD"]),
        ({"email": "a@example.com"}, ["PASSWORD", "EMAIL_OTP"]),
        ({"email": "a@example.com", "email_verified": "false"}, ["PASSWORD", "EMAIL_OTP"]),
        ({"phone_number": "+15550001234"}, ["PASSWORD", "SMS_OTP"]),
        ({"email": "a@example.com", "phone_number": "+15550001234"}, FIRST_FACTORS),
    ],
)
def test_codes_go_to_what_a_user_has(make_app: MakeApp, attributes: dict[str, str], expected: list[str]) -> None:
    app = make_app(Policies=policies(*FIRST_FACTORS), SmsConfiguration=SMS)
    app.pool.create_user("alice", attributes=attributes)
    found = factors(app)
    assert sorted(found["ConfiguredUserAuthFactors"]) == sorted(expected)


def test_a_user_without_a_password(make_app: MakeApp) -> None:
    app = make_app(Policies=policies("PASSWORD", "EMAIL_OTP"))
    app.create("alice", {"email": "a@example.com"}, **SILENT)
    assert factors(app)["ConfiguredUserAuthFactors"] == ["EMAIL_OTP"]


def test_second_factors_are_told_and_rule_codes_out(make_app: MakeApp) -> None:
    app = make_app(
        Policies=policies(*FIRST_FACTORS),
        SmsConfiguration=SMS,
        AutoVerifiedAttributes=["phone_number"],
        MfaConfiguration="OPTIONAL",
    )
    app.pool.create_user("alice", email="a@example.com", phone_number="+15550001234")
    assert sorted(factors(app)["ConfiguredUserAuthFactors"]) == sorted(FIRST_FACTORS)
    token = app.pool.tokens_for("alice").access_token
    app.call("set_user_mfa_preference", AccessToken=token, **setting_of(SMS_MFA, PREFERRED))
    assert factors(app) == {
        "Username": "alice",
        "PreferredMfaSetting": "SMS_MFA",
        "UserMFASettingList": ["SMS_MFA"],
        "ConfiguredUserAuthFactors": ["PASSWORD"],
    }


# By administrators

by_administrators = pytest.mark.needs("AdminGetUserAuthFactors", "AuthFactorType.SOFTWARE_TOKEN")


@by_administrators
def test_an_administrator_is_told_the_same(make_app: MakeApp) -> None:
    app = make_app(Policies=policies(*FIRST_FACTORS), SmsConfiguration=SMS)
    app.pool.create_user("alice", email="a@example.com")
    told = app.admin("admin_get_user_auth_factors")
    assert told == factors(app) == {"Username": "alice", "ConfiguredUserAuthFactors": ["PASSWORD", "EMAIL_OTP"]}


@by_administrators
def test_a_software_token_is_told_although_it_is_no_first_factor(make_app: MakeApp) -> None:
    app = make_app()
    configure(app.pool, "OPTIONAL", TOTP)
    app.pool.create_user("alice")
    enrolled(app)
    told = app.admin("admin_get_user_auth_factors")
    assert told == factors(app)
    assert told["ConfiguredUserAuthFactors"] == ["PASSWORD", "SOFTWARE_TOKEN"]
    assert told["UserMFASettingList"] == [TOTP]


@by_administrators
@pytest.mark.parametrize(
    ("status", "expected"),
    [("FORCE_CHANGE_PASSWORD", ["PASSWORD"]), ("UNCONFIRMED", ["PASSWORD", "EMAIL_OTP"])],
)
def test_an_administrator_asks_about_anybody(make_app: MakeApp, status: str, expected: list[str]) -> None:
    app = make_app(Policies=policies(*FIRST_FACTORS))
    app.pool.create_user("alice", email="a@example.com", status=status)
    assert app.admin("admin_get_user_auth_factors")["ConfiguredUserAuthFactors"] == expected


@by_administrators
def test_an_administrator_must_name_a_user(app: App) -> None:
    assert refusal(app.admin, operation="admin_get_user_auth_factors", username="bob") == USER_NOT_FOUND
    nowhere = {"UserPoolId": "us-east-1_Nowhere00", "Username": "alice"}
    assert refusal(app.call, operation="admin_get_user_auth_factors", **nowhere) == no_pool("us-east-1_Nowhere00")
