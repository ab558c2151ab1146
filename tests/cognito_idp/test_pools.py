"""User pools: creating, describing, updating, deleting and listing them."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from pytest_cognito.cognito import Cognito
from tests.support.refusals import refusal

PRE_TOKEN = "arn:aws:lambda:us-east-1:123456789012:function:pre-token"
OTHER_FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:other"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "ext"}
PHONE_RECOVERY = (
    "Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number "
    "as a recovery mechanism when SMS MFA is configured."
)
PROTECTED = (
    "The user pool cannot be deleted because deletion protection is activated. "
    "Deletion protection must be inactivated first."
)
PASSWORDLESS = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}


def create(client: Any, **settings: Any) -> dict[str, Any]:
    pool: dict[str, Any] = client.create_user_pool(PoolName="app", **settings)["UserPool"]
    return pool


def describe(client: Any, pool_id: str) -> dict[str, Any]:
    pool: dict[str, Any] = client.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    return pool


def attribute(pool: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in pool["SchemaAttributes"] if one["Name"] == name)


def test_a_new_pool_has_awss_defaults(cognito_idp: Any) -> None:
    pool = create(cognito_idp)
    assert pool["Id"].startswith("us-east-1_")
    assert len(pool["Id"]) == len("us-east-1_") + 9
    assert pool["Arn"] == f"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{pool['Id']}"
    assert pool["Name"] == "app"
    assert pool["CreationDate"] == pool["LastModifiedDate"]
    assert pool["Policies"] == {
        "PasswordPolicy": {
            "MinimumLength": 8,
            "RequireUppercase": True,
            "RequireLowercase": True,
            "RequireNumbers": True,
            "RequireSymbols": True,
            "TemporaryPasswordValidityDays": 7,
        },
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
    }
    assert pool["DeletionProtection"] == "INACTIVE"
    assert pool["LambdaConfig"] == {}
    assert pool["MfaConfiguration"] == "OFF"
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": False, "UnusedAccountValidityDays": 7}
    assert pool["EmailConfiguration"] == {"EmailSendingAccount": "COGNITO_DEFAULT"}
    assert pool["VerificationMessageTemplate"] == {"DefaultEmailOption": "CONFIRM_WITH_CODE"}
    assert pool["AccountRecoverySetting"]["RecoveryMechanisms"] == [
        {"Priority": 1, "Name": "verified_email"},
        {"Priority": 2, "Name": "verified_phone_number"},
    ]
    assert pool["UserPoolTier"] == "ESSENTIALS"
    assert pool["UserPoolTags"] == {}
    assert pool["EstimatedNumberOfUsers"] == 0
    for absent in ("AutoVerifiedAttributes", "UsernameConfiguration", "UserPoolAddOns", "SmsConfiguration", "Status"):
        assert absent not in pool


def test_describe_answers_what_create_did(cognito_idp: Any) -> None:
    pool = create(cognito_idp, AutoVerifiedAttributes=["email"], UserPoolTags={"team": "a"})
    assert describe(cognito_idp, pool["Id"]) == pool


def test_settings_are_kept_as_given(cognito_idp: Any) -> None:
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
    pool = create(cognito_idp, **given)
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
def test_devices_are_remembered_once_a_member_is_set(cognito_idp: Any, given: Any, kept: Any) -> None:
    assert create(cognito_idp, DeviceConfiguration=given).get("DeviceConfiguration") == kept


def test_a_password_policy_requires_what_it_names(cognito_idp: Any) -> None:
    policy = {"MinimumLength": 10, "RequireNumbers": True, "PasswordHistorySize": 3, "TemporaryPasswordValidityDays": 3}
    pool = create(cognito_idp, Policies={"PasswordPolicy": policy})
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
def test_validity_of_temporary_passwords(cognito_idp: Any, settings: Any, days: int) -> None:
    pool = create(cognito_idp, **settings)
    assert pool["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"] == days
    assert pool["AdminCreateUserConfig"]["UnusedAccountValidityDays"] == days


@pytest.mark.parametrize(
    ("given", "version"),
    [
        ({"PreTokenGeneration": PRE_TOKEN}, "V1_0"),
        ({"PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": PRE_TOKEN}}, "V2_0"),
    ],
)
def test_both_names_of_the_pre_token_trigger_are_in_step(cognito_idp: Any, given: Any, version: str) -> None:
    pool = create(cognito_idp, LambdaConfig=given)
    assert pool["LambdaConfig"] == {
        "PreTokenGeneration": PRE_TOKEN,
        "PreTokenGenerationConfig": {"LambdaVersion": version, "LambdaArn": PRE_TOKEN},
    }


def test_legacy_verification_messages_fill_the_template(cognito_idp: Any) -> None:
    pool = create(
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


def test_templates_for_links_and_codes_stand_side_by_side(cognito_idp: Any) -> None:
    template = {
        "DefaultEmailOption": "CONFIRM_WITH_LINK",
        "EmailMessage": "foo {####} bar",
        "EmailMessageByLink": "{##foobar##}",
    }
    assert create(cognito_idp, VerificationMessageTemplate=template)["VerificationMessageTemplate"] == template


def test_invitation_templates_are_kept(cognito_idp: Any) -> None:
    config = {"AllowAdminCreateUserOnly": True, "InviteMessageTemplate": {"EmailSubject": "Welcome"}}
    pool = create(cognito_idp, AdminCreateUserConfig=config)
    assert pool["AdminCreateUserConfig"] == config | {"UnusedAccountValidityDays": 7}


def test_threat_protection_makes_the_plan_plus(cognito_idp: Any) -> None:
    assert create(cognito_idp, UserPoolAddOns={"AdvancedSecurityMode": "AUDIT"})["UserPoolTier"] == "PLUS"


STANDARD = [
    "sub",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
    "identities",
]


def test_the_schema_has_the_standard_attributes_first(cognito_idp: Any) -> None:
    pool = create(
        cognito_idp,
        Schema=[
            {"Name": "tenant", "AttributeDataType": "String"},
            {"Name": "email", "Required": True},
            {"Name": "level", "AttributeDataType": "Number", "DeveloperOnlyAttribute": True, "Mutable": False},
        ],
    )
    names = [one["Name"] for one in pool["SchemaAttributes"]]
    assert names == [*STANDARD, "custom:tenant", "dev:custom:level"]
    assert attribute(pool, "sub") == {
        "Name": "sub",
        "AttributeDataType": "String",
        "DeveloperOnlyAttribute": False,
        "Mutable": False,
        "Required": True,
        "StringAttributeConstraints": {"MinLength": "1", "MaxLength": "2048"},
    }
    assert attribute(pool, "birthdate")["StringAttributeConstraints"] == {"MinLength": "10", "MaxLength": "10"}
    assert attribute(pool, "updated_at")["NumberAttributeConstraints"] == {"MinValue": "0"}
    assert "StringAttributeConstraints" not in attribute(pool, "email_verified")
    assert attribute(pool, "email")["Required"] is True
    assert attribute(pool, "email")["Mutable"] is True
    assert attribute(pool, "custom:tenant") == {
        "Name": "custom:tenant",
        "AttributeDataType": "String",
        "DeveloperOnlyAttribute": False,
        "Mutable": True,
        "Required": False,
        "StringAttributeConstraints": {},
    }
    assert attribute(pool, "dev:custom:level")["DeveloperOnlyAttribute"] is True
    assert attribute(pool, "dev:custom:level")["Mutable"] is False


@pytest.mark.parametrize(("data_type", "longest"), [({"AttributeDataType": "String"}, "64"), ({}, "2048")])
def test_constraints_of_a_standard_attribute_need_its_type(cognito_idp: Any, data_type: Any, longest: str) -> None:
    pool = create(
        cognito_idp, Schema=[{"Name": "email", "StringAttributeConstraints": {"MaxLength": "64"}, **data_type}]
    )
    assert attribute(pool, "email")["StringAttributeConstraints"]["MaxLength"] == longest


def string(**constraints: str) -> dict[str, Any]:
    return {"Name": "a", "AttributeDataType": "String", "StringAttributeConstraints": constraints}


def number(**constraints: str) -> dict[str, Any]:
    return {"Name": "a", "AttributeDataType": "Number", "NumberAttributeConstraints": constraints}


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        (
            [{"Name": "email", "AttributeDataType": "Number"}],
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
        ),
        (
            [{"Name": "email", "DeveloperOnlyAttribute": True}],
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
        ),
        ([{"Name": "a"}], "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."),
        ([{"AttributeDataType": "String"}], "A schema attribute must have a name."),
        (
            [{"Name": "a", "AttributeDataType": "String", "Required": True}],
            "Required custom attributes are not supported currently.",
        ),
        ([string(MaxLength="2049")], "user.custom:a: String attributes cannot have a length of more than 2048"),
        ([string(MinLength="9", MaxLength="3")], "user.custom:a: Max length cannot be less than min length."),
        ([number(MinValue="9", MaxValue="3")], "user.custom:a: Max value cannot be less than min value."),
        ([string(MinLength="one")], "Invalid StringAttributeConstraints for schema attribute custom:a"),
        ([string(MinLength="-1")], "Invalid StringAttributeConstraints for schema attribute custom:a"),
        ([number(MaxValue="1.5")], "Invalid NumberAttributeConstraints for schema attribute custom:a"),
        ([string(), number()], "custom:a: Existing attribute already has name custom:a."),
        (
            [string() | {"DeveloperOnlyAttribute": True}, number() | {"DeveloperOnlyAttribute": True}],
            "custom:a: Existing attribute already has name dev:custom:a.",
        ),
    ],
)
def test_a_wrong_schema_is_refused(cognito_idp: Any, schema: Any, message: str) -> None:
    answer = refusal(cognito_idp.create_user_pool, PoolName="app", Schema=schema)
    assert answer == ("InvalidParameterException", message)
    assert cognito_idp.list_user_pools(MaxResults=60)["UserPools"] == []


def recovery(*names: str) -> dict[str, Any]:
    mechanisms = [{"Priority": place, "Name": name} for place, name in enumerate(names, 1)]
    return {"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms}}


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
                "EmailVerificationSubject": "one",
                "VerificationMessageTemplate": {"EmailSubject": "two"},
            },
            "EmailVerificationSubject and VerificationMessageTemplate.EmailSubject must be the same.",
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
def test_settings_that_do_not_go_together_are_refused(cognito_idp: Any, settings: Any, message: str) -> None:
    answer = refusal(cognito_idp.create_user_pool, PoolName="app", **settings)
    assert answer == ("InvalidParameterException", message)


def test_a_software_token_is_no_first_factor(cognito_idp: Any) -> None:
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "SOFTWARE_TOKEN"]}}
    assert refusal(cognito_idp.create_user_pool, PoolName="app", Policies=policies)[0] == "InvalidParameterException"


def test_custom_senders_with_a_key_are_fine(cognito_idp: Any) -> None:
    config = {"CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": OTHER_FUNCTION}, "KMSKeyID": KEY}
    assert create(cognito_idp, LambdaConfig=config)["LambdaConfig"] == config


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
def test_a_feature_above_the_plan_is_refused(cognito_idp: Any, tier: str, settings: Any, features: str) -> None:
    answer = refusal(cognito_idp.create_user_pool, PoolName="app", UserPoolTier=tier, **settings)
    assert answer == (
        "FeatureUnavailableInTierException",
        f"The following features need to be disabled for the {tier} pricing tier configured: {features}",
    )


def test_tags_have_limits(cognito_idp: Any) -> None:
    many = {str(place): "" for place in range(51)}
    assert refusal(cognito_idp.create_user_pool, PoolName="app", UserPoolTags=many)[0] == "UserPoolTaggingException"
    ours = {"aws:owner": "me"}
    assert refusal(cognito_idp.create_user_pool, PoolName="app", UserPoolTags=ours)[0] == "UserPoolTaggingException"


def test_a_tag_pins_the_id(cognito_idp: Any) -> None:
    tags = {"_custom_id_": "us-east-1_myid123", "team": "a"}
    pool = create(cognito_idp, UserPoolTags=tags)
    assert pool["Id"] == "us-east-1_myid123"
    assert pool["UserPoolTags"] == tags
    answer = refusal(cognito_idp.create_user_pool, PoolName="other", UserPoolTags=tags)
    assert answer == ("InvalidParameterException", "User pool us-east-1_myid123 already exists.")


@pytest.mark.parametrize("pool_id", ["no-underscore", "us-east-1_with-dash", "us-east-1_", "_x" + "y" * 60])
def test_a_pinned_id_has_the_form_of_an_id(cognito_idp: Any, pool_id: str) -> None:
    code, message = refusal(cognito_idp.create_user_pool, PoolName="app", UserPoolTags={"_custom_id_": pool_id})
    assert code == "InvalidParameterException"
    assert pool_id in message


def test_the_facade_pins_the_id(cognito: Cognito, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(id="us-east-1_Fixed0001", UserPoolTags={"_custom_id_": "us-east-1_other"})
    assert pool.id == "us-east-1_Fixed0001"
    assert describe(cognito_idp, "us-east-1_Fixed0001")["Id"] == pool.id


def test_update_replaces_settings_and_keeps_name_plan_and_schema(cognito_idp: Any) -> None:
    pool = create(
        cognito_idp,
        AutoVerifiedAttributes=["email"],
        UsernameAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
        Schema=[{"Name": "tenant", "AttributeDataType": "String"}],
        UserPoolTier="PLUS",
        EmailVerificationSubject="hello",
        DeletionProtection="ACTIVE",
    )
    cognito_idp.update_user_pool(UserPoolId=pool["Id"], LambdaConfig={"PreSignUp": OTHER_FUNCTION})
    after = describe(cognito_idp, pool["Id"])
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


def test_update_renames_and_moves_to_another_plan(cognito_idp: Any) -> None:
    pool_id = create(cognito_idp, Policies=PASSWORDLESS)["Id"]
    cognito_idp.update_user_pool(UserPoolId=pool_id, PoolName="new", UserPoolTier="LITE")
    after = describe(cognito_idp, pool_id)
    assert (after["Name"], after["UserPoolTier"]) == ("new", "LITE")


def test_a_refused_update_changes_nothing(cognito_idp: Any) -> None:
    pool = create(cognito_idp)
    call = cognito_idp.update_user_pool
    assert refusal(call, UserPoolId=pool["Id"], MfaConfiguration="ON")[0] == "InvalidParameterException"
    assert describe(cognito_idp, pool["Id"]) == pool


def test_deleting_a_pool_takes_everything_along(cognito_idp: Any) -> None:
    pool_id = create(cognito_idp, UserPoolTags={"_custom_id_": "us-east-1_again"})["Id"]
    client_id = cognito_idp.create_user_pool_client(UserPoolId=pool_id, ClientName="web")["UserPoolClient"]["ClientId"]
    cognito_idp.create_group(UserPoolId=pool_id, GroupName="admins")
    cognito_idp.admin_create_user(UserPoolId=pool_id, Username="alice", MessageAction="SUPPRESS")
    cognito_idp.admin_add_user_to_group(UserPoolId=pool_id, Username="alice", GroupName="admins")
    assert describe(cognito_idp, pool_id)["EstimatedNumberOfUsers"] == 1
    cognito_idp.delete_user_pool(UserPoolId=pool_id)
    gone = ("ResourceNotFoundException", f"User pool {pool_id} does not exist.")
    assert refusal(cognito_idp.describe_user_pool, UserPoolId=pool_id) == gone
    assert refusal(cognito_idp.delete_user_pool, UserPoolId=pool_id) == gone
    create(cognito_idp, UserPoolTags={"_custom_id_": pool_id})
    assert cognito_idp.list_user_pool_clients(UserPoolId=pool_id)["UserPoolClients"] == []
    assert cognito_idp.list_groups(UserPoolId=pool_id)["Groups"] == []
    assert cognito_idp.list_users(UserPoolId=pool_id)["Users"] == []
    message = refusal(cognito_idp.describe_user_pool_client, UserPoolId=pool_id, ClientId=client_id)[1]
    assert message == f"User pool client {client_id} does not exist."


def test_another_pool_is_not_touched_by_a_deletion(cognito_idp: Any) -> None:
    gone, kept = create(cognito_idp)["Id"], create(cognito_idp)["Id"]
    cognito_idp.create_group(UserPoolId=kept, GroupName="admins")
    cognito_idp.delete_user_pool(UserPoolId=gone)
    assert [group["GroupName"] for group in cognito_idp.list_groups(UserPoolId=kept)["Groups"]] == ["admins"]


def test_a_protected_pool_is_not_deleted(cognito_idp: Any) -> None:
    pool_id = create(cognito_idp, DeletionProtection="ACTIVE")["Id"]
    assert refusal(cognito_idp.delete_user_pool, UserPoolId=pool_id) == ("InvalidParameterException", PROTECTED)
    cognito_idp.update_user_pool(UserPoolId=pool_id, DeletionProtection="INACTIVE")
    cognito_idp.delete_user_pool(UserPoolId=pool_id)
    assert cognito_idp.list_user_pools(MaxResults=1)["UserPools"] == []


def test_pools_are_listed_in_pages(cognito_idp: Any) -> None:
    made = [create(cognito_idp)["Id"] for _ in range(5)]
    pages = list(cognito_idp.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 2}))
    assert [len(page["UserPools"]) for page in pages] == [2, 2, 1]
    assert sorted(pool["Id"] for page in pages for pool in page["UserPools"]) == sorted(made)
    assert "NextToken" not in pages[-1]
    assert set(pages[0]["UserPools"][0]) == {"Id", "Name", "LambdaConfig", "LastModifiedDate", "CreationDate"}


def test_a_token_of_another_listing_is_refused(cognito_idp: Any) -> None:
    pool_id = create(cognito_idp)["Id"]
    create(cognito_idp)
    token = cognito_idp.list_user_pools(MaxResults=1)["NextToken"]
    answer = refusal(cognito_idp.list_groups, UserPoolId=pool_id, NextToken=token)
    assert answer == ("InvalidParameterException", "Invalid pagination token.")
    assert refusal(cognito_idp.list_user_pools, MaxResults=1, NextToken="made-up")[0] == "InvalidParameterException"


def test_a_pool_is_seen_in_its_region_only(cognito_idp: Any) -> None:
    pool_id = create(cognito_idp)["Id"]
    elsewhere = boto3.client("cognito-idp", region_name="eu-west-1")
    assert refusal(elsewhere.describe_user_pool, UserPoolId=pool_id)[0] == "ResourceNotFoundException"
    assert elsewhere.list_user_pools(MaxResults=10)["UserPools"] == []
    assert elsewhere.create_user_pool(PoolName="app")["UserPool"]["Id"].startswith("eu-west-1_")


def test_an_account_has_at_most_a_thousand_pools_in_a_region(cognito_idp: Any) -> None:
    for _ in range(1000):
        create(cognito_idp)
    assert refusal(cognito_idp.create_user_pool, PoolName="one more")[0] == "LimitExceededException"
