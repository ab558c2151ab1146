"""SetUserPoolMfaConfig and GetUserPoolMfaConfig: what is told and replaced, and UpdateUserPool beside them."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import App, MakeApp
from tests.support.mfa_config import EMAIL_FACTOR, ON_OR_OPTIONAL, SMS_FACTOR, TOTP_FACTOR, described, get, put
from tests.support.refusals import invalid_parameter, refusal
from tests.support.settings import SES, SMS, recovery

MFA_NEEDS_SMS = "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
RECOVERY = "Invalid account recovery setting parameter. Account Recovery Setting cannot use "


# What is told


def test_a_pool_without_factors_tells_that_mfa_is_off(app: App) -> None:
    assert get(app) == {"MfaConfiguration": "OFF"}


def test_sms_for_verification_alone_is_no_mfa(make_app: MakeApp) -> None:
    app = make_app(SmsConfiguration=SMS)
    assert get(app) == {"MfaConfiguration": "OFF"}


@ON_OR_OPTIONAL
@pytest.mark.parametrize(
    "block",
    [
        TOTP_FACTOR,
        SMS_FACTOR,
        EMAIL_FACTOR,
        {"EmailMfaConfiguration": {}},
        {**TOTP_FACTOR, **SMS_FACTOR, **EMAIL_FACTOR},
    ],
)
def test_what_was_set_is_answered_and_told(make_app: MakeApp, mode: str, block: dict[str, Any]) -> None:
    app = make_app(EmailConfiguration=SES)
    expected = {"MfaConfiguration": mode, **block}
    assert put(app, mode, **block) == expected
    assert get(app) == expected


def test_a_pool_made_with_sms_mfa_tells_it(make_app: MakeApp) -> None:
    message = "It is {####}"
    app = make_app(MfaConfiguration="OPTIONAL", SmsConfiguration=SMS, SmsAuthenticationMessage=message)
    assert get(app) == {
        "MfaConfiguration": "OPTIONAL",
        "SmsMfaConfiguration": {"SmsAuthenticationMessage": message, "SmsConfiguration": SMS},
    }


@pytest.mark.needs("WebAuthnConfigurationType.FactorConfiguration")
def test_passkeys_are_told_with_their_defaults(app: App) -> None:
    answer = put(app, "OFF", WebAuthnConfiguration={"RelyingPartyId": "example.com"})
    assert answer == {
        "MfaConfiguration": "OFF",
        "WebAuthnConfiguration": {
            "RelyingPartyId": "example.com",
            "UserVerification": "preferred",
            "FactorConfiguration": "SINGLE_FACTOR",
        },
    }
    assert get(app) == answer


def test_the_pool_tells_its_part(app: App, cognito: Cognito) -> None:
    before = described(app)
    cognito.clock.advance(minutes=1)
    sms = {"SmsAuthenticationMessage": "It is {####}", "SmsConfiguration": SMS}
    put(app, "ON", SmsMfaConfiguration=sms, **TOTP_FACTOR)
    after = described(app)
    assert {member: after[member] for member in ("MfaConfiguration", *sms)} == {"MfaConfiguration": "ON", **sms}
    assert "SoftwareTokenMfaConfiguration" not in after
    assert after["LastModifiedDate"] > before["LastModifiedDate"]
    assert after["CreationDate"] == before["CreationDate"]


# What a request replaces


def test_a_request_replaces_all_factors(make_app: MakeApp) -> None:
    app = make_app(EmailConfiguration=SES)
    put(app, "OPTIONAL", **TOTP_FACTOR, **EMAIL_FACTOR, WebAuthnConfiguration={"UserVerification": "required"})
    assert put(app, "ON", **TOTP_FACTOR) == {"MfaConfiguration": "ON", **TOTP_FACTOR}
    assert get(app) == {"MfaConfiguration": "ON", **TOTP_FACTOR}


def test_a_request_that_names_no_mode_turns_mfa_off(app: App) -> None:
    put(app, "ON", **TOTP_FACTOR)
    assert put(app) == {"MfaConfiguration": "OFF"}
    assert get(app) == {"MfaConfiguration": "OFF"}


def test_a_message_that_is_left_out_is_gone(app: App) -> None:
    put(
        app,
        "ON",
        SmsMfaConfiguration={"SmsAuthenticationMessage": "It is {####}", "SmsConfiguration": SMS},
    )
    assert put(app, "ON", **SMS_FACTOR) == {"MfaConfiguration": "ON", **SMS_FACTOR}


def test_sms_mfa_may_lean_on_the_configuration_that_the_pool_has(make_app: MakeApp) -> None:
    app = make_app(SmsConfiguration=SMS)
    sms = {"SmsAuthenticationMessage": "It is {####}"}
    assert put(app, "ON", SmsMfaConfiguration=sms) == {
        "MfaConfiguration": "ON",
        "SmsMfaConfiguration": {**sms, "SmsConfiguration": SMS},
    }


@ON_OR_OPTIONAL
def test_software_tokens_need_not_repeat_the_sms_of_the_pool(make_app: MakeApp, mode: str) -> None:
    message: dict[str, Any] = {"SmsAuthenticationMessage": "It is {####}"}
    app = make_app(MfaConfiguration="OPTIONAL", SmsConfiguration=SMS, **message)
    expected = {"MfaConfiguration": mode, **TOTP_FACTOR, "SmsMfaConfiguration": {**message, "SmsConfiguration": SMS}}
    assert put(app, mode, **TOTP_FACTOR) == expected
    assert get(app) == expected


def test_turning_mfa_off_leaves_the_pool_its_sms(app: App) -> None:
    put(app, "ON", **SMS_FACTOR)
    assert put(app, "OFF") == {"MfaConfiguration": "OFF"}
    assert described(app)["SmsConfiguration"] == SMS


# UpdateUserPool beside it


@ON_OR_OPTIONAL
def test_update_keeps_mfa_by_other_factors_if_it_names_it(app: App, mode: str) -> None:
    put(app, mode, **TOTP_FACTOR)
    app.call("update_user_pool", UserPoolId=app.pool_id, MfaConfiguration=mode, PoolName="renamed")
    assert get(app) == {"MfaConfiguration": mode, **TOTP_FACTOR}


@ON_OR_OPTIONAL
def test_update_without_a_mode_keeps_it(app: App, mode: str) -> None:
    put(app, mode, **TOTP_FACTOR)
    app.call("update_user_pool", UserPoolId=app.pool_id)
    assert get(app) == {"MfaConfiguration": mode, **TOTP_FACTOR}


def test_update_turns_mfa_off_if_it_says_so(app: App) -> None:
    put(app, "ON", **TOTP_FACTOR)
    app.call("update_user_pool", UserPoolId=app.pool_id, MfaConfiguration="OFF")
    assert get(app)["MfaConfiguration"] == "OFF"


def test_update_cannot_take_the_only_factor(make_app: MakeApp) -> None:
    app = make_app(MfaConfiguration="ON", SmsConfiguration=SMS)
    before = described(app)
    assert refusal(app.idp.update_user_pool, UserPoolId=app.pool_id) == invalid_parameter(MFA_NEEDS_SMS)
    assert described(app) == before


def test_update_to_mfa_needs_sms_or_a_factor(app: App) -> None:
    refused = refusal(app.idp.update_user_pool, UserPoolId=app.pool_id, MfaConfiguration="ON")
    assert refused == invalid_parameter(MFA_NEEDS_SMS)


def test_update_cannot_have_accounts_recovered_by_the_second_factor_alone(make_app: MakeApp) -> None:
    app = make_app(EmailConfiguration=SES)
    put(app, "ON", **EMAIL_FACTOR)
    code, message = refusal(
        app.idp.update_user_pool,
        UserPoolId=app.pool_id,
        MfaConfiguration="ON",
        EmailConfiguration=SES,
        **recovery("verified_email"),
    )
    assert code == "InvalidParameterException"
    assert message.startswith(RECOVERY)
