"""The settings of CreateUserPool: what is kept, what follows from it, and what doesn't go together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.refusals import Refusal, invalid_parameter, refusal
from tests.support.settings import PASSWORDLESS, SMS, create_pool, recovery

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


PRE_TOKEN = "arn:aws:lambda:us-east-1:123456789012:function:pre-token"
OTHER_FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:other"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
PHONE_RECOVERY = (
    "Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number "
    "as a recovery mechanism when SMS MFA is configured."
)


def test_settings_are_kept_as_given(cognito_idp: CognitoIdentityProviderClient) -> None:
    given = {
        "AutoVerifiedAttributes": ["email", "phone_number"],
        "AliasAttributes": ["email", "preferred_username"],
        "SmsAuthenticationMessage": "Code {####}",
        "MfaConfiguration": "OPTIONAL",
        "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
        "DeletionProtection": "ACTIVE",
        "SmsConfiguration": SMS,
        "UserPoolTags": {"team": "a"},
        "UserPoolAddOns": {"AdvancedSecurityMode": "OFF"},
        "UsernameConfiguration": {"CaseSensitive": False},
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Priority": 1, "Name": "admin_only"}]},
        "UserPoolTier": "PLUS",
    }
    pool = create_pool(cognito_idp, **given)
    assert {member: pool[member] for member in given} == given


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, None),
        (
            {"ChallengeRequiredOnNewDevice": True},
            {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False},
        ),
    ],
)
def test_devices_are_remembered_once_a_member_is_set(
    cognito_idp: CognitoIdentityProviderClient, given: dict[str, bool], kept: dict[str, bool] | None
) -> None:
    assert create_pool(cognito_idp, DeviceConfiguration=given).get("DeviceConfiguration") == kept


def test_a_password_policy_requires_what_it_names(cognito_idp: CognitoIdentityProviderClient) -> None:
    policy = {"MinimumLength": 10, "RequireNumbers": True, "PasswordHistorySize": 3, "TemporaryPasswordValidityDays": 3}
    pool = create_pool(cognito_idp, Policies={"PasswordPolicy": policy})
    others = {"RequireUppercase": False, "RequireLowercase": False, "RequireSymbols": False}
    assert pool["Policies"]["PasswordPolicy"] == policy | others
    assert pool["AdminCreateUserConfig"]["UnusedAccountValidityDays"] == 3


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        ({"Policies": {"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 0}}}, 7),
        ({"AdminCreateUserConfig": {"UnusedAccountValidityDays": 2}}, 2),
        ({"AdminCreateUserConfig": {"UnusedAccountValidityDays": 0}}, 7),
    ],
)
def test_validity_of_temporary_passwords(
    cognito_idp: CognitoIdentityProviderClient, settings: dict[str, Any], days: int
) -> None:
    pool = create_pool(cognito_idp, **settings)
    assert pool["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"] == days
    assert pool["AdminCreateUserConfig"]["UnusedAccountValidityDays"] == days


@pytest.mark.parametrize(
    ("given", "version"),
    [
        ({"PreTokenGeneration": PRE_TOKEN}, "V1_0"),
        ({"PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": PRE_TOKEN}}, "V2_0"),
    ],
)
def test_both_names_of_the_pre_token_trigger_are_in_step(
    cognito_idp: CognitoIdentityProviderClient, given: dict[str, Any], version: str
) -> None:
    pool = create_pool(cognito_idp, LambdaConfig=given)
    assert pool["LambdaConfig"] == {
        "PreTokenGeneration": PRE_TOKEN,
        "PreTokenGenerationConfig": {"LambdaVersion": version, "LambdaArn": PRE_TOKEN},
    }


def test_the_template_of_verification_messages_comes_before_their_legacy_names(
    cognito_idp: CognitoIdentityProviderClient,
) -> None:
    pool = create_pool(
        cognito_idp,
        EmailVerificationSubject="old",
        SmsVerificationMessage="old {####}",
        VerificationMessageTemplate={"EmailSubject": "new", "SmsMessage": "new {####}"},
    )

    assert (pool["EmailVerificationSubject"], pool["SmsVerificationMessage"]) == ("new", "new {####}")
    assert pool["VerificationMessageTemplate"]["EmailSubject"] == "new"


def test_legacy_verification_messages_fill_the_template(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool = create_pool(
        cognito_idp,
        SmsVerificationMessage="sms {####}",
        EmailVerificationMessage="mail {####}",
        VerificationMessageTemplate={"EmailSubject": "subject"},
    )
    assert pool["VerificationMessageTemplate"] == {
        "SmsMessage": "sms {####}",
        "EmailMessage": "mail {####}",
        "EmailSubject": "subject",
        "DefaultEmailOption": "CONFIRM_WITH_CODE",
    }
    assert pool["EmailVerificationSubject"] == "subject"
    assert pool["EmailVerificationMessage"] == "mail {####}"


def test_templates_for_links_and_codes_stand_side_by_side(cognito_idp: CognitoIdentityProviderClient) -> None:
    template = {
        "DefaultEmailOption": "CONFIRM_WITH_LINK",
        "EmailMessage": "foo {####} bar",
        "EmailMessageByLink": "{##foobar##}",
    }
    assert create_pool(cognito_idp, VerificationMessageTemplate=template)["VerificationMessageTemplate"] == template


def test_invitation_templates_are_kept(cognito_idp: CognitoIdentityProviderClient) -> None:
    config = {"AllowAdminCreateUserOnly": True, "InviteMessageTemplate": {"EmailSubject": "Welcome"}}
    pool = create_pool(cognito_idp, AdminCreateUserConfig=config)
    assert pool["AdminCreateUserConfig"] == config | {"UnusedAccountValidityDays": 7}


def test_threat_protection_makes_the_plan_plus(cognito_idp: CognitoIdentityProviderClient) -> None:
    assert create_pool(cognito_idp, UserPoolAddOns={"AdvancedSecurityMode": "AUDIT"})["UserPoolTier"] == "PLUS"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"AliasAttributes": ["email"], "UsernameAttributes": ["email"]},
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
        ),
        (
            {
                "Policies": {"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 7}},
                "AdminCreateUserConfig": {"UnusedAccountValidityDays": 7},
            },
            "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
        ),
        (
            {"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}},
            "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
        ),
        (
            {"MfaConfiguration": "ON"},
            "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
        ),
        (
            {"AutoVerifiedAttributes": ["phone_number"]},
            "SMS configuration is required when phone_number is selected for auto verification",
        ),
        (
            {"MfaConfiguration": "ON", "SmsConfiguration": SMS, **recovery("verified_phone_number")},
            PHONE_RECOVERY,
        ),
        (
            recovery("admin_only", "verified_email"),
            "Invalid account recovery setting parameter. admin_only must be the only recovery mechanism.",
        ),
        (
            recovery("verified_email", "verified_email"),
            "Invalid account recovery setting parameter. Priorities and names must be unique.",
        ),
        (
            {"LambdaConfig": {"CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": OTHER_FUNCTION}}},
            "KMSKeyID is required for custom sender triggers.",
        ),
        (
            {
                "LambdaConfig": {
                    "PreTokenGeneration": OTHER_FUNCTION,
                    "PreTokenGenerationConfig": {"LambdaVersion": "V1_0", "LambdaArn": PRE_TOKEN},
                }
            },
            "PreTokenGeneration and PreTokenGenerationConfig.LambdaArn must be the same.",
        ),
        (
            {
                "AliasAttributes": ["preferred_username"],
                "Schema": [{"Name": "preferred_username", "Required": True}],
            },
            "preferred_username cannot be both a required attribute and an alias.",
        ),
        (
            {"MfaConfiguration": "ON", "SmsConfiguration": SMS, "Policies": PASSWORDLESS},
            "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled",
        ),
        (
            {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["EMAIL_OTP"]}}},
            "PASSWORD must be one of the allowed first auth factors.",
        ),
    ],
)
def test_settings_that_do_not_go_together_are_refused(
    cognito_idp: CognitoIdentityProviderClient, settings: dict[str, Any], message: str
) -> None:
    assert refusal(cognito_idp.create_user_pool, PoolName="app", **settings) == invalid_parameter(message)


def test_a_software_token_is_no_first_factor(cognito_idp: CognitoIdentityProviderClient) -> None:
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "SOFTWARE_TOKEN"]}}
    assert refusal(cognito_idp.create_user_pool, PoolName="app", Policies=policies).code == "InvalidParameterException"


def test_custom_senders_with_a_key_are_fine(cognito_idp: CognitoIdentityProviderClient) -> None:
    config = {"CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": OTHER_FUNCTION}, "KMSKeyID": KEY}
    assert create_pool(cognito_idp, LambdaConfig=config)["LambdaConfig"] == config


@pytest.mark.parametrize(
    ("tier", "settings", "features"),
    [
        ("LITE", {"Policies": PASSWORDLESS}, "Passwordless Sign-In"),
        ("ESSENTIALS", {"UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}}, "Threat Protection"),
        (
            "LITE",
            {"Policies": PASSWORDLESS, "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}},
            "Threat Protection, Passwordless Sign-In",
        ),
        (
            "LITE",
            {"LambdaConfig": {"PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": PRE_TOKEN}}},
            "Access Token Customization",
        ),
        ("LITE", {"Policies": {"PasswordPolicy": {"PasswordHistorySize": 2}}}, "Password History"),
    ],
)
def test_a_feature_above_the_plan_is_refused(
    cognito_idp: CognitoIdentityProviderClient, tier: str, settings: dict[str, Any], features: str
) -> None:
    answer = refusal(cognito_idp.create_user_pool, PoolName="app", UserPoolTier=tier, **settings)
    assert answer == Refusal(
        "FeatureUnavailableInTierException",
        f"The following features need to be disabled for the {tier} pricing tier configured: {features}",
    )
