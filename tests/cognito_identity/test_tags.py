"""The tags of an identity pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.identity_pools import ACCOUNT, NOBODY, no_identity_pool
from tests.support.refusals import Refusal, invalid_parameter, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient


@pytest.fixture
def arn(cognito_identity: CognitoIdentityClient) -> str:
    """The ARN of a pool with two tags."""
    pool = cognito_identity.create_identity_pool(
        IdentityPoolName="tagged", AllowUnauthenticatedIdentities=False, IdentityPoolTags={"team": "a", "stage": "test"}
    )
    return arn_of(pool["IdentityPoolId"])


def arn_of(pool_id: str, region: str = "us-east-1", account: str = ACCOUNT) -> str:
    return f"arn:aws:cognito-identity:{region}:{account}:identitypool/{pool_id}"


def tags(client: CognitoIdentityClient, arn: str) -> dict[str, str]:
    found = client.list_tags_for_resource(ResourceArn=arn)["Tags"]
    pool_id = arn.partition("/")[2]
    assert client.describe_identity_pool(IdentityPoolId=pool_id)["IdentityPoolTags"] == found
    return found


def test_tags_are_added_replaced_and_taken_away(cognito_identity: CognitoIdentityClient, arn: str) -> None:
    assert tags(cognito_identity, arn) == {"team": "a", "stage": "test"}
    cognito_identity.tag_resource(ResourceArn=arn, Tags={"team": "b", "owner": ""})
    assert tags(cognito_identity, arn) == {"team": "b", "stage": "test", "owner": ""}
    cognito_identity.untag_resource(ResourceArn=arn, TagKeys=["team", "unknown"])
    assert tags(cognito_identity, arn) == {"stage": "test", "owner": ""}


def test_a_pool_has_fifty_at_most(cognito_identity: CognitoIdentityClient, arn: str) -> None:
    cognito_identity.tag_resource(ResourceArn=arn, Tags={f"t{number}": "" for number in range(48)})
    error = refusal(cognito_identity.tag_resource, ResourceArn=arn, Tags={"one": "more"})
    assert error == invalid_parameter("The maximum number of tags of an identity pool is 50.")
    assert len(tags(cognito_identity, arn)) == 50


def test_keys_of_aws_are_reserved(cognito_identity: CognitoIdentityClient, arn: str) -> None:
    error = refusal(cognito_identity.tag_resource, ResourceArn=arn, Tags={"aws:owner": "x", "fine": "x"})
    assert error == invalid_parameter("Tag keys can't begin with aws:, which is reserved.")
    assert tags(cognito_identity, arn) == {"team": "a", "stage": "test"}


def test_an_arn_of_something_else(cognito_identity: CognitoIdentityClient, arn: str) -> None:
    pool_id = arn.partition("/")[2]
    strange = f"arn:aws:cognito-idp:us-east-1:{ACCOUNT}:userpool/us-east-1_Ab0Cd1Ef2"
    cases: dict[str, Refusal] = {
        strange: invalid_parameter(f"Invalid resource ARN: {strange}"),
        arn_of(NOBODY): no_identity_pool(NOBODY),
        arn_of(pool_id, region="eu-west-1"): no_identity_pool(pool_id),
        arn_of(pool_id, account="999999999999"): no_identity_pool(pool_id),
    }
    for resource, error in cases.items():
        assert refusal(cognito_identity.list_tags_for_resource, ResourceArn=resource) == error
        assert refusal(cognito_identity.tag_resource, ResourceArn=resource, Tags={"a": "b"}) == error
        assert refusal(cognito_identity.untag_resource, ResourceArn=resource, TagKeys=["team"]) == error
    assert tags(cognito_identity, arn) == {"team": "a", "stage": "test"}
