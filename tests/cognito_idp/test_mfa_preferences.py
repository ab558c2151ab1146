"""The second factors of a user: turned on and off, preferred, and told; by the user, by administrators, the old way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.refusals import refusal
from tests.support.second_factors import ADDRESSES, challenged, configure, enrol, enrolled, make, prefer

EVERY = ("SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP")
SETTINGS = {
    "SMS_MFA": "SMSMfaSettings",
    "SOFTWARE_TOKEN_MFA": "SoftwareTokenMfaSettings",
    "EMAIL_OTP": "EmailMfaSettings",
}
BY_SMS = {"DeliveryMedium": "SMS", "AttributeName": "phone_number"}
ON = {"Enabled": True}
OFF = {"Enabled": False}
FIRST = {"Enabled": True, "PreferredMfa": True}
ONE_PREFERENCE = ("InvalidParameterException", "Only one MFA method can be set as preferred.")
NOT_ENABLED = ("InvalidParameterException", "An MFA method must be enabled to be preferred.")
AT_LEAST_ONE = (
    "InvalidParameterException",
    "At least one MFA method must stay enabled in a pool that requires MFA.",
)
NO_USER = ("UserNotFoundException", "User does not exist.")

Set = Callable[..., Any]


def no_delivery(factor: str) -> tuple[str, str]:
    return "InvalidParameterException", f"User does not have delivery config set to turn on {factor}"


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = make(cognito, "OPTIONAL", *EVERY)
    pool.create_user("alice", **ADDRESSES)
    return pool


@pytest.fixture(params=["user", "administrator"])
def choose(request: Any, cognito_idp: Any, pool: Any) -> Set:
    """SetUserMFAPreference or AdminSetUserMFAPreference for alice."""
    if request.param == "administrator":
        return lambda **settings: cognito_idp.admin_set_user_mfa_preference(
            UserPoolId=pool.id, Username="alice", **settings
        )
    token = pool.user("alice").tokens().access_token
    return lambda **settings: cognito_idp.set_user_mfa_preference(AccessToken=token, **settings)


@pytest.fixture(params=["user", "administrator"])
def choose_the_old_way(request: Any, cognito_idp: Any, pool: Any) -> Set:
    """SetUserSettings or AdminSetUserSettings for alice."""
    if request.param == "administrator":
        return lambda *options: cognito_idp.admin_set_user_settings(
            UserPoolId=pool.id, Username="alice", MFAOptions=list(options)
        )
    token = pool.user("alice").tokens().access_token
    return lambda *options: cognito_idp.set_user_settings(AccessToken=token, MFAOptions=list(options))


def told(idp: Any, pool: Any) -> tuple[Any, Any, Any]:
    """Preference, list and options, as all operations that tell them agree."""
    by_admin = idp.admin_get_user(UserPoolId=pool.id, Username="alice")
    token = pool.user("alice").tokens().access_token
    by_user = idp.get_user(AccessToken=token)
    first = idp.get_user_auth_factors(AccessToken=token)
    seen = [
        (one.get("PreferredMfaSetting"), one.get("UserMFASettingList"), one.get("MFAOptions"))
        for one in (by_admin, by_user)
    ]
    assert seen[0] == seen[1]
    assert seen[0][:2] == (first.get("PreferredMfaSetting"), first.get("UserMFASettingList"))
    return seen[0]


# What is told


def test_what_is_not_set_is_not_told(cognito_idp: Any, pool: Any) -> None:
    members = {"PreferredMfaSetting", "UserMFASettingList", "MFAOptions"}
    assert members.isdisjoint(cognito_idp.admin_get_user(UserPoolId=pool.id, Username="alice"))
    assert members.isdisjoint(cognito_idp.get_user(AccessToken=pool.user("alice").tokens().access_token))


@pytest.mark.parametrize("factor", ["SMS_MFA", "EMAIL_OTP"])
def test_a_factor_is_turned_on_and_off(cognito_idp: Any, pool: Any, choose: Set, factor: str) -> None:
    answer = choose(**{SETTINGS[factor]: ON})
    assert set(answer) == {"ResponseMetadata"}
    assert told(cognito_idp, pool) == (None, [factor], None)
    assert challenged(cognito_idp, pool)["ChallengeName"] == factor
    choose(**{SETTINGS[factor]: OFF})
    assert told(cognito_idp, pool) == (None, None, None)
    assert "AuthenticationResult" in challenged(cognito_idp, pool)


def test_a_software_token_is_turned_on_once_registered(cognito: Any, cognito_idp: Any, pool: Any, choose: Set) -> None:
    setting = {"SoftwareTokenMfaSettings": FIRST}
    token = pool.user("alice").tokens().access_token
    not_set_up = ("InvalidParameterException", "User has not set up software token mfa")
    assert refusal(choose, **setting) == not_set_up
    cognito_idp.associate_software_token(AccessToken=token)
    not_verified = ("InvalidParameterException", "User has not verified software token mfa")
    assert refusal(choose, **setting) == not_verified
    enrol(cognito, cognito_idp, token)
    choose(**setting)
    assert told(cognito_idp, pool) == ("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA"], None)
    choose(SoftwareTokenMfaSettings=OFF)
    choose(SoftwareTokenMfaSettings=ON)
    assert told(cognito_idp, pool) == (None, ["SOFTWARE_TOKEN_MFA"], None)


def test_settings_that_are_not_given_stay(cognito_idp: Any, pool: Any, choose: Set) -> None:
    choose(SMSMfaSettings=FIRST)
    choose(EmailMfaSettings=ON)
    assert told(cognito_idp, pool) == ("SMS_MFA", ["SMS_MFA", "EMAIL_OTP"], None)
    choose()
    assert told(cognito_idp, pool) == ("SMS_MFA", ["SMS_MFA", "EMAIL_OTP"], None)


def test_the_preference_moves(cognito_idp: Any, pool: Any, choose: Set) -> None:
    choose(SMSMfaSettings=FIRST, EmailMfaSettings=ON)
    choose(EmailMfaSettings=FIRST)
    assert told(cognito_idp, pool) == ("EMAIL_OTP", ["SMS_MFA", "EMAIL_OTP"], None)
    choose(SMSMfaSettings={"Enabled": True, "PreferredMfa": False})
    assert told(cognito_idp, pool) == ("EMAIL_OTP", ["SMS_MFA", "EMAIL_OTP"], None)


@pytest.mark.parametrize(
    ("settings", "left"),
    [({"Enabled": True, "PreferredMfa": False}, ["SMS_MFA", "EMAIL_OTP"]), (OFF, ["EMAIL_OTP"])],
)
def test_a_preference_is_given_up(
    cognito_idp: Any, pool: Any, choose: Set, settings: dict[str, bool], left: list[str]
) -> None:
    choose(SMSMfaSettings=FIRST, EmailMfaSettings=ON)
    choose(SMSMfaSettings=settings)
    assert told(cognito_idp, pool) == (None, left, None)


def test_changing_them_is_a_change_of_the_user(cognito: Any, cognito_idp: Any, pool: Any, choose: Set) -> None:
    before = cognito_idp.admin_get_user(UserPoolId=pool.id, Username="alice")["UserLastModifiedDate"]
    cognito.clock.advance(minutes=1)
    choose(SMSMfaSettings=ON)
    after = cognito_idp.admin_get_user(UserPoolId=pool.id, Username="alice")["UserLastModifiedDate"]
    assert after > before


# What is refused


def test_only_one_is_preferred(cognito_idp: Any, pool: Any, choose: Set) -> None:
    assert refusal(choose, SMSMfaSettings=FIRST, EmailMfaSettings=FIRST) == ONE_PREFERENCE
    assert told(cognito_idp, pool) == (None, None, None)


@pytest.mark.parametrize("settings", [{"PreferredMfa": True}, {"Enabled": False, "PreferredMfa": True}])
def test_what_is_preferred_is_on(cognito_idp: Any, pool: Any, choose: Set, settings: dict[str, bool]) -> None:
    assert refusal(choose, SMSMfaSettings=settings) == NOT_ENABLED
    assert told(cognito_idp, pool) == (None, None, None)


@pytest.mark.parametrize(("factor", "attribute"), [("SMS_MFA", "phone_number"), ("EMAIL_OTP", "email")])
def test_a_message_needs_an_address(cognito_idp: Any, pool: Any, choose: Set, factor: str, attribute: str) -> None:
    cognito_idp.admin_delete_user_attributes(UserPoolId=pool.id, Username="alice", UserAttributeNames=[attribute])
    assert refusal(choose, **{SETTINGS[factor]: ON}) == no_delivery(factor)


@pytest.mark.parametrize(("factor", "attribute"), [("SMS_MFA", "phone_number"), ("EMAIL_OTP", "email")])
def test_the_address_need_not_be_verified(
    cognito_idp: Any, pool: Any, choose: Set, factor: str, attribute: str
) -> None:
    unverified = [{"Name": f"{attribute}_verified", "Value": "false"}]
    cognito_idp.admin_update_user_attributes(UserPoolId=pool.id, Username="alice", UserAttributes=unverified)
    choose(**{SETTINGS[factor]: ON})
    assert told(cognito_idp, pool) == (None, [factor], None)


@pytest.mark.parametrize("factor", ["SMS_MFA", "EMAIL_OTP"])
def test_a_pool_that_does_not_offer_a_factor_has_none_to_turn_on(cognito: Any, cognito_idp: Any, factor: str) -> None:
    pool = make(cognito, "OPTIONAL", "SOFTWARE_TOKEN_MFA")
    pool.create_user("alice", **ADDRESSES)
    call = {"UserPoolId": pool.id, "Username": "alice", SETTINGS[factor]: ON}
    assert refusal(cognito_idp.admin_set_user_mfa_preference, **call) == no_delivery(factor)


def test_one_refused_setting_refuses_all(cognito_idp: Any, pool: Any, choose: Set) -> None:
    code, _ = refusal(choose, SMSMfaSettings=ON, SoftwareTokenMfaSettings=ON)
    assert code == "InvalidParameterException"
    assert told(cognito_idp, pool) == (None, None, None)


def test_where_mfa_is_required_the_last_factor_stays(cognito_idp: Any, pool: Any, choose: Set) -> None:
    choose(SMSMfaSettings=FIRST, EmailMfaSettings=ON)
    configure(pool, "ON", *EVERY)
    assert refusal(choose, SMSMfaSettings=OFF, EmailMfaSettings=OFF) == AT_LEAST_ONE
    assert told(cognito_idp, pool) == ("SMS_MFA", ["SMS_MFA", "EMAIL_OTP"], None)
    choose(SMSMfaSettings=OFF)
    assert told(cognito_idp, pool) == (None, ["EMAIL_OTP"], None)
    assert refusal(choose, EmailMfaSettings=OFF) == AT_LEAST_ONE


def test_a_passkey_counts_beside_another_factor_where_it_is_both(cognito_idp: Any, pool: Any, choose: Set) -> None:
    code, message = refusal(choose, SMSMfaSettings=ON, WebAuthnMfaSettings=ON)
    assert (code, message) == (
        "InvalidParameterException",
        "WebAuthn MFA requires FactorConfiguration MULTI_FACTOR_WITH_USER_VERIFICATION.",
    )
    pool.call(
        "SetUserPoolMfaConfig",
        MfaConfiguration="OPTIONAL",
        SmsMfaConfiguration={},
        WebAuthnConfiguration={"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"},
    )
    assert refusal(choose, WebAuthnMfaSettings=ON) == (
        "InvalidParameterException",
        "WebAuthn MFA requires at least one other MFA method.",
    )
    choose(SMSMfaSettings=ON, WebAuthnMfaSettings=ON)
    assert told(cognito_idp, pool) == (None, ["SMS_MFA"], None)
    choose(WebAuthnMfaSettings=OFF)
    assert told(cognito_idp, pool) == (None, ["SMS_MFA"], None)


# The old way


def test_the_old_way_knows_sms(cognito_idp: Any, pool: Any, choose_the_old_way: Set) -> None:
    answer = choose_the_old_way(BY_SMS)
    assert set(answer) == {"ResponseMetadata"}
    assert told(cognito_idp, pool) == (None, ["SMS_MFA"], [BY_SMS])
    assert challenged(cognito_idp, pool)["ChallengeName"] == "SMS_MFA"
    assert cognito_idp.list_users(UserPoolId=pool.id)["Users"][0]["MFAOptions"] == [BY_SMS]
    choose_the_old_way()
    assert told(cognito_idp, pool) == (None, None, None)
    assert "MFAOptions" not in cognito_idp.list_users(UserPoolId=pool.id)["Users"][0]


def test_the_old_way_leaves_other_factors_alone(cognito_idp: Any, pool: Any, choose_the_old_way: Set) -> None:
    prefer(pool, Email=FIRST)
    choose_the_old_way(BY_SMS)
    assert told(cognito_idp, pool) == ("EMAIL_OTP", ["SMS_MFA", "EMAIL_OTP"], [BY_SMS])
    prefer(pool, SMS=FIRST)
    choose_the_old_way()
    assert told(cognito_idp, pool) == (None, ["EMAIL_OTP"], None)


def test_the_new_way_does_not_fill_the_old_options_but_empties_them(
    cognito_idp: Any, pool: Any, choose: Set, choose_the_old_way: Set
) -> None:
    choose(SMSMfaSettings=ON)
    assert told(cognito_idp, pool) == (None, ["SMS_MFA"], None)
    choose_the_old_way(BY_SMS)
    choose(SMSMfaSettings=OFF)
    assert told(cognito_idp, pool) == (None, None, None)


@pytest.mark.parametrize("option", [{"DeliveryMedium": "EMAIL"}, {"DeliveryMedium": "SMS", "AttributeName": "email"}])
def test_the_old_way_knows_nothing_else(choose_the_old_way: Set, option: dict[str, str]) -> None:
    code, message = _refusal_of(choose_the_old_way, option)
    assert (code, message) == ("InvalidParameterException", "MFAOptions take SMS to phone_number only.")


def test_the_old_way_needs_a_number_too(cognito_idp: Any, pool: Any, choose_the_old_way: Set) -> None:
    cognito_idp.admin_delete_user_attributes(UserPoolId=pool.id, Username="alice", UserAttributeNames=["phone_number"])
    assert _refusal_of(choose_the_old_way, BY_SMS) == no_delivery("SMS_MFA")


def test_the_old_way_cannot_take_the_last_factor_either(pool: Any, choose_the_old_way: Set) -> None:
    choose_the_old_way(BY_SMS)
    configure(pool, "ON", *EVERY)
    assert _refusal_of(choose_the_old_way) == AT_LEAST_ONE


def _refusal_of(choose: Set, *options: dict[str, str]) -> tuple[str, str]:
    return refusal(lambda: choose(*options))


# Who may


def test_unknown_users_and_pools(cognito_idp: Any, pool: Any) -> None:
    no_pool = ("ResourceNotFoundException", "User pool us-east-1_Nothing00 does not exist.")
    settings = {"MFAOptions": [BY_SMS]}
    for operation, more in (
        (cognito_idp.admin_set_user_mfa_preference, {}),
        (cognito_idp.admin_set_user_settings, settings),
    ):
        assert refusal(operation, UserPoolId=pool.id, Username="nobody", **more) == NO_USER
        assert refusal(operation, UserPoolId="us-east-1_Nothing00", Username="alice", **more) == no_pool


def test_callers_who_may_not(cognito_idp: Any, pool: Any) -> None:
    token = pool.user("alice").tokens().access_token

    def both(**caller: str) -> tuple[str, str]:
        error = refusal(cognito_idp.set_user_mfa_preference, SMSMfaSettings=ON, **caller)
        assert refusal(cognito_idp.set_user_settings, MFAOptions=[BY_SMS], **caller) == error
        return error

    assert both(AccessToken="nobody") == ("NotAuthorizedException", "Invalid Access Token")
    cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")
    assert both(AccessToken=token) == ("PasswordResetRequiredException", "Password reset required for the user")
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    assert both(AccessToken=token) == ("NotAuthorizedException", "User is disabled.")
    cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
    assert both(AccessToken=token) == NO_USER


def test_an_address_that_mfa_needs_stays_where_mfa_is_required(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    enrolled(cognito, cognito_idp, pool)
    prefer(pool, SMS=ON)
    configure(pool, "ON", *EVERY)
    call = {"UserPoolId": pool.id, "Username": "alice", "UserAttributeNames": ["phone_number"]}
    assert refusal(cognito_idp.admin_delete_user_attributes, **call) == (
        "InvalidParameterException",
        "phone_number cannot be removed while it is needed for MFA.",
    )
    prefer(pool, SMS=OFF)
    cognito_idp.admin_delete_user_attributes(**call)
