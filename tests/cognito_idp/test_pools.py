"""User pools: creating, describing, updating, deleting and listing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from pytest_cognito.cognito import Cognito
from tests.support.refusals import PAGINATION_TOKEN_INVALID, invalid_parameter, no_client, no_pool, refusal
from tests.support.settings import create_pool

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

PROTECTED = invalid_parameter(
    "The user pool cannot be deleted because deletion protection is activated. "
    "Deletion protection must be inactivated first."
)


def describe(idp: CognitoIdentityProviderClient, pool_id: str) -> dict[str, Any]:
    return {**idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]}


def test_a_new_pool_has_awss_defaults(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool = create_pool(cognito_idp)
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


def test_describe_answers_what_create_did(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool = create_pool(cognito_idp, AutoVerifiedAttributes=["email"], UserPoolTags={"team": "a"})
    assert describe(cognito_idp, pool["Id"]) == pool


def test_tags_have_limits(cognito_idp: CognitoIdentityProviderClient) -> None:
    many = {str(place): "" for place in range(51)}
    assert refusal(cognito_idp.create_user_pool, PoolName="app", UserPoolTags=many).code == "UserPoolTaggingException"
    ours = {"aws:owner": "me"}
    assert refusal(cognito_idp.create_user_pool, PoolName="app", UserPoolTags=ours).code == "UserPoolTaggingException"


def test_a_tag_pins_the_id(cognito_idp: CognitoIdentityProviderClient) -> None:
    tags = {"_custom_id_": "us-east-1_myid123", "team": "a"}
    pool = create_pool(cognito_idp, UserPoolTags=tags)
    assert pool["Id"] == "us-east-1_myid123"
    assert pool["UserPoolTags"] == tags
    answer = refusal(cognito_idp.create_user_pool, PoolName="other", UserPoolTags=tags)
    assert answer == invalid_parameter("User pool us-east-1_myid123 already exists.")


@pytest.mark.parametrize("pool_id", ["no-underscore", "us-east-1_with-dash", "us-east-1_", "_x" + "y" * 60])
def test_a_pinned_id_has_the_form_of_an_id(cognito_idp: CognitoIdentityProviderClient, pool_id: str) -> None:
    error = refusal(cognito_idp.create_user_pool, PoolName="app", UserPoolTags={"_custom_id_": pool_id})
    assert error.code == "InvalidParameterException"
    assert pool_id in error.message


def test_the_facade_pins_the_id(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> None:
    pool = cognito.create_user_pool(id="us-east-1_Fixed0001", UserPoolTags={"_custom_id_": "us-east-1_other"})
    assert pool.id == "us-east-1_Fixed0001"
    assert describe(cognito_idp, "us-east-1_Fixed0001")["Id"] == pool.id


def test_deleting_a_pool_takes_everything_along(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool_id = create_pool(cognito_idp, UserPoolTags={"_custom_id_": "us-east-1_again"})["Id"]
    client_id = cognito_idp.create_user_pool_client(UserPoolId=pool_id, ClientName="web")["UserPoolClient"]["ClientId"]
    cognito_idp.create_group(UserPoolId=pool_id, GroupName="admins")
    cognito_idp.admin_create_user(UserPoolId=pool_id, Username="alice", MessageAction="SUPPRESS")
    cognito_idp.admin_add_user_to_group(UserPoolId=pool_id, Username="alice", GroupName="admins")
    assert describe(cognito_idp, pool_id)["EstimatedNumberOfUsers"] == 1
    cognito_idp.delete_user_pool(UserPoolId=pool_id)
    gone = no_pool(pool_id)
    assert refusal(cognito_idp.describe_user_pool, UserPoolId=pool_id) == gone
    assert refusal(cognito_idp.delete_user_pool, UserPoolId=pool_id) == gone
    create_pool(cognito_idp, UserPoolTags={"_custom_id_": pool_id})
    assert cognito_idp.list_user_pool_clients(UserPoolId=pool_id)["UserPoolClients"] == []
    assert cognito_idp.list_groups(UserPoolId=pool_id)["Groups"] == []
    assert cognito_idp.list_users(UserPoolId=pool_id)["Users"] == []
    error = refusal(cognito_idp.describe_user_pool_client, UserPoolId=pool_id, ClientId=client_id)
    assert error == no_client(client_id)


def test_another_pool_is_not_touched_by_a_deletion(cognito_idp: CognitoIdentityProviderClient) -> None:
    gone, kept = create_pool(cognito_idp)["Id"], create_pool(cognito_idp)["Id"]
    cognito_idp.create_group(UserPoolId=kept, GroupName="admins")
    cognito_idp.delete_user_pool(UserPoolId=gone)
    assert [group["GroupName"] for group in cognito_idp.list_groups(UserPoolId=kept)["Groups"]] == ["admins"]


def test_a_protected_pool_is_not_deleted(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool_id = create_pool(cognito_idp, DeletionProtection="ACTIVE")["Id"]
    assert refusal(cognito_idp.delete_user_pool, UserPoolId=pool_id) == PROTECTED
    cognito_idp.update_user_pool(UserPoolId=pool_id, DeletionProtection="INACTIVE")
    cognito_idp.delete_user_pool(UserPoolId=pool_id)
    assert cognito_idp.list_user_pools(MaxResults=1)["UserPools"] == []


def test_pools_are_listed_in_pages(cognito_idp: CognitoIdentityProviderClient) -> None:
    made = [create_pool(cognito_idp)["Id"] for _ in range(5)]
    pages = list(cognito_idp.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 2}))
    assert [len(page["UserPools"]) for page in pages] == [2, 2, 1]
    assert sorted(pool["Id"] for page in pages for pool in page["UserPools"]) == sorted(made)
    assert "NextToken" not in pages[-1]
    assert set(pages[0]["UserPools"][0]) == {"Id", "Name", "LambdaConfig", "LastModifiedDate", "CreationDate"}


def test_a_token_of_another_listing_is_refused(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool_id = create_pool(cognito_idp)["Id"]
    create_pool(cognito_idp)
    token = cognito_idp.list_user_pools(MaxResults=1)["NextToken"]
    answer = refusal(cognito_idp.list_groups, UserPoolId=pool_id, NextToken=token)
    assert answer == PAGINATION_TOKEN_INVALID
    assert refusal(cognito_idp.list_user_pools, MaxResults=1, NextToken="made-up").code == "InvalidParameterException"


def test_a_pool_is_seen_in_its_region_only(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool_id = create_pool(cognito_idp)["Id"]
    elsewhere = boto3.client("cognito-idp", region_name="eu-west-1")
    assert refusal(elsewhere.describe_user_pool, UserPoolId=pool_id).code == "ResourceNotFoundException"
    assert elsewhere.list_user_pools(MaxResults=10)["UserPools"] == []
    assert elsewhere.create_user_pool(PoolName="app")["UserPool"]["Id"].startswith("eu-west-1_")


def test_an_account_has_at_most_a_thousand_pools_in_a_region(cognito_idp: CognitoIdentityProviderClient) -> None:
    for _ in range(1000):
        create_pool(cognito_idp)
    assert refusal(cognito_idp.create_user_pool, PoolName="one more").code == "LimitExceededException"
