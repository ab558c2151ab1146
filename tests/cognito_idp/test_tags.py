"""The tags of a user pool."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App, MakeApp
from tests.support.refusals import invalid_parameter, no_pool, refusal


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with two tags."""
    return cognito.create_user_pool(UserPoolTags={"team": "a", "stage": "test"})


def tags(app: App) -> dict[str, str]:
    found = app.idp.list_tags_for_resource(ResourceArn=app.pool.arn)["Tags"]
    assert app.idp.describe_user_pool(UserPoolId=app.pool_id)["UserPool"]["UserPoolTags"] == found
    return found


def test_tags_are_those_of_the_pool(app: App) -> None:
    assert tags(app) == {"team": "a", "stage": "test"}


def test_tags_are_added_and_replaced(app: App) -> None:
    assert app.call("tag_resource", ResourceArn=app.pool.arn, Tags={"team": "b", "owner": ""}) == {}
    assert tags(app) == {"team": "b", "stage": "test", "owner": ""}


def test_tags_are_taken_away(app: App) -> None:
    assert app.call("untag_resource", ResourceArn=app.pool.arn, TagKeys=["team", "unknown"]) == {}
    assert tags(app) == {"stage": "test"}


def test_a_pool_without_tags(make_app: MakeApp) -> None:
    assert tags(make_app()) == {}


def test_an_update_of_the_pool_replaces_them(app: App) -> None:
    app.idp.update_user_pool(UserPoolId=app.pool_id, UserPoolTags={"only": "this"})
    assert tags(app) == {"only": "this"}


def test_a_pool_has_fifty_at_most(app: App) -> None:
    app.idp.tag_resource(ResourceArn=app.pool.arn, Tags={f"t{number}": "" for number in range(48)})
    app.idp.tag_resource(ResourceArn=app.pool.arn, Tags={"t1": "again"})
    error = refusal(app.idp.tag_resource, ResourceArn=app.pool.arn, Tags={"one": "more"})
    assert error == invalid_parameter("A user pool can have at most 50 tags.")
    assert len(tags(app)) == 50


@pytest.mark.parametrize("key", ["aws:owner", "AWS:owner"])
def test_keys_of_aws_are_reserved(app: App, key: str) -> None:
    error = refusal(app.idp.tag_resource, ResourceArn=app.pool.arn, Tags={key: "x", "fine": "x"})
    assert error == invalid_parameter("Tag keys that begin with aws: are reserved.")
    assert "fine" not in tags(app)


@pytest.mark.parametrize(
    ("given", "constraint"),
    [({"x" * 129: ""}, "length less than or equal to 128"), ({"x": "y" * 257}, "length less than or equal to 256")],
)
def test_tags_have_bounds(app: App, given: dict[str, str], constraint: str) -> None:
    error = refusal(app.idp.tag_resource, ResourceArn=app.pool.arn, Tags=given)
    assert error.code == "InvalidParameterException"
    assert constraint in error.message


OPERATIONS: list[dict[str, Any]] = [
    {"operation": "list_tags_for_resource"},
    {"operation": "tag_resource", "Tags": {"a": "b"}},
    {"operation": "untag_resource", "TagKeys": ["a"]},
]


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:cognito-identity:us-east-1:123456789012:identitypool/us-east-1",
        "arn:aws:cognito-idp:us-east-1:123456789012:userpool/nothing",
        "arn:aws:s3:us-east-1:123456789012:userpool/us-east-1_Missing00",
    ],
)
def test_an_arn_is_that_of_a_pool(app: App, arn: str) -> None:
    for each in OPERATIONS:
        assert refusal(app.call, ResourceArn=arn, **each).code == "InvalidParameterException"


def test_unknown_pools(app: App) -> None:
    missing = "us-east-1_Missing00"
    of_no_pool = app.pool.arn.replace(app.pool_id, missing)
    of_another_account = app.pool.arn.replace("123456789012", "999999999999")
    for each in OPERATIONS:
        assert refusal(app.call, ResourceArn=of_no_pool, **each) == no_pool(missing)
        assert refusal(app.call, ResourceArn=of_another_account, **each) == no_pool(app.pool_id)


def test_pools_of_another_region(pool: UserPool) -> None:
    abroad = App(boto3.client("cognito-idp", region_name="eu-west-1"), pool)
    for each in OPERATIONS:
        assert refusal(abroad.call, ResourceArn=pool.arn, **each) == no_pool(pool.id)
