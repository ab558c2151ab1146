"""The replicas of user pools in other regions."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import replicated
from tests.support.app import Answer, App, MakeApp
from tests.support.refusals import refusal
from tests.support.replicated import CONDITIONS, KEY, SECONDARY, in_region, replicate

pytestmark = pytest.mark.needs("CreateUserPoolReplica")

INVALID = "InvalidParameterException"
MISSING = "ResourceNotFoundException"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return replicated.make_pool(cognito)


def create(app: App, region: str = SECONDARY, **more: Any) -> Answer:
    call = {"UserPoolId": app.pool_id, "RegionName": region}
    answer: Answer = app.call("create_user_pool_replica", **call, **more)["UserPoolReplica"]
    return answer


def update(app: App, status: str, region: str = SECONDARY) -> Answer:
    call = {"UserPoolId": app.pool_id, "RegionName": region, "Status": status}
    answer: Answer = app.call("update_user_pool_replica", **call)["UserPoolReplica"]
    return answer


def delete(app: App, region: str = SECONDARY) -> Answer:
    answer: Answer = app.call("delete_user_pool_replica", UserPoolId=app.pool_id, RegionName=region)["UserPoolReplica"]
    return answer


def listed(app: App) -> list[Answer]:
    replicas: list[Answer] = app.call("list_user_pool_replicas", UserPoolId=app.pool_id)["UserPoolReplicas"]
    return replicas


def described(app: App) -> Answer:
    answer: Answer = app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]
    return answer


def test_a_replica_is_inactive_at_first(app: App) -> None:
    made = create(app)

    assert (made["RegionName"], made["Status"], made["Role"]) == (SECONDARY, "CREATING", "SECONDARY")
    primary, secondary = listed(app)
    assert primary == {
        "RegionName": "us-east-1",
        "Status": "ACTIVE",
        "Role": "PRIMARY",
        "UserPoolArn": described(app)["Arn"],
    }
    assert secondary == {**made, "Status": "INACTIVE"}
    assert listed(in_region(app, SECONDARY)) == [primary, secondary]
    refused = refusal(app.call, operation="list_user_pool_replicas", UserPoolId=app.pool_id, NextToken="more")
    assert refused.code == INVALID


def test_both_regions_switch_it_on_and_off(app: App) -> None:
    create(app)
    assert update(app, "ACTIVE")["Status"] == "ACTIVE"
    assert update(in_region(app, SECONDARY), "INACTIVE")["Status"] == "INACTIVE"
    assert listed(app)[1]["Status"] == "INACTIVE"


def test_it_is_deleted_while_inactive_from_the_primary_region(app: App) -> None:
    secondary = replicate(app)
    assert refusal(delete, app=app).code == INVALID
    update(app, "INACTIVE")
    assert refusal(delete, app=secondary).code == "OperationNotEnabledException"
    assert refusal(app.call, operation="delete_user_pool", UserPoolId=app.pool_id).code == INVALID

    assert delete(app)["Status"] == "DELETING"

    assert len(listed(app)) == 1
    assert refusal(described, app=secondary).code == MISSING
    app.call("delete_user_pool", UserPoolId=app.pool_id)


@pytest.mark.parametrize("call", [delete, lambda app, region: update(app, "ACTIVE", region)])
def test_a_replica_that_is_not_there(app: App, call: Any) -> None:
    assert refusal(call, app=app, region=SECONDARY).code == MISSING
    assert refusal(call, app=app, region="us-east-1").code == INVALID


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({**CONDITIONS, "UserPoolTier": "LITE"}, "FeatureUnavailableInTierException"),
        ({**CONDITIONS, "KeyConfiguration": {"KeyType": "AWS_OWNED_KEY"}}, INVALID),
        ({**CONDITIONS, "KeyConfiguration": {**CONDITIONS["KeyConfiguration"], "KmsKeyArn": KEY[:-36]}}, INVALID),
        ({"KeyConfiguration": CONDITIONS["KeyConfiguration"]}, INVALID),
    ],
)
def test_the_conditions_for_a_replica(app: App, make_app: MakeApp, settings: Answer, code: str) -> None:
    without = make_app(**settings)
    assert refusal(create, app=without).code == code
    assert len(listed(without)) == 1

    create(app)
    with_replica = {"UserPoolId": app.pool_id, **settings}
    assert refusal(app.call, operation="update_user_pool", **with_replica).code == code
    app.call("update_user_pool", UserPoolId=app.pool_id, **CONDITIONS)


def test_where_a_replica_may_be(app: App) -> None:
    for region in ("us-east-1", "nowhere"):
        assert refusal(create, app=app, region=region).code == INVALID
    assert refusal(create, app=app, UserPoolTags={"aws:x": "y"}).code == "UserPoolTaggingException"
    create(app)
    for region in (SECONDARY, "eu-central-1"):
        assert refusal(create, app=app, region=region).code == "LimitExceededException"
    assert refusal(described, app=in_region(app, "eu-central-1")).code == MISSING


def test_each_region_lists_the_pool(app: App, make_app: MakeApp) -> None:
    other = make_app().pool_id
    secondary = replicate(app)
    older = secondary.call("create_user_pool", PoolName="there")["UserPool"]["Id"]

    def regions(of: App) -> dict[str, Any]:
        pages = of.idp.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 1})
        return {pool["Id"]: pool.get("ReplicaRegions") for page in pages for pool in page["UserPools"]}

    assert regions(app) == {app.pool_id: [SECONDARY], other: None}
    assert regions(secondary) == {app.pool_id: [SECONDARY], older: None}


# Settings


def test_a_replica_has_the_pools_settings_under_its_own_arn(app: App) -> None:
    secondary = replicate(app, UserPoolTags={"region": "second"})

    here, there = described(app), described(secondary)

    assert there["Arn"] == here["Arn"].replace("us-east-1:", f"{SECONDARY}:")
    assert (there["Id"], there["SchemaAttributes"]) == (here["Id"], here["SchemaAttributes"])
    assert (here["UserPoolTags"], there["UserPoolTags"]) == ({}, {"region": "second"})
    app.call("update_user_pool", UserPoolId=app.pool_id, **CONDITIONS, DeletionProtection="ACTIVE")
    assert described(secondary)["DeletionProtection"] == "ACTIVE"


def test_tags_are_of_one_region(app: App) -> None:
    secondary = replicate(app)
    arn = described(secondary)["Arn"]
    secondary.call("tag_resource", ResourceArn=arn, Tags={"a": "1"})
    assert secondary.call("list_tags_for_resource", ResourceArn=arn)["Tags"] == {"a": "1"}
    assert app.call("list_tags_for_resource", ResourceArn=described(app)["Arn"])["Tags"] == {}
    assert refusal(app.call, operation="list_tags_for_resource", ResourceArn=arn).code == MISSING


def test_email_sms_and_functions_differ_and_nothing_else(app: App) -> None:
    secondary = replicate(app)
    function = f"arn:aws:lambda:{SECONDARY}:123456789012:function:there"

    own = {**CONDITIONS, "LambdaConfig": {"PreSignUp": function}}
    secondary.call("update_user_pool", UserPoolId=app.pool_id, **own)

    assert described(secondary)["LambdaConfig"] == {"PreSignUp": function}
    assert described(app)["LambdaConfig"] == {}
    for other in ({"DeletionProtection": "ACTIVE"}, {"AutoVerifiedAttributes": ["email"]}):
        refused = refusal(secondary.call, operation="update_user_pool", UserPoolId=app.pool_id, **own, **other)
        assert (refused.code, next(iter(other)) in refused.message) == (INVALID, True)
    totp = {"SoftwareTokenMfaConfiguration": {"Enabled": True}, "MfaConfiguration": "OPTIONAL"}
    refused = refusal(secondary.call, operation="set_user_pool_mfa_config", UserPoolId=app.pool_id, **totp)
    assert refused.code == INVALID
    assert described(secondary)["MfaConfiguration"] == described(app)["MfaConfiguration"] == "OFF"


def test_a_prefix_is_of_one_region(app: App) -> None:
    secondary = replicate(app)
    for one in (app, secondary):
        one.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain="both")
    for one in (app, secondary):
        one.call("delete_user_pool_domain", UserPoolId=app.pool_id, Domain="both")
    app.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain="first")
    assert secondary.call("describe_user_pool_domain", Domain="first")["DomainDescription"] == {}
    assert described(app)["Domain"] == "first"
    assert "Domain" not in described(secondary)
