"""Credentials of this world that have expired, or that were tampered with, are refused on every signed call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import AppClient, Cognito, Server, User
from tests.support.clients import client
from tests.support.refusals import refusal

from .conftest import Assume

if TYPE_CHECKING:
    from types_boto3_sts.type_defs import CredentialsTypeDef

EXPIRED = "The security token included in the request is expired"
INVALID = "The security token included in the request is invalid."
POOL = "us-east-1:0123abcd-4567-89ab-cdef-0123456789ab"
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "cognito-idp": ("list_user_pools", {"MaxResults": 1}),
    "cognito-identity": ("list_identity_pools", {"MaxResults": 1}),
    "cognito-sync": ("describe_identity_pool_usage", {"IdentityPoolId": POOL}),
    "sts": ("get_caller_identity", {}),
}


@pytest.fixture
def credentials(cognito: Cognito, assume: Assume) -> CredentialsTypeDef:
    given: CredentialsTypeDef = assume(cognito.create_role("app"))["Credentials"]
    return given


def outcome(service: str, caller: Any) -> tuple[str, str]:
    operation, parameters = CALLS[service]
    return refusal(getattr(caller, operation), **parameters)


@pytest.mark.parametrize("service", CALLS)
def test_an_expired_session(cognito: Cognito, as_session: Any, credentials: CredentialsTypeDef, service: str) -> None:
    cognito.clock.advance(seconds=3600)

    code = "ExpiredToken" if service == "sts" else "ExpiredTokenException"
    assert outcome(service, as_session(credentials, service)) == (code, EXPIRED)
    call = cognito.calls[-1]
    assert (call.service, str(call.error)) == (service, f"{code}: {EXPIRED}")


@pytest.mark.parametrize("service", CALLS)
def test_a_tampered_token(as_session: Any, credentials: CredentialsTypeDef, service: str) -> None:
    caller = as_session(credentials, service, aws_session_token=credentials["SessionToken"] + "A")

    code = "InvalidClientTokenId" if service == "sts" else "UnrecognizedClientException"
    assert outcome(service, caller) == (code, INVALID)


@pytest.mark.parametrize("service", CALLS)
def test_over_the_server(
    cognito: Cognito, cognito_server: Server, as_session: Any, credentials: CredentialsTypeDef, service: str
) -> None:
    tampered = as_session(credentials, service, aws_session_token="IQoJ", endpoint_url=cognito_server.endpoint_url)
    expired = as_session(credentials, service, endpoint_url=cognito_server.endpoint_url)

    assert outcome(service, tampered)[1] == INVALID
    cognito.clock.advance(days=400)
    assert outcome(service, expired)[1] == EXPIRED


def test_the_status_of_a_refusal(cognito: Cognito, as_session: Any, credentials: CredentialsTypeDef) -> None:
    cognito.clock.advance(hours=2)
    status = {}
    for service, (operation, parameters) in CALLS.items():
        caller = as_session(credentials, service)
        with pytest.raises(caller.exceptions.ClientError) as caught:
            getattr(caller, operation)(**parameters)
        status[service] = caught.value.response["ResponseMetadata"]["HTTPStatusCode"]

    assert status == {"cognito-idp": 400, "cognito-identity": 400, "cognito-sync": 403, "sts": 403}


@pytest.mark.parametrize(
    "changed",
    [
        {"aws_session_token": None},
        {"aws_access_key_id": "ASIAIOSFODNN7EXAMPLE"},
        {"aws_access_key_id": "testing"},
    ],
    ids=["no token", "another key", "the developer's key"],
)
def test_a_key_and_a_token_that_do_not_belong_together(
    as_session: Any, credentials: CredentialsTypeDef, changed: dict[str, Any]
) -> None:
    assert outcome("cognito-idp", as_session(credentials, "cognito-idp", **changed)) == (
        "UnrecognizedClientException",
        INVALID,
    )


def test_a_session_token_with_the_key_of_a_user(cognito: Cognito, credentials: CredentialsTypeDef) -> None:
    alice = cognito.iam.create_user("alice")
    keys = {"aws_access_key_id": alice.access_key_id, "aws_secret_access_key": alice.secret_access_key}

    for token in (credentials["SessionToken"], "IQoJ"):
        caller = client("sts", **keys, aws_session_token=token)
        assert outcome("sts", caller) == ("InvalidClientTokenId", INVALID)
    assert client("sts", **keys).get_caller_identity()["Arn"] == alice.arn


def test_credentials_of_the_developer_pass(cognito: Cognito, credentials: CredentialsTypeDef) -> None:
    keys = {"aws_access_key_id": "ASIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "s", "aws_session_token": "IQoJ"}

    assert client("cognito-idp", **keys).list_user_pools(MaxResults=1)["UserPools"] == []
    assert client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []


def test_right_credentials_pass_until_the_last_second(
    cognito: Cognito, as_session: Any, credentials: CredentialsTypeDef
) -> None:
    cognito.clock.freeze(credentials["Expiration"])
    cognito.clock.advance(seconds=-1)
    caller = as_session(credentials, "cognito-idp")

    assert caller.list_user_pools(MaxResults=1)["UserPools"] == []
    cognito.clock.advance(seconds=1)
    assert outcome("cognito-idp", caller)[1] == EXPIRED


def test_what_needs_no_signature_is_not_refused(
    cognito: Cognito, cognito_app_client: AppClient, cognito_user: User, as_session: Any, assume: Assume
) -> None:
    caller = as_session(assume(cognito.create_role("app"))["Credentials"], "cognito-idp")
    cognito.clock.advance(hours=2)

    answer = caller.initiate_auth(
        ClientId=cognito_app_client.id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": cognito_user.username, "PASSWORD": cognito_user.password},
    )

    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"


def test_a_fault_comes_after_it(cognito: Cognito, as_session: Any, credentials: CredentialsTypeDef) -> None:
    caller = as_session(credentials, "cognito-idp")
    cognito.clock.advance(hours=2)
    cognito.faults.slow_down("ListUserPools", seconds=0.001)

    assert outcome("cognito-idp", caller) == ("ExpiredTokenException", EXPIRED)
