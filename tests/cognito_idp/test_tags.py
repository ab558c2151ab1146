"""The tags of a user pool."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.refusals import refusal

REFUSED = "InvalidParameterException"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(UserPoolTags={"team": "a", "stage": "test"})


def tags(idp: Any, pool: UserPool) -> dict[str, str]:
    found: dict[str, str] = idp.list_tags_for_resource(ResourceArn=pool.arn)["Tags"]
    assert idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]["UserPoolTags"] == found
    return found


def test_tags_are_those_of_the_pool(cognito_idp: Any, pool: UserPool) -> None:
    assert tags(cognito_idp, pool) == {"team": "a", "stage": "test"}


def test_tags_are_added_and_replaced(cognito_idp: Any, pool: UserPool) -> None:
    answer = cognito_idp.tag_resource(ResourceArn=pool.arn, Tags={"team": "b", "owner": ""})
    assert set(answer) == {"ResponseMetadata"}
    assert tags(cognito_idp, pool) == {"team": "b", "stage": "test", "owner": ""}


def test_tags_are_taken_away(cognito_idp: Any, pool: UserPool) -> None:
    answer = cognito_idp.untag_resource(ResourceArn=pool.arn, TagKeys=["team", "unknown"])
    assert set(answer) == {"ResponseMetadata"}
    assert tags(cognito_idp, pool) == {"stage": "test"}


def test_a_pool_without_tags(cognito: Cognito, cognito_idp: Any) -> None:
    assert tags(cognito_idp, cognito.create_user_pool()) == {}


def test_an_update_of_the_pool_replaces_them(cognito_idp: Any, pool: UserPool) -> None:
    cognito_idp.update_user_pool(UserPoolId=pool.id, UserPoolTags={"only": "this"})
    assert tags(cognito_idp, pool) == {"only": "this"}


def test_a_pool_has_fifty_at_most(cognito_idp: Any, pool: UserPool) -> None:
    cognito_idp.tag_resource(ResourceArn=pool.arn, Tags={f"t{number}": "" for number in range(48)})
    cognito_idp.tag_resource(ResourceArn=pool.arn, Tags={"t1": "again"})
    answer = refusal(cognito_idp.tag_resource, ResourceArn=pool.arn, Tags={"one": "more"})
    assert answer == (REFUSED, "A user pool can have at most 50 tags.")
    assert len(tags(cognito_idp, pool)) == 50


@pytest.mark.parametrize("key", ["aws:owner", "AWS:owner"])
def test_keys_of_aws_are_reserved(cognito_idp: Any, pool: UserPool, key: str) -> None:
    answer = refusal(cognito_idp.tag_resource, ResourceArn=pool.arn, Tags={key: "x", "fine": "x"})
    assert answer == (REFUSED, "Tag keys that begin with aws: are reserved.")
    assert "fine" not in tags(cognito_idp, pool)


@pytest.mark.parametrize(
    ("given", "constraint"),
    [({"x" * 129: ""}, "length less than or equal to 128"), ({"x": "y" * 257}, "length less than or equal to 256")],
)
def test_tags_have_bounds(cognito_idp: Any, pool: UserPool, given: dict[str, str], constraint: str) -> None:
    code, message = refusal(cognito_idp.tag_resource, ResourceArn=pool.arn, Tags=given)
    assert code == REFUSED
    assert constraint in message


def operations(idp: Any) -> list[tuple[Any, dict[str, Any]]]:
    return [
        (idp.list_tags_for_resource, {}),
        (idp.tag_resource, {"Tags": {"a": "b"}}),
        (idp.untag_resource, {"TagKeys": ["a"]}),
    ]


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:cognito-identity:us-east-1:123456789012:identitypool/us-east-1",
        "arn:aws:cognito-idp:us-east-1:123456789012:userpool/nothing",
        "arn:aws:s3:us-east-1:123456789012:userpool/us-east-1_Missing00",
    ],
)
def test_an_arn_is_that_of_a_pool(cognito_idp: Any, arn: str) -> None:
    for call, more in operations(cognito_idp):
        assert refusal(call, ResourceArn=arn, **more)[0] == REFUSED


def test_unknown_pools(cognito_idp: Any, pool: UserPool) -> None:
    missing = "us-east-1_Missing00"
    for call, more in operations(cognito_idp):
        answer = refusal(call, ResourceArn=pool.arn.replace(pool.id, missing), **more)
        assert answer == ("ResourceNotFoundException", f"User pool {missing} does not exist.")
        answer = refusal(call, ResourceArn=pool.arn.replace("123456789012", "999999999999"), **more)
        assert answer == ("ResourceNotFoundException", f"User pool {pool.id} does not exist.")


def test_pools_of_another_region(pool: UserPool) -> None:
    for call, more in operations(boto3.client("cognito-idp", region_name="eu-west-1")):
        answer = refusal(call, ResourceArn=pool.arn, **more)
        assert answer == ("ResourceNotFoundException", f"User pool {pool.id} does not exist.")
