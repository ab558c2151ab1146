"""``AWS::Cognito::UserPool``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.infrastructure.errors import DeploymentError
from pytest_cognito.infrastructure.stacks.stack import Stack
from tests.support.stacks import Templates, resource

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

SES = "arn:aws:ses:us-east-1:123456789012:identity/notes@example.com"
FROM_SES = {"EmailSendingAccount": "DEVELOPER", "SourceArn": SES}
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "notes"}
BY_MAIL = {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}


def pool(**properties: Any) -> dict[str, dict[str, Any]]:
    return {"Pool": resource("Cognito::UserPool", **properties)}


def described(idp: CognitoIdentityProviderClient, stack: Stack) -> dict[str, Any]:
    return dict(idp.describe_user_pool(UserPoolId=stack.physical_id("Pool"))["UserPool"])


def test_ref_is_its_id_and_its_attributes_are_there(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy(pool())
    made = stack.resource("Pool")
    found = described(cognito_idp, stack)
    provider = f"cognito-idp.us-east-1.amazonaws.com/{made.physical_id}"
    assert made.attributes == {
        "Arn": found["Arn"],
        "ProviderName": provider,
        "ProviderURL": f"https://{provider}",
        "UserPoolId": made.physical_id,
    }
    assert found["Name"].startswith("notes-Pool-")


def test_scalars_are_taken_as_what_is_wanted(templates: Templates, cognito_idp: Any) -> None:
    policy = {"MinimumLength": "12", "RequireSymbols": "false", "RequireNumbers": True}
    stack = templates.deploy(pool(UserPoolName=7, Policies={"PasswordPolicy": policy}, UserPoolTags={"cost": 5}))
    found = described(cognito_idp, stack)
    assert (found["Name"], found["UserPoolTags"]) == ("7", {"cost": "5"})
    wanted = {"MinimumLength": 12, "RequireSymbols": False, "RequireNumbers": True}
    assert wanted.items() <= found["Policies"]["PasswordPolicy"].items()


@pytest.mark.parametrize(
    ("properties", "violations"),
    [
        ({"Whatever": "notes"}, "#: extraneous key [Whatever] is not permitted"),
        (
            {"Policies": {"PasswordPolicy": {"Length": 8}}, "Name": "x"},
            (
                "#: extraneous key [Name] is not permitted\n"
                "#/Policies/PasswordPolicy: extraneous key [Length] is not permitted"
            ),
        ),
        ({"AutoVerifiedAttributes": "email"}, "#/AutoVerifiedAttributes: expected type: JSONArray, found: String"),
        (
            {"EnabledMfas": ["TOTP"]},
            (
                "#/EnabledMfas/0: failed validation constraint for keyword [enum]\n"
                "TOTP is none of SMS_MFA, SOFTWARE_TOKEN_MFA, EMAIL_OTP"
            ),
        ),
        (
            {"UserPoolNam": "notes"},
            "#: extraneous key [UserPoolNam] is not permitted\nUserPoolNam: did you mean 'UserPoolName'?",
        ),
        (
            {"Policies": {"PasswordPolicy": {"MinimumLength": "long", "RequireSymbols": 1}}},
            (
                "#/Policies/PasswordPolicy/MinimumLength: expected type: Integer, found: String\n"
                "#/Policies/PasswordPolicy/RequireSymbols: expected type: Boolean, found: Integer"
            ),
        ),
    ],
)
def test_properties_are_checked_before_any_call(
    templates: Templates, properties: dict[str, Any], violations: str
) -> None:
    told = f"Properties validation failed for resource Pool with message:\n{violations}"
    assert templates.refused(pool(**properties)) == told
    assert templates.operations() == []


def test_mfa_is_set_after_the_pool_with_its_factors(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy(
        pool(
            MfaConfiguration="OPTIONAL",
            EnabledMfas=["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"],
            EmailAuthenticationSubject="Your code",
            EmailConfiguration=FROM_SES,
            AccountRecoverySetting=BY_MAIL,
            SmsConfiguration=SMS,
            SmsAuthenticationMessage="{####} it is",
            WebAuthnRelyingPartyID="example.com",
            WebAuthnUserVerification="required",
        )
    )
    assert templates.operations() == ["CreateUserPool", "SetUserPoolMfaConfig"]
    found = cognito_idp.get_user_pool_mfa_config(UserPoolId=stack.physical_id("Pool"))
    del found["ResponseMetadata"]
    found["WebAuthnConfiguration"].pop("FactorConfiguration", None)  # unknown to an older botocore
    assert found == {
        "MfaConfiguration": "OPTIONAL",
        "SmsMfaConfiguration": {"SmsAuthenticationMessage": "{####} it is", "SmsConfiguration": SMS},
        "SoftwareTokenMfaConfiguration": {"Enabled": True},
        "EmailMfaConfiguration": {"Subject": "Your code"},
        "WebAuthnConfiguration": {"RelyingPartyId": "example.com", "UserVerification": "required"},
    }


def test_without_factors_the_mode_rides_on_the_creation(templates: Templates) -> None:
    told = templates.refused(pool(MfaConfiguration="OPTIONAL"))
    assert "SMS configuration and Auto verification for phone_number are required when MFA is required/optional" in told


def test_a_pool_whose_factors_are_refused_is_deleted(templates: Templates, cognito: Cognito) -> None:
    told = templates.refused(pool(MfaConfiguration="ON", EnabledMfas=["EMAIL_OTP"]))
    assert "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains" in told
    assert templates.operations() == ["CreateUserPool", "SetUserPoolMfaConfig", "DeleteUserPool"]
    assert cognito.pools == []


def test_a_protected_pool_whose_factors_are_refused_stays(templates: Templates, cognito: Cognito) -> None:
    templates.refused(pool(MfaConfiguration="ON", EnabledMfas=["EMAIL_OTP"], DeletionProtection="ACTIVE"))
    assert len(cognito.pools) == 1


def test_a_change_sets_all_and_turns_mfa_off(templates: Templates, cognito_idp: Any) -> None:
    tier = {"Name": "tier", "AttributeDataType": "String", "Mutable": True}
    stack = templates.deploy(
        pool(
            MfaConfiguration="ON",
            EnabledMfas=["SOFTWARE_TOKEN_MFA"],
            AutoVerifiedAttributes=["email"],
            UserPoolTags={"team": "notes", "stage": "test"},
            Schema=[tier],
        )
    )
    templates.update(
        stack,
        pool(
            UserPoolName="renamed",
            UserPoolTags={"team": "web"},
            Schema=[{**tier, "Name": "custom:tier"}, {"Name": "level", "AttributeDataType": "Number"}],
        ),
    )
    assert templates.operations()[2:] == [
        *("UpdateUserPool", "SetUserPoolMfaConfig", "AddCustomAttributes"),
        *("UntagResource", "TagResource"),
    ]
    found = described(cognito_idp, stack)
    assert (found["Name"], found["MfaConfiguration"], found["UserPoolTags"]) == ("renamed", "OFF", {"team": "web"})
    assert "AutoVerifiedAttributes" not in found
    names = {one["Name"] for one in found["SchemaAttributes"]}
    assert {"custom:tier", "custom:level"} <= names


def test_turning_mfa_on_later_needs_factors(templates: Templates) -> None:
    stack = templates.deploy(pool())
    told = templates.update_refused(stack, pool(MfaConfiguration="ON"))
    assert "SMS configuration and Auto verification for phone_number are required when MFA is" in told
    templates.update(stack, pool(MfaConfiguration="ON", EnabledMfas=["SOFTWARE_TOKEN_MFA"]))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            {},
            {"UsernameAttributes": ["email"]},
            "Invalid request provided: Updates are not allowed for property - UsernameAttributes.",
        ),
        (
            {"AliasAttributes": ["email"]},
            {},
            "Invalid request provided: Updates are not allowed for property - AliasAttributes.",
        ),
        (
            {"UsernameConfiguration": {"CaseSensitive": "true"}},
            {"UsernameConfiguration": {"CaseSensitive": False}},
            "Invalid request provided: Updates are not allowed for property - UsernameConfiguration.",
        ),
        (
            {"Schema": [{"Name": "email", "Required": True}]},
            {"Schema": [{"Name": "email", "Required": False}]},
            "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
        ),
        (
            {"MfaConfiguration": "ON", "EnabledMfas": ["SMS_MFA"], "SmsConfiguration": SMS},
            {"MfaConfiguration": "ON", "EnabledMfas": ["SOFTWARE_TOKEN_MFA"], "SmsConfiguration": SMS},
            "Can't turn off SMS_MFA when SMS configuration is set for the user pool",
        ),
    ],
)
def test_what_is_fixed_is_not_replaced_but_refused(
    templates: Templates, before: dict[str, Any], after: dict[str, Any], told: str
) -> None:
    stack = templates.deploy(pool(**before))
    called = templates.operations()
    assert told in templates.update_refused(stack, pool(**after))
    assert templates.operations() == called


def test_a_refused_change_leaves_the_settings_as_they_were(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy(pool(AutoVerifiedAttributes=["email"]))
    before = described(cognito_idp, stack)
    templates.update_refused(stack, pool(UserPoolName="other", MfaConfiguration="ON", EnabledMfas=["EMAIL_OTP"]))
    after = described(cognito_idp, stack)
    assert after["AutoVerifiedAttributes"] == before["AutoVerifiedAttributes"]


def test_deletion_protection_and_a_domain_keep_a_pool(templates: Templates, cognito_idp: Any, cognito: Cognito) -> None:
    stack = templates.deploy(pool(DeletionProtection="ACTIVE"))
    with pytest.raises(DeploymentError, match="cannot be deleted because deletion protection is activated"):
        stack.delete()
    templates.update(stack, pool())
    cognito_idp.create_user_pool_domain(UserPoolId=stack.physical_id("Pool"), Domain="notes-left")
    with pytest.raises(DeploymentError, match="It has a domain configured that should be deleted first"):
        stack.delete()
    cognito_idp.delete_user_pool_domain(UserPoolId=stack.physical_id("Pool"), Domain="notes-left")
    stack.delete()
    assert cognito.pools == []
