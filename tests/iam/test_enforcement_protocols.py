"""The refusals of each protocol, and of the services of the world itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from pytest_cognito import Cognito, User
from tests.support.clients import client
from tests.support.refusals import Refusal, refusal
from tests.support.roles import REGION, TRUST, allow, assume, session

USER = "User: arn:aws:sts::123456789012:assumed-role/app/ann is not authorized to perform: "
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "dynamodb": ("describe_table", {"TableName": "notes"}),
    "ec2": ("describe_instances", {}),
    "lambda": ("get_function", {"FunctionName": "notes"}),
    "s3": ("list_objects_v2", {"Bucket": "notes"}),
    "sns": ("list_topics", {}),
    "sqs": ("list_queues", {}),
    "cognito-idp": ("list_user_pools", {"MaxResults": 1}),
    "cognito-identity": ("list_identity_pools", {"MaxResults": 1}),
}
pytestmark = pytest.mark.cognito(enforce=True)


@pytest.fixture(autouse=True)
def moto(cognito: Cognito) -> Iterator[None]:
    with mock_aws():
        yield


def answer(session: Any, service: str) -> tuple[str, int, str]:
    """How a call of a service is refused: the code, the HTTP status and the message."""
    operation, parameters = CALLS[service]
    with pytest.raises(ClientError) as caught:
        getattr(session.client(service), operation)(**parameters)
    response = caught.value.response
    assert response["ResponseMetadata"]["RequestId"]
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Message"]


@pytest.mark.parametrize(
    ("service", "code", "status", "action"),
    [
        ("dynamodb", "AccessDeniedException", 400, "dynamodb:DescribeTable"),
        ("lambda", "AccessDeniedException", 403, "lambda:GetFunction"),
        ("s3", "AccessDenied", 403, "s3:ListBucket"),
        ("sns", "AccessDenied", 403, "sns:ListTopics"),
        ("sqs", "AccessDenied", 400, "sqs:ListQueues"),
        ("cognito-idp", "AccessDeniedException", 400, "cognito-idp:ListUserPools"),
        ("cognito-identity", "AccessDeniedException", 400, "cognito-identity:ListIdentityPools"),
    ],
)
def test_what_policies_do_not_allow(cognito: Cognito, service: str, code: str, status: int, action: str) -> None:
    refused = answer(assume(cognito), service)

    assert refused[:2] == (code, status)
    assert refused[2].startswith(f"{USER}{action} on resource: ")
    assert refused[2].endswith(f" because no identity-based policy allows the {action} action")


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("dynamodb", ("ExpiredTokenException", 400, "The security token included in the request is expired")),
        ("lambda", ("ExpiredTokenException", 403, "The security token included in the request is expired")),
        ("s3", ("ExpiredToken", 400, "The provided token has expired.")),
        ("sns", ("ExpiredToken", 403, "The security token included in the request is expired")),
        ("cognito-idp", ("ExpiredTokenException", 400, "The security token included in the request is expired")),
    ],
)
def test_expired_credentials(cognito: Cognito, service: str, expected: tuple[str, int, str]) -> None:
    credentials = assume(cognito, allow("*"))
    cognito.clock.advance(hours=1, seconds=1)

    assert answer(credentials, service) == expected


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        (
            "dynamodb",
            ("UnrecognizedClientException", 400, "The security token included in the request is invalid."),
        ),
        ("s3", ("InvalidToken", 400, "The provided token is malformed or otherwise invalid.")),
        ("sns", ("InvalidClientTokenId", 403, "The security token included in the request is invalid.")),
    ],
)
def test_another_session_token(cognito: Cognito, service: str, expected: tuple[str, int, str]) -> None:
    role = cognito.create_role("other", trust=TRUST, policies=[allow("*")])
    sts = client("sts", region_name=REGION)
    first, second = (sts.assume_role(RoleArn=role.arn, RoleSessionName=name)["Credentials"] for name in ("one", "two"))

    assert answer(session(first, aws_session_token=second["SessionToken"]), service) == expected


def test_end_users_and_guests_are_never_authorised(cognito: Cognito, cognito_user: User) -> None:
    pool = cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)
    nobody = assume(cognito)

    nobody.client("cognito-identity").get_id(IdentityPoolId=pool.id)
    tokens = cognito_user.sign_in()
    assert nobody.client("cognito-idp").get_user(AccessToken=tokens.access_token)["Username"] == cognito_user.username


def test_everybody_may_ask_who_they_are(cognito: Cognito) -> None:
    identity = assume(cognito).client("sts").get_caller_identity()

    assert identity["Arn"] == "arn:aws:sts::123456789012:assumed-role/app/ann"


def test_calls_of_user_pools_are_authorised_by_pool(cognito: Cognito, cognito_user: User) -> None:
    pool = cognito_user.pool
    other = cognito.create_user_pool()
    admin = assume(cognito, allow("cognito-idp:Admin*", pool.arn)).client("cognito-idp")

    admin.admin_disable_user(UserPoolId=pool.id, Username=cognito_user.username)

    arn = f"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{other.id}"
    action = "cognito-idp:AdminDisableUser"
    assert refusal(admin.admin_disable_user, UserPoolId=other.id, Username="ann") == Refusal(
        "AccessDeniedException",
        f"{USER}{action} on resource: {arn} because no identity-based policy allows the {action} action",
    )
    assert cognito.calls[-1].explanation


def test_calls_of_user_pools_are_authorised_by_tag(cognito: Cognito) -> None:
    condition = {"StringEquals": {"aws:ResourceTag/team": "notes"}}
    idp = assume(cognito, allow("cognito-idp:ListUsers", Condition=condition)).client("cognito-idp")
    tagged = cognito.create_user_pool(UserPoolTags={"team": "notes"})
    other = cognito.create_user_pool(UserPoolTags={"team": "billing"})

    assert idp.list_users(UserPoolId=tagged.id)["Users"] == []
    assert refusal(idp.list_users, UserPoolId=other.id).code == "AccessDeniedException"


def test_identities_are_told_apart_by_their_pool(cognito: Cognito) -> None:
    pool, other = (cognito.create_identity_pool(AllowUnauthenticatedIdentities=True) for _ in range(2))
    condition = {"ArnEquals": {"cognito-identity:IdentityPoolArn": pool.arn}}
    client_of_pools = assume(cognito, allow("cognito-identity:DescribeIdentity", Condition=condition)).client(
        "cognito-identity"
    )
    own, foreign = pool.guest().id, other.guest().id

    assert client_of_pools.describe_identity(IdentityId=own)["IdentityId"] == own
    assert refusal(client_of_pools.describe_identity, IdentityId=foreign).code == "AccessDeniedException"


def test_a_role_must_be_passed_to_a_pool(cognito: Cognito) -> None:
    pool = cognito.create_identity_pool()
    role = cognito.create_role("users", trust=TRUST)
    pools = assume(cognito, allow("cognito-identity:*")).client("cognito-identity")

    assert refusal(pools.set_identity_pool_roles, IdentityPoolId=pool.id, Roles={"authenticated": role.arn}) == Refusal(
        "NotAuthorizedException", f"Access to Role '{role.arn}' is forbidden."
    )


def test_times_are_those_of_the_world(cognito: Cognito) -> None:
    soon = cognito.clock.now() + dt.timedelta(minutes=30)
    until = {"DateLessThan": {"aws:CurrentTime": soon.strftime("%Y-%m-%dT%H:%M:%SZ")}}
    sqs = assume(cognito, allow("sqs:ListQueues", Condition=until)).client("sqs")

    sqs.list_queues()
    cognito.clock.advance(minutes=31)

    assert refusal(sqs.list_queues).code == "AccessDenied"
