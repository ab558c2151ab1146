"""The requests per second that an account has bought."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.refusals import refusal

pytestmark = pytest.mark.needs("GetProvisionedLimit")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def of(category: str) -> dict[str, Any]:
    return {"LimitClass": "API_CATEGORY", "Attributes": {"Category": category}}


def limits(app: App, category: str = "UserPoolRead") -> tuple[int, int]:
    """What is provisioned, and what is free."""
    limit = app.call("get_provisioned_limit", LimitDefinition=of(category))["Limit"]
    assert limit["LimitDefinition"] == of(category)
    return limit["ProvisionedLimitValue"], limit["FreeLimitValue"]


def provision(app: App, value: int) -> dict[str, Any]:
    call = {"LimitDefinition": of("UserPoolRead"), "RequestedLimitValue": value}
    answer: dict[str, Any] = app.call("update_provisioned_limit", **call)["Limit"]
    return answer


@pytest.mark.parametrize(("category", "free"), [("UserAuthentication", 120), ("UserCreation", 50), ("UserList", 30)])
def test_at_first_only_the_free_ones_are_allowed(app: App, category: str, free: int) -> None:
    assert limits(app, category) == (free, free)


def test_more_are_provisioned_for_the_region(app: App) -> None:
    assert provision(app, 20)["ProvisionedLimitValue"] == 20

    assert limits(app) == (20, 15)
    elsewhere = App(boto3.client("cognito-idp", region_name="eu-west-1"), app.pool, app.client)
    assert limits(elsewhere) == (15, 15)


def test_they_are_what_is_enforced(app: App, cognito: Cognito) -> None:
    provision(app, 20)
    cognito.clock.freeze("2030-01-01T12:00:00Z")
    cognito.faults.enforce_quotas()
    for _ in range(20):
        app.call("describe_user_pool", UserPoolId=app.pool_id)
    assert refusal(app.call, operation="describe_user_pool", UserPoolId=app.pool_id).code == "TooManyRequestsException"


@pytest.mark.parametrize(("value", "code"), [(14, "InvalidParameterException"), (151, "ServiceQuotaExceededException")])
def test_between_the_free_ones_and_the_account_s_maximum(app: App, value: int, code: str) -> None:
    assert refusal(provision, app=app, value=value).code == code
    assert limits(app) == (15, 15)


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ({"Category": "UserTeleportation"}, "ResourceNotFoundException"),
        ({}, "InvalidParameterException"),
        ({"Category": "UserList", "Operation": "ListUsers"}, "InvalidParameterException"),
    ],
)
def test_a_limit_that_is_not_there(app: App, attributes: dict[str, str], code: str) -> None:
    definition = {"LimitClass": "API_CATEGORY", "Attributes": attributes}
    assert refusal(app.call, operation="get_provisioned_limit", LimitDefinition=definition).code == code
    update = {"LimitDefinition": definition, "RequestedLimitValue": 100}
    assert refusal(app.call, operation="update_provisioned_limit", **update).code == code
