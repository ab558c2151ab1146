"""GetUserAuthFactors: what a user can sign in with."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, User

SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "ext"}
FACTORS = ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]


def policies(*factors: str) -> dict[str, Any]:
    return {"SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}}


def factors(idp: Any, user: User) -> dict[str, Any]:
    answer: dict[str, Any] = idp.get_user_auth_factors(AccessToken=user.tokens().access_token)
    del answer["ResponseMetadata"]
    return answer


def test_a_user_with_a_password_and_nothing_else(cognito_idp: Any, cognito: Cognito) -> None:
    alice = cognito.create_user_pool().create_user("alice", email="a@example.com", phone_number="+15550001234")
    assert factors(cognito_idp, alice) == {"Username": "alice", "ConfiguredUserAuthFactors": ["PASSWORD"]}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({}, ["PASSWORD"]),
        ({"email": "a@example.com"}, ["PASSWORD", "EMAIL_OTP"]),
        ({"email": "a@example.com", "email_verified": "false"}, ["PASSWORD", "EMAIL_OTP"]),
        ({"phone_number": "+15550001234"}, ["PASSWORD", "SMS_OTP"]),
        ({"email": "a@example.com", "phone_number": "+15550001234"}, FACTORS),
    ],
)
def test_codes_go_to_what_a_user_has(
    cognito: Cognito, cognito_idp: Any, attributes: dict[str, str], expected: list[str]
) -> None:
    pool = cognito.create_user_pool(Policies=policies(*FACTORS), SmsConfiguration=SMS)
    found = factors(cognito_idp, pool.create_user("alice", attributes=attributes))
    assert sorted(found["ConfiguredUserAuthFactors"]) == sorted(expected)


def test_a_user_without_a_password(cognito: Cognito, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(Policies=policies("PASSWORD", "EMAIL_OTP"))
    email = [{"Name": "email", "Value": "a@example.com"}]
    cognito_idp.admin_create_user(UserPoolId=pool.id, Username="alice", UserAttributes=email, MessageAction="SUPPRESS")
    assert factors(cognito_idp, pool.user("alice"))["ConfiguredUserAuthFactors"] == ["EMAIL_OTP"]


def test_second_factors_are_told_and_rule_codes_out(cognito: Cognito, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(
        Policies=policies(*FACTORS),
        SmsConfiguration=SMS,
        AutoVerifiedAttributes=["phone_number"],
        MfaConfiguration="OPTIONAL",
    )
    alice = pool.create_user("alice", email="a@example.com", phone_number="+15550001234")
    assert sorted(factors(cognito_idp, alice)["ConfiguredUserAuthFactors"]) == sorted(FACTORS)
    cognito_idp.set_user_mfa_preference(
        AccessToken=alice.tokens().access_token, SMSMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    assert factors(cognito_idp, alice) == {
        "Username": "alice",
        "PreferredMfaSetting": "SMS_MFA",
        "UserMFASettingList": ["SMS_MFA"],
        "ConfiguredUserAuthFactors": ["PASSWORD"],
    }
