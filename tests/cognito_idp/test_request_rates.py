"""The quotas on requests by category of operations, which a test can let Cognito enforce."""

from __future__ import annotations

import boto3
import pytest
import requests
from botocore.config import Config

from pytest_cognito.aws.model import service_model
from pytest_cognito.cognito import Cognito, Tokens, UserPool
from pytest_cognito.cognito_idp.rules.request_rates import CATEGORIES
from tests.support import installed
from tests.support.app import App
from tests.support.refusals import Refusal, refusal

TOO_MANY = Refusal("TooManyRequestsException", "Rate exceeded")
NO_RETRIES = Config(retries={"total_max_attempts": 1})


@pytest.fixture
def enforced(cognito: Cognito, pool: UserPool) -> Cognito:
    """The quotas are enforced, and time stands still."""
    cognito.clock.freeze("2030-01-01T12:00:00Z")
    cognito.faults.enforce_quotas()
    return cognito


@pytest.fixture
def quick_app(enforced: Cognito, pool: UserPool) -> App:
    """An application that doesn't retry."""
    return App(boto3.client("cognito-idp", config=NO_RETRIES), pool)


def describe(app: App, times: int) -> None:
    for _ in range(times):
        app.call("describe_user_pool", UserPoolId=app.pool_id)


def test_a_category_has_so_many_requests_in_a_second(quick_app: App, cognito: Cognito) -> None:
    describe(quick_app, 14)
    quick_app.call("list_user_pools", MaxResults=1)

    assert refusal(describe, app=quick_app, times=1) == TOO_MANY
    assert refusal(quick_app.call, operation="list_user_pools", MaxResults=1) == TOO_MANY
    quick_app.admin("admin_get_user")

    cognito.clock.advance(seconds=0.2)
    describe(quick_app, 3)
    assert refusal(describe, app=quick_app, times=1) == TOO_MANY


def test_a_refused_request_changes_nothing(quick_app: App, cognito: Cognito) -> None:
    for number in range(15):
        quick_app.call("create_group", UserPoolId=quick_app.pool_id, GroupName=f"group{number}")

    refused = refusal(quick_app.call, operation="create_group", UserPoolId=quick_app.pool_id, GroupName="more")

    assert refused == TOO_MANY
    assert len(quick_app.pool.groups) == 15
    assert "a request beyond its quota" in cognito.calls[-2].explanation


def test_botocore_retries_as_it_does_with_aws(enforced: Cognito, pool: UserPool) -> None:
    app = App(boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 3})), pool)
    describe(app, 15)
    enforced.calls.clear()
    assert refusal(describe, app=app, times=1) == TOO_MANY
    assert len(enforced.calls) == 3


def test_answers_to_challenges_have_three_times_the_quota(quick_app: App) -> None:
    def answer(times: int) -> None:
        for _ in range(times):
            challenge = {"ChallengeName": "SMS_MFA", "Session": "x" * 20}
            given = {"USERNAME": "alice", "SMS_MFA_CODE": "123456"}
            call = {"ClientId": quick_app.client_id, **challenge, "ChallengeResponses": given}
            assert (
                refusal(quick_app.call, operation="respond_to_auth_challenge", **call).code == "NotAuthorizedException"
            )

    for _ in range(120):
        quick_app.sign_in()
    assert refusal(quick_app.sign_in) == TOO_MANY
    answer(360)
    with pytest.raises(AssertionError, match="TooManyRequests"):
        answer(1)


def test_each_region_counts_for_itself(quick_app: App) -> None:
    describe(quick_app, 15)
    boto3.client("cognito-idp", region_name="eu-west-1", config=NO_RETRIES).list_user_pools(MaxResults=1)


def test_handles_are_not_counted(enforced: Cognito, pool: UserPool) -> None:
    for _ in range(20):
        pool.call("DescribeUserPool")


def test_requests_over_http_are_counted(quick_app: App, tokens: Tokens) -> None:
    endpoint = "https://cognito-idp.us-east-1.amazonaws.com/"
    headers = {
        "X-Amz-Target": "AWSCognitoIdentityProviderService.GetUser",
        "Content-Type": "application/x-amz-json-1.1",
    }

    def get_user() -> requests.Response:
        return requests.post(endpoint, json={"AccessToken": tokens.access_token}, headers=headers, timeout=5)

    for _ in range(119):
        quick_app.call("get_user", AccessToken=tokens.access_token)
    assert get_user().status_code == 200
    refused = get_user()
    assert (refused.status_code, refused.json()) == (400, {"__type": TOO_MANY.code, "message": TOO_MANY.message})


def test_nothing_is_counted_unless_asked_for(app: App, cognito: Cognito) -> None:
    cognito.clock.freeze("2030-01-01T12:00:00Z")
    describe(app, 20)
    cognito.faults.enforce_quotas()
    describe(app, 15)
    cognito.faults.clear()
    describe(app, 5)


def test_every_operation_is_in_one_category() -> None:
    listed = [operation for category in CATEGORIES.values() for operation in category.operations]
    assert len(listed) == len(set(listed))
    operations = set(service_model("cognito-idp").operation_names)
    assert operations <= {*listed, "GetProvisionedLimit", "UpdateProvisionedLimit"}
    assert installed.is_older() or operations == {*listed, "GetProvisionedLimit", "UpdateProvisionedLimit"}
