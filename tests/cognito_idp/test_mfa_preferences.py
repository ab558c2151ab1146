"""The second factors of a user: turned on and off, preferred, and told; by the user and by administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.mfa import (
    ADDRESSES,
    FACTORS,
    OFF,
    ON,
    PREFERRED,
    TOTP,
    MakeMfaApp,
    configure,
    enrol,
    enrolled,
    prefer,
    setting_of,
)
from tests.support.mfa_preferences import AT_LEAST_ONE, BY_EITHER, BY_SMS, Choose, no_delivery, preference, told
from tests.support.refusals import (
    ACCESS_TOKEN_INVALID,
    RESET_REQUIRED,
    TOTP_NOT_VERIFIED,
    TOTP_WITHOUT_AUTHENTICATOR,
    USER_DISABLED,
    USER_NOT_FOUND,
    Refusal,
    invalid_parameter,
    no_pool,
    refusal,
)

ONE_PREFERENCE = invalid_parameter("Only one MFA method can be set as preferred.")
NOT_ENABLED = invalid_parameter("An MFA method must be enabled to be preferred.")


@pytest.fixture
def pool(mfa_pool: UserPool) -> UserPool:
    return mfa_pool


@pytest.fixture(params=BY_EITHER)
def choose(request: pytest.FixtureRequest, app: App) -> Choose:
    return preference(app, request.param)


# What is told


def test_what_is_not_set_is_not_told(app: App) -> None:
    members = {"PreferredMfaSetting", "UserMFASettingList", "MFAOptions"}
    assert members.isdisjoint(app.admin("admin_get_user"))
    assert members.isdisjoint(app.idp.get_user(AccessToken=app.pool.tokens_for("alice").access_token))


@pytest.mark.parametrize("factor", ["SMS_MFA", "EMAIL_OTP"])
def test_a_factor_is_turned_on_and_off(app: App, choose: Choose, factor: str) -> None:
    answer = choose(**setting_of(factor))
    assert answer == {}
    assert told(app) == (None, [factor], None)
    assert app.begin()["ChallengeName"] == factor
    choose(**setting_of(factor, OFF))
    assert told(app) == (None, None, None)
    assert "AuthenticationResult" in app.begin()


def test_a_software_token_is_turned_on_once_registered(app: App, choose: Choose) -> None:
    setting = {"SoftwareTokenMfaSettings": PREFERRED}
    token = app.pool.tokens_for("alice").access_token
    assert refusal(choose, **setting) == TOTP_WITHOUT_AUTHENTICATOR
    app.idp.associate_software_token(AccessToken=token)
    assert refusal(choose, **setting) == TOTP_NOT_VERIFIED
    enrol(app, token)
    choose(**setting)
    assert told(app) == ("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA"], None)
    choose(SoftwareTokenMfaSettings=OFF)
    choose(SoftwareTokenMfaSettings=ON)
    assert told(app) == (None, ["SOFTWARE_TOKEN_MFA"], None)


def test_settings_that_are_not_given_stay(app: App, choose: Choose) -> None:
    choose(SMSMfaSettings=PREFERRED)
    choose(EmailMfaSettings=ON)
    assert told(app) == ("SMS_MFA", ["SMS_MFA", "EMAIL_OTP"], None)
    choose()
    assert told(app) == ("SMS_MFA", ["SMS_MFA", "EMAIL_OTP"], None)


def test_the_preference_moves(app: App, choose: Choose) -> None:
    choose(SMSMfaSettings=PREFERRED, EmailMfaSettings=ON)
    choose(EmailMfaSettings=PREFERRED)
    assert told(app) == ("EMAIL_OTP", ["SMS_MFA", "EMAIL_OTP"], None)
    choose(SMSMfaSettings={"Enabled": True, "PreferredMfa": False})
    assert told(app) == ("EMAIL_OTP", ["SMS_MFA", "EMAIL_OTP"], None)


@pytest.mark.parametrize(
    ("settings", "left"),
    [({"Enabled": True, "PreferredMfa": False}, ["SMS_MFA", "EMAIL_OTP"]), (OFF, ["EMAIL_OTP"])],
)
def test_a_preference_is_given_up(app: App, choose: Choose, settings: dict[str, bool], left: list[str]) -> None:
    choose(SMSMfaSettings=PREFERRED, EmailMfaSettings=ON)
    choose(SMSMfaSettings=settings)
    assert told(app) == (None, left, None)


def test_changing_them_is_a_change_of_the_user(app: App, cognito: Cognito, choose: Choose) -> None:
    before = app.admin("admin_get_user")["UserLastModifiedDate"]
    cognito.clock.advance(minutes=1)
    choose(SMSMfaSettings=ON)
    after = app.admin("admin_get_user")["UserLastModifiedDate"]
    assert after > before


# What is refused


def test_only_one_is_preferred(app: App, choose: Choose) -> None:
    assert refusal(choose, SMSMfaSettings=PREFERRED, EmailMfaSettings=PREFERRED) == ONE_PREFERENCE
    assert told(app) == (None, None, None)


@pytest.mark.parametrize("settings", [{"PreferredMfa": True}, {"Enabled": False, "PreferredMfa": True}])
def test_what_is_preferred_is_on(app: App, choose: Choose, settings: dict[str, bool]) -> None:
    assert refusal(choose, SMSMfaSettings=settings) == NOT_ENABLED
    assert told(app) == (None, None, None)


@pytest.mark.parametrize(("factor", "attribute"), [("SMS_MFA", "phone_number"), ("EMAIL_OTP", "email")])
def test_a_message_needs_an_address(app: App, choose: Choose, factor: str, attribute: str) -> None:
    app.admin("admin_delete_user_attributes", UserAttributeNames=[attribute])
    assert refusal(choose, **setting_of(factor)) == no_delivery(factor)


@pytest.mark.parametrize(("factor", "attribute"), [("SMS_MFA", "phone_number"), ("EMAIL_OTP", "email")])
def test_the_address_need_not_be_verified(app: App, choose: Choose, factor: str, attribute: str) -> None:
    unverified = [{"Name": f"{attribute}_verified", "Value": "false"}]
    app.admin("admin_update_user_attributes", UserAttributes=unverified)
    choose(**setting_of(factor))
    assert told(app) == (None, [factor], None)


@pytest.mark.parametrize("factor", ["SMS_MFA", "EMAIL_OTP"])
def test_a_pool_that_does_not_offer_a_factor_has_none_to_turn_on(make_mfa_app: MakeMfaApp, factor: str) -> None:
    app = make_mfa_app("OPTIONAL", TOTP)
    app.pool.create_user("alice", attributes=ADDRESSES)
    call = {"operation": "admin_set_user_mfa_preference", **setting_of(factor)}
    assert refusal(app.admin, **call) == no_delivery(factor)


def test_one_refused_setting_refuses_all(app: App, choose: Choose) -> None:
    code, _ = refusal(choose, SMSMfaSettings=ON, SoftwareTokenMfaSettings=ON)
    assert code == "InvalidParameterException"
    assert told(app) == (None, None, None)


def test_where_mfa_is_required_the_last_factor_stays(app: App, choose: Choose) -> None:
    choose(SMSMfaSettings=PREFERRED, EmailMfaSettings=ON)
    configure(app.pool, "ON", *FACTORS)
    assert refusal(choose, SMSMfaSettings=OFF, EmailMfaSettings=OFF) == AT_LEAST_ONE
    assert told(app) == ("SMS_MFA", ["SMS_MFA", "EMAIL_OTP"], None)
    choose(SMSMfaSettings=OFF)
    assert told(app) == (None, ["EMAIL_OTP"], None)
    assert refusal(choose, EmailMfaSettings=OFF) == AT_LEAST_ONE


@pytest.mark.needs("SetUserMFAPreferenceRequest.WebAuthnMfaSettings", "WebAuthnConfigurationType.FactorConfiguration")
def test_a_passkey_counts_beside_another_factor_where_it_is_both(app: App, choose: Choose) -> None:
    code, message = refusal(choose, SMSMfaSettings=ON, WebAuthnMfaSettings=ON)
    assert (code, message) == invalid_parameter(
        "WebAuthn MFA requires FactorConfiguration MULTI_FACTOR_WITH_USER_VERIFICATION."
    )
    app.pool.call(
        "SetUserPoolMfaConfig",
        MfaConfiguration="OPTIONAL",
        SmsMfaConfiguration={},
        WebAuthnConfiguration={"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"},
    )
    assert refusal(choose, WebAuthnMfaSettings=ON) == invalid_parameter(
        "WebAuthn MFA requires at least one other MFA method."
    )
    choose(SMSMfaSettings=ON, WebAuthnMfaSettings=ON)
    assert told(app) == (None, ["SMS_MFA"], None)
    choose(WebAuthnMfaSettings=OFF)
    assert told(app) == (None, ["SMS_MFA"], None)


# Who may


def test_unknown_users_and_pools(app: App) -> None:
    unknown = "us-east-1_Nothing00"
    operations: list[tuple[Callable[..., object], dict[str, Any]]] = [
        (app.idp.admin_set_user_mfa_preference, {}),
        (app.idp.admin_set_user_settings, {"MFAOptions": [BY_SMS]}),
    ]
    for operation, more in operations:
        assert refusal(operation, UserPoolId=app.pool_id, Username="nobody", **more) == USER_NOT_FOUND
        assert refusal(operation, UserPoolId=unknown, Username="alice", **more) == no_pool(unknown)


def test_callers_who_may_not(app: App) -> None:
    token = app.pool.tokens_for("alice").access_token

    def both(**caller: str) -> Refusal:
        error = refusal(app.idp.set_user_mfa_preference, SMSMfaSettings=ON, **caller)
        assert refusal(app.idp.set_user_settings, MFAOptions=[BY_SMS], **caller) == error
        return error

    assert both(AccessToken="nobody") == ACCESS_TOKEN_INVALID
    app.admin("admin_reset_user_password")
    assert both(AccessToken=token) == RESET_REQUIRED
    app.admin("admin_disable_user")
    assert both(AccessToken=token) == USER_DISABLED
    app.admin("admin_delete_user")
    assert both(AccessToken=token) == USER_NOT_FOUND


def test_an_address_that_mfa_needs_stays_where_mfa_is_required(app: App) -> None:
    enrolled(app)
    prefer(app.pool, SMS=ON)
    configure(app.pool, "ON", *FACTORS)
    call = {"operation": "admin_delete_user_attributes", "UserAttributeNames": ["phone_number"]}
    assert refusal(app.admin, **call) == invalid_parameter("phone_number cannot be removed while it is needed for MFA.")
    prefer(app.pool, SMS=OFF)
    app.admin("admin_delete_user_attributes", UserAttributeNames=["phone_number"])
