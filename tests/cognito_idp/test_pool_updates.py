"""UpdateUserPool: what it replaces, what it keeps, and what it resets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.refusals import refusal
from tests.support.settings import PASSWORDLESS, SMS, create_pool

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

OTHER_FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:other"
KEPT: dict[str, Any] = {
    "MfaConfiguration": "OPTIONAL",
    "SmsConfiguration": SMS,
    "Policies": {
        "PasswordPolicy": {
            "MinimumLength": 12,
            "RequireUppercase": False,
            "RequireLowercase": True,
            "RequireNumbers": False,
            "RequireSymbols": True,
            "PasswordHistorySize": 3,
            "TemporaryPasswordValidityDays": 2,
        },
        **PASSWORDLESS,
    },
    "UserPoolTags": {"team": "a"},
}
"""Settings of a pool that UpdateUserPool keeps, but for SmsConfiguration, without which no MFA could be."""


def update(idp: CognitoIdentityProviderClient, pool_id: str, **settings: Any) -> dict[str, Any]:
    """The pool after UpdateUserPool."""
    idp.update_user_pool(UserPoolId=pool_id, **settings)
    return describe(idp, pool_id)


def describe(idp: CognitoIdentityProviderClient, pool_id: str) -> dict[str, Any]:
    return {**idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]}


def test_update_replaces_settings_and_keeps_name_plan_and_schema(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool = create_pool(
        cognito_idp,
        AutoVerifiedAttributes=["email"],
        UsernameAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
        Schema=[{"Name": "tenant", "AttributeDataType": "String"}],
        UserPoolTier="PLUS",
        EmailVerificationSubject="hello",
        DeletionProtection="ACTIVE",
    )
    after = update(cognito_idp, pool["Id"], LambdaConfig={"PreSignUp": OTHER_FUNCTION})
    for kept in (
        "Id",
        "Arn",
        "Name",
        "SchemaAttributes",
        "UsernameAttributes",
        "UsernameConfiguration",
        "UserPoolTier",
    ):
        assert after[kept] == pool[kept]
    assert after["LambdaConfig"] == {"PreSignUp": OTHER_FUNCTION}
    assert after["DeletionProtection"] == "INACTIVE"
    assert after["VerificationMessageTemplate"] == {"DefaultEmailOption": "CONFIRM_WITH_CODE"}
    assert "AutoVerifiedAttributes" not in after
    assert after["LastModifiedDate"] >= pool["LastModifiedDate"]


def test_update_keeps_mfa_policies_and_tags(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool = create_pool(cognito_idp, AutoVerifiedAttributes=["email"], **KEPT)
    after = update(cognito_idp, pool["Id"], SmsConfiguration=SMS)
    assert {member: after[member] for member in KEPT} == KEPT
    assert after["AdminCreateUserConfig"] == pool["AdminCreateUserConfig"]
    assert "AutoVerifiedAttributes" not in after


@pytest.mark.parametrize("left_out", ["PasswordPolicy", "SignInPolicy"])
def test_update_keeps_each_policy_by_itself(cognito_idp: CognitoIdentityProviderClient, left_out: str) -> None:
    pool_id = create_pool(cognito_idp, **KEPT)["Id"]
    other: dict[str, dict[str, Any]] = {
        "PasswordPolicy": {"MinimumLength": 20},
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "SMS_OTP"]},
    }
    changed = {name: policy for name, policy in other.items() if name != left_out}
    after = update(cognito_idp, pool_id, SmsConfiguration=SMS, Policies=changed)["Policies"]
    assert after[left_out] == KEPT["Policies"][left_out]
    [(name, policy)] = changed.items()
    assert {member: after[name][member] for member in policy} == policy


def test_update_resets_what_a_given_policy_leaves_out(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool_id = create_pool(cognito_idp, **KEPT)["Id"]
    policy = {"MinimumLength": 20, "RequireNumbers": True}
    after = update(cognito_idp, pool_id, SmsConfiguration=SMS, Policies={"PasswordPolicy": policy})
    assert after["Policies"]["PasswordPolicy"] == {
        **policy,
        "RequireUppercase": False,
        "RequireLowercase": False,
        "RequireSymbols": False,
        "TemporaryPasswordValidityDays": 7,
    }


def test_update_sets_the_validity_of_invitations_of_a_kept_policy(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool_id = create_pool(cognito_idp, **KEPT)["Id"]
    invitations = {"UnusedAccountValidityDays": 5}
    after = update(cognito_idp, pool_id, SmsConfiguration=SMS, AdminCreateUserConfig=invitations)
    assert after["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"] == 5
    assert after["AdminCreateUserConfig"]["UnusedAccountValidityDays"] == 5


def test_update_takes_all_tags_away_if_it_says_so(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool_id = create_pool(cognito_idp, UserPoolTags={"team": "a"})["Id"]
    assert update(cognito_idp, pool_id, UserPoolTags={})["UserPoolTags"] == {}


def test_update_renames_and_moves_to_another_plan(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool_id = create_pool(cognito_idp, Policies=PASSWORDLESS)["Id"]
    refused = refusal(cognito_idp.update_user_pool, UserPoolId=pool_id, UserPoolTier="LITE")
    assert refused.code == "FeatureUnavailableInTierException"
    by_password = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}}
    after = update(cognito_idp, pool_id, PoolName="new", UserPoolTier="LITE", Policies=by_password)
    assert (after["Name"], after["UserPoolTier"]) == ("new", "LITE")


def test_a_refused_update_changes_nothing(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool = create_pool(cognito_idp)
    call = cognito_idp.update_user_pool
    assert refusal(call, UserPoolId=pool["Id"], MfaConfiguration="ON").code == "InvalidParameterException"
    assert describe(cognito_idp, pool["Id"]) == pool


def test_verification_before_an_update_ends_where_an_update_leaves_it_out(
    cognito_idp: CognitoIdentityProviderClient,
) -> None:
    verified = {"AutoVerifiedAttributes": ["email"]}
    before: Any = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    pool = create_pool(cognito_idp, **verified, UserAttributeUpdateSettings=before)
    assert "UserAttributeUpdateSettings" not in update(cognito_idp, pool["Id"], **verified)
    after = update(cognito_idp, pool["Id"], **verified, UserAttributeUpdateSettings=before)
    assert after["UserAttributeUpdateSettings"] == before
    assert "AutoVerifiedAttributes" not in update(cognito_idp, pool["Id"])
