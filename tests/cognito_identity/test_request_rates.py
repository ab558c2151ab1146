"""The quotas on requests, which a test can let Cognito enforce."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config

from pytest_cognito.cognito import Cognito
from tests.support.refusals import Refusal, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

TOO_MANY = Refusal("TooManyRequestsException", "Rate exceeded")


@pytest.fixture
def quick(cognito: Cognito, identity_pool: str) -> CognitoIdentityClient:
    """An application that doesn't retry, where quotas are enforced and time stands still."""
    cognito.clock.freeze("2030-01-01T12:00:00Z")
    cognito.faults.enforce_quotas()
    return boto3.client("cognito-identity", config=Config(retries={"total_max_attempts": 1}))


def test_an_operation_has_so_many_requests_in_a_second(
    cognito: Cognito, quick: CognitoIdentityClient, identity_pool: str
) -> None:
    for _ in range(25):
        quick.get_id(IdentityPoolId=identity_pool)

    assert refusal(quick.get_id, IdentityPoolId=identity_pool) == TOO_MANY
    assert len(quick.list_identities(IdentityPoolId=identity_pool, MaxResults=60)["Identities"]) == 25

    cognito.clock.advance(seconds=0.2)
    for _ in range(5):
        quick.get_id(IdentityPoolId=identity_pool)
    assert refusal(quick.get_id, IdentityPoolId=identity_pool) == TOO_MANY


def test_quotas_are_of_a_region_and_of_one_operation(
    quick: CognitoIdentityClient, elsewhere: CognitoIdentityClient, identity_pool: str
) -> None:
    arn = f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{identity_pool}"
    for _ in range(5):
        quick.tag_resource(ResourceArn=arn, Tags={"a": "b"})

    assert refusal(quick.tag_resource, ResourceArn=arn, Tags={"a": "b"}) == TOO_MANY
    quick.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert refusal(elsewhere.tag_resource, ResourceArn=arn, Tags={"a": "b"}).code == "ResourceNotFoundException"
    for _ in range(30):
        quick.describe_identity_pool(IdentityPoolId=identity_pool)
