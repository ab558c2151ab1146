"""SetUserPoolMfaConfig: settings that don't go together."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.app import App, MakeApp
from tests.support.mfa_config import EMAIL_FACTOR, NO_TOTP, ON_OR_OPTIONAL, SMS_FACTOR, TOTP_FACTOR, put, refused
from tests.support.refusals import Refusal, invalid_parameter, no_pool, refusal
from tests.support.settings import SES, SMS, recovery

WITHOUT_FACTOR = "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."
OFF_WITH_FACTOR = "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
FIRST_FACTORS = "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled"
WEB_AUTHN = "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA."
SINGLE_FACTOR = (
    "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first "
    "auth factor"
)
RECOVERY = "Invalid account recovery setting parameter. Account Recovery Setting cannot use "


def with_first_factors(*factors: str) -> dict[str, Any]:
    return {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", *factors]}}}


@ON_OR_OPTIONAL
@pytest.mark.parametrize("blocks", [{}, NO_TOTP, {"WebAuthnConfiguration": {"RelyingPartyId": "example.com"}}])
def test_mfa_needs_a_factor(app: App, mode: str, blocks: dict[str, Any]) -> None:
    assert refused(app, mode, **blocks) == invalid_parameter(WITHOUT_FACTOR)


@ON_OR_OPTIONAL
@pytest.mark.parametrize("blocks", [{}, NO_TOTP])
def test_the_sms_of_the_pool_alone_is_no_factor(make_app: MakeApp, mode: str, blocks: dict[str, Any]) -> None:
    app = make_app(SmsConfiguration=SMS)
    assert refused(app, mode, **blocks) == invalid_parameter(WITHOUT_FACTOR)


@pytest.mark.parametrize("mode", ["OFF", None])
@pytest.mark.parametrize(
    "blocks",
    [TOTP_FACTOR, NO_TOTP, SMS_FACTOR, EMAIL_FACTOR, {"EmailMfaConfiguration": {}}, {**TOTP_FACTOR, **SMS_FACTOR}],
)
def test_no_factor_goes_with_off(make_app: MakeApp, mode: str | None, blocks: dict[str, Any]) -> None:
    app = make_app(EmailConfiguration=SES)
    assert refused(app, mode, **blocks) == invalid_parameter(OFF_WITH_FACTOR)


@pytest.mark.parametrize("factor", ["EMAIL_OTP", "SMS_OTP"])
def test_one_time_passwords_as_first_factors_exclude_required_mfa(make_app: MakeApp, factor: str) -> None:
    app = make_app(**with_first_factors(factor))
    assert refused(app, "ON", **TOTP_FACTOR) == invalid_parameter(FIRST_FACTORS)
    assert put(app, "OPTIONAL", **TOTP_FACTOR)["MfaConfiguration"] == "OPTIONAL"


@pytest.mark.needs("WebAuthnConfigurationType.FactorConfiguration")
@pytest.mark.parametrize("passkeys", [{}, {"WebAuthnConfiguration": {"FactorConfiguration": "SINGLE_FACTOR"}}])
def test_a_passkey_that_is_one_factor_excludes_required_mfa(make_app: MakeApp, passkeys: dict[str, Any]) -> None:
    app = make_app(**with_first_factors("WEB_AUTHN"))
    assert refused(app, "ON", **TOTP_FACTOR, **passkeys) == invalid_parameter(SINGLE_FACTOR)
    assert put(app, "OPTIONAL", **TOTP_FACTOR, **passkeys)["MfaConfiguration"] == "OPTIONAL"


@pytest.mark.needs("WebAuthnConfigurationType.FactorConfiguration")
def test_a_passkey_that_is_both_factors_goes_with_required_mfa(make_app: MakeApp) -> None:
    first = with_first_factors("WEB_AUTHN")
    app = make_app(**first)
    passkeys = {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION", "UserVerification": "required"}
    answer = put(app, "ON", **TOTP_FACTOR, WebAuthnConfiguration=passkeys)
    assert answer["WebAuthnConfiguration"] == passkeys
    app.call("update_user_pool", UserPoolId=app.pool_id, MfaConfiguration="ON", **first)


@pytest.mark.parametrize(
    "passkeys",
    [
        {},
        pytest.param(
            {"WebAuthnConfiguration": {"FactorConfiguration": "SINGLE_FACTOR"}},
            marks=pytest.mark.needs("WebAuthnConfigurationType.FactorConfiguration"),
        ),
    ],
)
def test_update_lets_nobody_in_by_a_passkey_alone_where_mfa_is_required(
    make_app: MakeApp, passkeys: dict[str, Any]
) -> None:
    first = with_first_factors("WEB_AUTHN")
    app = make_app()
    put(app, "ON", **TOTP_FACTOR, **passkeys)
    update = app.idp.update_user_pool
    assert refusal(update, UserPoolId=app.pool_id, **first) == invalid_parameter(WEB_AUTHN)
    put(app, "OPTIONAL", **TOTP_FACTOR, **passkeys)
    update(UserPoolId=app.pool_id, **first)
    assert refusal(update, UserPoolId=app.pool_id, MfaConfiguration="ON") == invalid_parameter(WEB_AUTHN)


@ON_OR_OPTIONAL
def test_sms_mfa_needs_a_way_to_send(app: App, mode: str) -> None:
    error = refused(app, mode, SmsMfaConfiguration={"SmsAuthenticationMessage": "It is {####}"})
    assert error == invalid_parameter("SmsConfiguration is required to enable SMS MFA.")


def test_email_mfa_needs_an_own_sender(app: App) -> None:
    error = refused(app, "ON", **EMAIL_FACTOR)
    assert error == invalid_parameter(
        "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of "
        "COGNITO_DEFAULT"
    )


def test_email_mfa_needs_a_higher_plan(make_app: MakeApp) -> None:
    app = make_app(EmailConfiguration=SES, UserPoolTier="LITE")
    assert refused(app, "ON", **EMAIL_FACTOR) == Refusal(
        "FeatureUnavailableInTierException",
        "The following features need to be disabled for the LITE pricing tier configured: Email MFA",
    )


@ON_OR_OPTIONAL
@pytest.mark.parametrize(
    ("name", "block", "what"),
    [("verified_phone_number", SMS_FACTOR, "SMS"), ("verified_email", EMAIL_FACTOR, "Email")],
)
def test_accounts_are_not_recovered_by_the_second_factor_alone(
    make_app: MakeApp, mode: str, name: str, block: dict[str, Any], what: str
) -> None:
    app = make_app(EmailConfiguration=SES, **recovery(name))
    code, message = refused(app, mode, **block)
    assert code == "InvalidParameterException"
    assert message.startswith(f"{RECOVERY}{name} as ")
    assert message.endswith(f"when {what} MFA is configured.")
    assert put(app, mode, **TOTP_FACTOR)["MfaConfiguration"] == mode
    for others in (["admin_only"], ["verified_email", "verified_phone_number"]):
        other = make_app(EmailConfiguration=SES, **recovery(*others))
        assert put(other, mode, **block)["MfaConfiguration"] == mode


@pytest.mark.needs("SmsConfigurationType.EumsSms")
def test_text_messages_have_one_sender(app: App) -> None:
    said = invalid_parameter("SmsConfiguration requires either SnsCallerArn or EumsSms.")
    assert refused(app, "ON", SmsMfaConfiguration={"SmsConfiguration": {}}) == said
    both = {**SMS, "EumsSms": {"CallerArn": SMS["SnsCallerArn"]}}
    assert refused(app, "ON", SmsMfaConfiguration={"SmsConfiguration": both}) == said


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"MfaConfiguration": "PERHAPS"}, "Value 'PERHAPS' at 'mfaConfiguration' failed to satisfy constraint"),
        ({"EmailMfaConfiguration": {"Message": "no code here"}}, "at 'emailMfaConfiguration.message'"),
        ({"SmsMfaConfiguration": {"SmsAuthenticationMessage": "no code here"}}, "smsAuthenticationMessage"),
        ({"WebAuthnConfiguration": {"UserVerification": "never"}}, "at 'webAuthnConfiguration.userVerification'"),
    ],
)
def test_what_the_model_forbids_is_refused(app: App, block: dict[str, Any], said: str) -> None:
    code, message = refusal(app.idp.set_user_pool_mfa_config, UserPoolId=app.pool_id, **block)
    assert code == "InvalidParameterException"
    assert said in message


def test_an_unknown_pool_is_refused(app: App) -> None:
    expected = no_pool("us-east-1_Nothing00")
    for operation in (app.idp.get_user_pool_mfa_config, app.idp.set_user_pool_mfa_config):
        assert refusal(operation, UserPoolId="us-east-1_Nothing00") == expected
