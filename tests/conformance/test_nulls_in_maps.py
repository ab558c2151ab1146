"""A null in a map of a request is as if absent, by every way in: amazon-cognito-identity-js sends one to refresh."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError

from pytest_cognito import Cognito, User, UserPool
from pytest_cognito.server.socket import Server
from tests.support.clients import client
from tests.support.functions import answering

CODE = "__type"


def in_process(operation: str, **parameters: Any) -> dict[str, Any]:
    """The answer, or the body of the error."""
    made = client("cognito-idp", config=Config(parameter_validation=False))
    try:
        answer: dict[str, Any] = made._make_api_call(operation, parameters)
    except ClientError as error:
        return {CODE: error.response["Error"]["Code"]}
    return answer


@pytest.fixture(params=["in process", "over HTTP"])
def call(request: pytest.FixtureRequest, cognito_server: Server) -> Any:
    if request.param == "in process":
        return in_process

    def over_http(operation: str, **parameters: Any) -> dict[str, Any]:
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        }
        sent = requests.post(cognito_server.endpoint_url, json.dumps(parameters), headers=headers, timeout=10)
        answer: dict[str, Any] = sent.json()
        return answer

    return over_http


def test_a_device_key_of_nobody(call: Any, cognito_user_pool: UserPool, cognito_user: User) -> None:
    parameters = {"REFRESH_TOKEN": cognito_user.tokens().refresh_token, "DEVICE_KEY": None}

    answer = call(
        "InitiateAuth",
        ClientId=cognito_user_pool.client.id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters=parameters,
    )

    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"


def test_metadata_for_a_trigger(call: Any, cognito: Cognito, cognito_user_pool: UserPool) -> None:
    cognito_user_pool.set_trigger("PreSignUp", answering())

    call(
        "SignUp",
        ClientId=cognito_user_pool.client.id,
        Username="bob",
        Password="Correct-horse-7",
        ClientMetadata={"language": "de", "tenant": None},
    )

    assert cognito.triggers.last("PreSignUp").event["request"]["clientMetadata"] == {"language": "de"}


def test_what_is_needed_is_missing(call: Any, cognito_user_pool: UserPool) -> None:
    answer = call(
        "InitiateAuth",
        ClientId=cognito_user_pool.client.id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": None},
    )

    assert answer[CODE] == "InvalidParameterException"


def test_a_null_in_a_list_is_an_error(call: Any, cognito_user: User) -> None:
    token = cognito_user.tokens().access_token

    answer = call("DeleteUserAttributes", AccessToken=token, UserAttributeNames=[None])

    assert answer[CODE] == "InvalidParameterException"
