"""What a client of botocore gets, and what it may send."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError

from pytest_cognito import Cognito, User, UserPool

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

pytestmark = pytest.mark.usefixtures("no_network")


def test_the_metadata_of_an_answer(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> None:
    metadata = cognito_idp.list_user_pools(MaxResults=1)["ResponseMetadata"]

    assert metadata["HTTPStatusCode"] == 200
    assert metadata["RetryAttempts"] == 0
    assert metadata["HTTPHeaders"]["x-amzn-requestid"] == metadata["RequestId"] == cognito.calls[-1].request_id
    assert metadata["HTTPHeaders"]["content-type"] == "application/x-amz-json-1.1"


def test_an_error_is_the_client_s_own(cognito_user_pool: UserPool, cognito_idp: CognitoIdentityProviderClient) -> None:
    with pytest.raises(cognito_idp.exceptions.UserNotFoundException) as caught:
        cognito_idp.admin_get_user(UserPoolId=cognito_user_pool.id, Username="nobody")
    response = caught.value.response

    assert response["Error"] == {"Code": "UserNotFoundException", "Message": "User does not exist."}
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert response["ResponseMetadata"]["RetryAttempts"] == 0
    assert response["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"] == response["ResponseMetadata"]["RequestId"]
    assert str(caught.value) == (
        "An error occurred (UserNotFoundException) when calling the AdminGetUser operation: User does not exist."
    )


def test_what_the_caller_does_to_an_answer_changes_nothing_here(
    cognito_user_pool: UserPool, cognito_user: User, cognito_idp: CognitoIdentityProviderClient
) -> None:
    name: dict[str, Any] = {"UserPoolId": cognito_user_pool.id}
    ways: tuple[Callable[[], Any], ...] = (
        lambda: cognito_idp.describe_user_pool(**name)["UserPool"],
        lambda: cognito_idp.admin_get_user(**name, Username=cognito_user.username),
        lambda: cognito_idp.list_users(**name)["Users"][0],
        lambda: cognito_idp.describe_user_pool_client(**name, ClientId=cognito_user_pool.client.id)["UserPoolClient"],
    )
    for get in ways:
        was = get()
        was.pop("ResponseMetadata", None)
        _spoil(get())
        now = get()
        now.pop("ResponseMetadata", None)
        assert now == was


def _spoil(value: Any) -> None:
    for inner in list(value.values() if isinstance(value, dict) else value):
        if isinstance(inner, dict | list):
            _spoil(inner)
    value.clear()


def test_what_the_caller_does_to_the_parameters_afterwards_changes_nothing_here(
    cognito: Cognito, cognito_idp: CognitoIdentityProviderClient
) -> None:
    policies: Any = {"PasswordPolicy": {"MinimumLength": 10}}
    tags = {"team": "a"}
    pool = cognito_idp.create_user_pool(PoolName="p", Policies=policies, UserPoolTags=tags)["UserPool"]["Id"]
    _spoil(policies)
    tags["team"] = "b"

    described = cognito_idp.describe_user_pool(UserPoolId=pool)["UserPool"]
    assert described["Policies"]["PasswordPolicy"]["MinimumLength"] == 10
    assert described["UserPoolTags"] == {"team": "a"}
    assert cognito.calls.of("CreateUserPool")[0].parameters["UserPoolTags"] == {"team": "a"}


def test_pages(cognito_user_pool: UserPool, cognito_idp: CognitoIdentityProviderClient) -> None:
    for number in range(7):
        cognito_user_pool.create_user(f"user{number}")
    paginator = cognito_idp.get_paginator("list_users")
    pages = list(paginator.paginate(UserPoolId=cognito_user_pool.id, PaginationConfig={"PageSize": 3}))

    assert [len(page["Users"]) for page in pages] == [3, 3, 1]
    assert len({user["Username"] for page in pages for user in page["Users"]}) == 7


def test_botocore_s_own_validation_comes_first(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> None:
    untyped: Any = cognito_idp
    with pytest.raises(ParamValidationError):
        untyped.admin_get_user(UserPoolId="us-east-1_Abc")
    assert len(cognito.calls) == 0


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"UserPoolId": None, "Username": None},
        {"UserPoolId": 5, "Username": "u"},
        {"UserPoolId": "us-east-1_Abc", "Username": ["u"]},
        {"UserPoolId": {"a": 1}, "Username": True},
        {"UserPoolId": "us-east-1_Abc", "Username": "u" * 1000},
    ],
)
def test_without_botocore_s_validation_aws_has_the_last_word(cognito: Cognito, parameters: Any) -> None:
    client: Any = boto3.client("cognito-idp", config=Config(parameter_validation=False))
    with pytest.raises(ClientError) as caught:
        client.admin_get_user(**parameters)
    assert caught.value.response["Error"]["Code"] in (
        "InvalidParameterException",
        "SerializationException",
        "ResourceNotFoundException",
    )
