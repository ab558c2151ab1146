"""GetCallerIdentity: whose credentials sign a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3

from pytest_cognito import Cognito, Server, mock_cognito
from tests.support.clients import client
from tests.support.policies import denying

from .conftest import Assume

if TYPE_CHECKING:
    from types_boto3_sts import STSClient


def who(sts: Any) -> tuple[str, str, str]:
    answer = sts.get_caller_identity()
    return answer["Account"], answer["Arn"], answer["UserId"]


def test_the_developer_is_a_user_of_the_account(cognito: Cognito, cognito_sts: STSClient) -> None:
    account, arn, user_id = who(cognito_sts)

    assert (account, arn) == ("123456789012", "arn:aws:iam::123456789012:user/testing")
    assert user_id.startswith("AIDA")
    keys = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "s", "aws_session_token": "t"}
    assert who(client("sts", **keys)) == (account, arn, user_id)


def test_the_developer_is_of_the_world_s_account_and_partition() -> None:
    with mock_cognito(account_id="210987654321", region="cn-north-1"):
        account, arn, _ = who(boto3.client("sts"))

    assert (account, arn) == ("210987654321", "arn:aws-cn:iam::210987654321:user/testing")


def test_an_iam_user(cognito: Cognito) -> None:
    alice = cognito.iam.create_user("alice", [denying("*")], path="/people/")  # no policy can deny it

    assert who(alice.session().client("sts")) == ("123456789012", alice.arn, alice.id)
    assert alice.arn == "arn:aws:iam::123456789012:user/people/alice"


def test_the_root_user(cognito: Cognito) -> None:
    root = cognito.iam.create_root_user()

    expected = ("123456789012", "arn:aws:iam::123456789012:root", "123456789012")
    assert who(root.session().client("sts")) == expected


def test_a_session_of_a_role_of_another_account(cognito: Cognito, assume: Assume, as_session: Any) -> None:
    role = cognito.create_role("app", "123456789012", account="999999999999")

    sts = as_session(assume(role, RoleSessionName="alice@example.com")["Credentials"])

    arn = "arn:aws:sts::999999999999:assumed-role/app/alice@example.com"
    assert who(sts) == ("999999999999", arn, f"{role.id}:alice@example.com")


def test_it_is_asked_over_the_server_as_well(
    cognito: Cognito, cognito_server: Server, assume: Assume, as_session: Any
) -> None:
    credentials = assume(cognito.create_role("app"))["Credentials"]

    sts = as_session(credentials, endpoint_url=cognito_server.endpoint_url)

    assert who(sts) == who(as_session(credentials))
