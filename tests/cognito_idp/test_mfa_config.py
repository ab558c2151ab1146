"""SetUserPoolMfaConfig and GetUserPoolMfaConfig: what may be set together, what is then told, and by whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pools import SES, SMS
from tests.support.refusals import refusal

TOTP = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
NO_TOTP = {"SoftwareTokenMfaConfiguration": {"Enabled": False}}
BY_SMS = {"SmsMfaConfiguration": {"SmsConfiguration": SMS}}
BY_EMAIL = {"EmailMfaConfiguration": {"Message": "Use {####} now", "Subject": "Sign-in"}}
WITHOUT_FACTOR = "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."
OFF_WITH_FACTOR = "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
SMS_STAYS = "Can't turn off SMS_MFA when SMS configuration is set for the user pool"
FIRST_FACTORS = "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled"
SINGLE_FACTOR = (
    "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first "
    "auth factor"
)
RECOVERY = "Invalid account recovery setting parameter. Account Recovery Setting cannot use "
ON_OR_OPTIONAL = pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])


def make(idp: Any, **settings: Any) -> str:
    return str(idp.create_user_pool(PoolName="app", **settings)["UserPool"]["Id"])


def with_first_factors(*factors: str) -> dict[str, Any]:
    return {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", *factors]}}}


def recovering_by(*names: str) -> dict[str, Any]:
    mechanisms = [{"Priority": place, "Name": name} for place, name in enumerate(names, 1)]
    return {"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms}}


def put(idp: Any, pool_id: str, mode: str | None = None, **blocks: Any) -> dict[str, Any]:
    given = {"MfaConfiguration": mode} if mode else {}
    return told(idp.set_user_pool_mfa_config(UserPoolId=pool_id, **given, **blocks))


def get(idp: Any, pool_id: str) -> dict[str, Any]:
    return told(idp.get_user_pool_mfa_config(UserPoolId=pool_id))


def told(answer: Any) -> dict[str, Any]:
    return {member: value for member, value in answer.items() if member != "ResponseMetadata"}


def refused(idp: Any, pool_id: str, mode: str | None = None, **blocks: Any) -> tuple[str, str]:
    before = get(idp, pool_id)
    error = refusal(put, idp=idp, pool_id=pool_id, mode=mode, **blocks)
    assert get(idp, pool_id) == before
    return error


def parameter(message: str) -> tuple[str, str]:
    return "InvalidParameterException", message


@pytest.fixture
def pool_id(cognito_idp: Any) -> str:
    return make(cognito_idp)


# What is told


def test_a_pool_without_factors_tells_that_mfa_is_off(cognito_idp: Any, pool_id: str) -> None:
    assert get(cognito_idp, pool_id) == {"MfaConfiguration": "OFF"}


def test_sms_for_verification_alone_is_no_mfa(cognito_idp: Any) -> None:
    pool_id = make(cognito_idp, SmsConfiguration=SMS)
    assert get(cognito_idp, pool_id) == {"MfaConfiguration": "OFF"}


@ON_OR_OPTIONAL
@pytest.mark.parametrize(
    "block", [TOTP, BY_SMS, BY_EMAIL, {"EmailMfaConfiguration": {}}, {**TOTP, **BY_SMS, **BY_EMAIL}]
)
def test_what_was_set_is_answered_and_told(cognito_idp: Any, mode: str, block: dict[str, Any]) -> None:
    pool_id = make(cognito_idp, EmailConfiguration=SES)
    expected = {"MfaConfiguration": mode, **block}
    assert put(cognito_idp, pool_id, mode, **block) == expected
    assert get(cognito_idp, pool_id) == expected


def test_a_pool_made_with_sms_mfa_tells_it(cognito_idp: Any) -> None:
    message = "It is {####}"
    pool_id = make(cognito_idp, MfaConfiguration="OPTIONAL", SmsConfiguration=SMS, SmsAuthenticationMessage=message)
    assert get(cognito_idp, pool_id) == {
        "MfaConfiguration": "OPTIONAL",
        "SmsMfaConfiguration": {"SmsAuthenticationMessage": message, "SmsConfiguration": SMS},
    }


def test_passkeys_are_told_with_their_defaults(cognito_idp: Any, pool_id: str) -> None:
    answer = put(cognito_idp, pool_id, "OFF", WebAuthnConfiguration={"RelyingPartyId": "example.com"})
    assert answer == {
        "MfaConfiguration": "OFF",
        "WebAuthnConfiguration": {
            "RelyingPartyId": "example.com",
            "UserVerification": "preferred",
            "FactorConfiguration": "SINGLE_FACTOR",
        },
    }
    assert get(cognito_idp, pool_id) == answer


def test_the_pool_tells_its_part(cognito: Any, cognito_idp: Any, pool_id: str) -> None:
    before = cognito_idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    cognito.clock.advance(minutes=1)
    sms = {"SmsAuthenticationMessage": "It is {####}", "SmsConfiguration": SMS}
    put(cognito_idp, pool_id, "ON", SmsMfaConfiguration=sms, **TOTP)
    after = cognito_idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert {member: after[member] for member in ("MfaConfiguration", *sms)} == {"MfaConfiguration": "ON", **sms}
    assert "SoftwareTokenMfaConfiguration" not in after
    assert after["LastModifiedDate"] > before["LastModifiedDate"]
    assert after["CreationDate"] == before["CreationDate"]


# What a request replaces


def test_a_request_replaces_all_factors(cognito_idp: Any) -> None:
    pool_id = make(cognito_idp, EmailConfiguration=SES)
    put(cognito_idp, pool_id, "OPTIONAL", **TOTP, **BY_EMAIL, WebAuthnConfiguration={"UserVerification": "required"})
    assert put(cognito_idp, pool_id, "ON", **TOTP) == {"MfaConfiguration": "ON", **TOTP}
    assert get(cognito_idp, pool_id) == {"MfaConfiguration": "ON", **TOTP}


def test_a_request_that_names_no_mode_turns_mfa_off(cognito_idp: Any, pool_id: str) -> None:
    put(cognito_idp, pool_id, "ON", **TOTP)
    assert put(cognito_idp, pool_id) == {"MfaConfiguration": "OFF"}
    assert get(cognito_idp, pool_id) == {"MfaConfiguration": "OFF"}


def test_a_message_that_is_left_out_is_gone(cognito_idp: Any, pool_id: str) -> None:
    put(
        cognito_idp,
        pool_id,
        "ON",
        SmsMfaConfiguration={"SmsAuthenticationMessage": "It is {####}", "SmsConfiguration": SMS},
    )
    assert put(cognito_idp, pool_id, "ON", **BY_SMS) == {"MfaConfiguration": "ON", **BY_SMS}


def test_sms_mfa_may_lean_on_the_configuration_that_the_pool_has(cognito_idp: Any) -> None:
    pool_id = make(cognito_idp, SmsConfiguration=SMS)
    sms = {"SmsAuthenticationMessage": "It is {####}"}
    assert put(cognito_idp, pool_id, "ON", SmsMfaConfiguration=sms) == {
        "MfaConfiguration": "ON",
        "SmsMfaConfiguration": {**sms, "SmsConfiguration": SMS},
    }


def test_turning_mfa_off_leaves_the_pool_its_sms(cognito_idp: Any, pool_id: str) -> None:
    put(cognito_idp, pool_id, "ON", **BY_SMS)
    assert put(cognito_idp, pool_id, "OFF") == {"MfaConfiguration": "OFF"}
    assert cognito_idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]["SmsConfiguration"] == SMS


# What doesn't go together


@ON_OR_OPTIONAL
@pytest.mark.parametrize("blocks", [{}, NO_TOTP, {"WebAuthnConfiguration": {"RelyingPartyId": "example.com"}}])
def test_mfa_needs_a_factor(cognito_idp: Any, pool_id: str, mode: str, blocks: dict[str, Any]) -> None:
    assert refused(cognito_idp, pool_id, mode, **blocks) == parameter(WITHOUT_FACTOR)


@ON_OR_OPTIONAL
def test_mfa_without_any_block_lacks_a_factor_even_where_sms_is_configured(cognito_idp: Any, mode: str) -> None:
    pool_id = make(cognito_idp, SmsConfiguration=SMS)
    assert refused(cognito_idp, pool_id, mode) == parameter(WITHOUT_FACTOR)


@pytest.mark.parametrize("mode", ["OFF", None])
@pytest.mark.parametrize("blocks", [TOTP, BY_SMS, BY_EMAIL, {"EmailMfaConfiguration": {}}, {**TOTP, **BY_SMS}])
def test_no_factor_goes_with_off(cognito_idp: Any, mode: str | None, blocks: dict[str, Any]) -> None:
    pool_id = make(cognito_idp, EmailConfiguration=SES)
    assert refused(cognito_idp, pool_id, mode, **blocks) == parameter(OFF_WITH_FACTOR)


def test_a_software_token_that_is_off_goes_with_off(cognito_idp: Any, pool_id: str) -> None:
    assert put(cognito_idp, pool_id, "OFF", **NO_TOTP) == {"MfaConfiguration": "OFF"}


@pytest.mark.parametrize("factor", ["EMAIL_OTP", "SMS_OTP"])
def test_one_time_passwords_as_first_factors_exclude_required_mfa(cognito_idp: Any, factor: str) -> None:
    pool_id = make(cognito_idp, **with_first_factors(factor))
    assert refused(cognito_idp, pool_id, "ON", **TOTP) == parameter(FIRST_FACTORS)
    assert put(cognito_idp, pool_id, "OPTIONAL", **TOTP)["MfaConfiguration"] == "OPTIONAL"


@pytest.mark.parametrize("passkeys", [{}, {"WebAuthnConfiguration": {"FactorConfiguration": "SINGLE_FACTOR"}}])
def test_a_passkey_that_is_one_factor_excludes_required_mfa(cognito_idp: Any, passkeys: dict[str, Any]) -> None:
    pool_id = make(cognito_idp, **with_first_factors("WEB_AUTHN"))
    assert refused(cognito_idp, pool_id, "ON", **TOTP, **passkeys) == parameter(SINGLE_FACTOR)
    assert put(cognito_idp, pool_id, "OPTIONAL", **TOTP, **passkeys)["MfaConfiguration"] == "OPTIONAL"


def test_a_passkey_that_is_both_factors_goes_with_required_mfa(cognito_idp: Any) -> None:
    first = with_first_factors("WEB_AUTHN")
    pool_id = make(cognito_idp, **first)
    passkeys = {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION", "UserVerification": "required"}
    answer = put(cognito_idp, pool_id, "ON", **TOTP, WebAuthnConfiguration=passkeys)
    assert answer["WebAuthnConfiguration"] == passkeys
    cognito_idp.update_user_pool(UserPoolId=pool_id, MfaConfiguration="ON", **first)
    put(cognito_idp, pool_id, "OPTIONAL", **TOTP)
    assert refusal(cognito_idp.update_user_pool, UserPoolId=pool_id, MfaConfiguration="ON", **first) == parameter(
        FIRST_FACTORS
    )


@ON_OR_OPTIONAL
@pytest.mark.parametrize("blocks", [TOTP, NO_TOTP])
def test_sms_cannot_be_taken_from_mfa_again(cognito_idp: Any, mode: str, blocks: dict[str, Any]) -> None:
    pool_id = make(cognito_idp, SmsConfiguration=SMS)
    assert refused(cognito_idp, pool_id, mode, **blocks) == parameter(SMS_STAYS)


@ON_OR_OPTIONAL
def test_sms_mfa_needs_a_way_to_send(cognito_idp: Any, pool_id: str, mode: str) -> None:
    error = refused(cognito_idp, pool_id, mode, SmsMfaConfiguration={"SmsAuthenticationMessage": "It is {####}"})
    assert error == parameter("SmsConfiguration is required to enable SMS MFA.")


def test_email_mfa_needs_an_own_sender(cognito_idp: Any, pool_id: str) -> None:
    error = refused(cognito_idp, pool_id, "ON", **BY_EMAIL)
    assert error == parameter("Email MFA requires EmailSendingAccount DEVELOPER.")


def test_email_mfa_needs_a_higher_plan(cognito_idp: Any) -> None:
    pool_id = make(cognito_idp, EmailConfiguration=SES, UserPoolTier="LITE")
    assert refused(cognito_idp, pool_id, "ON", **BY_EMAIL) == (
        "FeatureUnavailableInTierException",
        "The following features need to be disabled for the LITE pricing tier configured: Email MFA",
    )


@ON_OR_OPTIONAL
@pytest.mark.parametrize(
    ("name", "block", "what"),
    [("verified_phone_number", BY_SMS, "SMS"), ("verified_email", BY_EMAIL, "Email")],
)
def test_accounts_are_not_recovered_by_the_second_factor_alone(
    cognito_idp: Any, mode: str, name: str, block: dict[str, Any], what: str
) -> None:
    pool_id = make(cognito_idp, EmailConfiguration=SES, **recovering_by(name))
    code, message = refused(cognito_idp, pool_id, mode, **block)
    assert code == "InvalidParameterException"
    assert message.startswith(f"{RECOVERY}{name} as ")
    assert message.endswith(f"when {what} MFA is configured.")
    assert put(cognito_idp, pool_id, mode, **TOTP)["MfaConfiguration"] == mode
    for others in (["admin_only"], ["verified_email", "verified_phone_number"]):
        other = make(cognito_idp, EmailConfiguration=SES, **recovering_by(*others))
        assert put(cognito_idp, other, mode, **block)["MfaConfiguration"] == mode


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"MfaConfiguration": "PERHAPS"}, "Value 'PERHAPS' at 'mfaConfiguration' failed to satisfy constraint"),
        ({"EmailMfaConfiguration": {"Message": "no code here"}}, "at 'emailMfaConfiguration.message'"),
        ({"SmsMfaConfiguration": {"SmsAuthenticationMessage": "no code here"}}, "smsAuthenticationMessage"),
        ({"WebAuthnConfiguration": {"UserVerification": "never"}}, "at 'webAuthnConfiguration.userVerification'"),
    ],
)
def test_what_the_model_forbids_is_refused(cognito_idp: Any, pool_id: str, block: dict[str, Any], said: str) -> None:
    code, message = refusal(cognito_idp.set_user_pool_mfa_config, UserPoolId=pool_id, **block)
    assert code == "InvalidParameterException"
    assert said in message


def test_an_unknown_pool_is_refused(cognito_idp: Any) -> None:
    expected = ("ResourceNotFoundException", "User pool us-east-1_Nothing00 does not exist.")
    for operation in (cognito_idp.get_user_pool_mfa_config, cognito_idp.set_user_pool_mfa_config):
        assert refusal(operation, UserPoolId="us-east-1_Nothing00") == expected


# UpdateUserPool beside it


@ON_OR_OPTIONAL
def test_update_keeps_mfa_by_other_factors_if_it_names_it(cognito_idp: Any, pool_id: str, mode: str) -> None:
    put(cognito_idp, pool_id, mode, **TOTP)
    cognito_idp.update_user_pool(UserPoolId=pool_id, MfaConfiguration=mode, PoolName="renamed")
    assert get(cognito_idp, pool_id) == {"MfaConfiguration": mode, **TOTP}


def test_update_without_a_mode_turns_mfa_off(cognito_idp: Any, pool_id: str) -> None:
    put(cognito_idp, pool_id, "ON", **TOTP)
    cognito_idp.update_user_pool(UserPoolId=pool_id)
    assert get(cognito_idp, pool_id)["MfaConfiguration"] == "OFF"


def test_update_to_mfa_needs_sms_or_a_factor(cognito_idp: Any, pool_id: str) -> None:
    assert refusal(cognito_idp.update_user_pool, UserPoolId=pool_id, MfaConfiguration="ON") == parameter(
        "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
    )


def test_update_cannot_have_accounts_recovered_by_the_second_factor_alone(cognito_idp: Any) -> None:
    pool_id = make(cognito_idp, EmailConfiguration=SES)
    put(cognito_idp, pool_id, "ON", **BY_EMAIL)
    code, message = refusal(
        cognito_idp.update_user_pool,
        UserPoolId=pool_id,
        MfaConfiguration="ON",
        EmailConfiguration=SES,
        **recovering_by("verified_email"),
    )
    assert code == "InvalidParameterException"
    assert message.startswith(RECOVERY)
