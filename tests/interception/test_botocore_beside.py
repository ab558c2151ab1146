"""Beside other services, other mocks of botocore, and its own stubber."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError
from botocore.stub import Stubber

from pytest_cognito import Cognito, gateway, mock_cognito
from pytest_cognito.kernel.errors import Unsupported
from tests.support import clients

from .early import answers

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

pytestmark = pytest.mark.usefixtures("no_network")


def test_other_services_are_left_alone(cognito: Cognito, no_network: list[str]) -> None:
    with pytest.raises(EndpointConnectionError):
        boto3.client("sqs", config=Config(retries={"total_max_attempts": 1})).list_queues()
    assert len(no_network) > 0
    assert all("sqs" in address for address in no_network)
    no_network.clear()
    assert len(cognito.calls) == 0


def _use_both() -> None:
    s3, tables = (clients.client(name, region_name="us-east-1") for name in ("s3", "dynamodb"))
    idp = boto3.client("cognito-idp", region_name="us-east-1")
    s3.create_bucket(Bucket="theirs")
    idp.create_user_pool(PoolName="ours")
    key = [{"AttributeName": "id", "KeyType": "HASH"}]
    kinds = [{"AttributeName": "id", "AttributeType": "S"}]
    tables.create_table(TableName="theirs", KeySchema=key, AttributeDefinitions=kinds, BillingMode="PAY_PER_REQUEST")

    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["theirs"]
    assert tables.list_tables()["TableNames"] == ["theirs"]
    # Only we know this operation's constraint; moto accepts any MaxResults.
    with pytest.raises(ClientError, match="validation error detected"):
        idp.list_user_pools(MaxResults=61)


def _moto_has_no_pools() -> bool:
    from moto.backends import get_backend

    return all(not region.user_pools for region in get_backend("cognito-idp")["123456789012"].values())


def test_moto_outside() -> None:
    from moto import mock_aws

    with mock_aws():
        with mock_cognito() as cognito:
            _use_both()
            assert [pool.name for pool in cognito.pools] == ["ours"]
        assert _moto_has_no_pools()


def test_moto_inside() -> None:
    from moto import mock_aws

    with mock_cognito() as cognito, mock_aws():
        _use_both()
        assert [pool.name for pool in cognito.pools] == ["ours"]
        assert _moto_has_no_pools()


@contextmanager
def _both_mocks(outside: str) -> Iterator[Cognito]:
    from moto import mock_aws

    if outside == "moto":
        with mock_aws(), mock_cognito() as cognito:
            yield cognito
    else:
        with mock_cognito() as cognito, mock_aws():
            yield cognito


@pytest.mark.parametrize("outside", ["moto", "ours"])
def test_moto_and_an_injected_fault(outside: str) -> None:
    """A fault goes by way of `before-send`, where moto listens, too."""
    with _both_mocks(outside) as cognito:
        cognito.faults.fail("CreateUserPool")
        boto3.client("cognito-idp").create_user_pool(PoolName="ours")
        assert [pool.name for pool in cognito.pools] == ["ours"]
        assert _moto_has_no_pools()


def test_an_operation_of_sts_without_a_function_is_left_to_moto() -> None:
    from moto import mock_aws

    role = "arn:aws:iam::123456789012:role/app"
    with mock_cognito() as cognito, mock_aws():
        assumed = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="session")
        assert assumed["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/app/session"
        assert len(cognito.calls) == 0


def test_an_operation_of_sts_without_a_function_has_faults() -> None:
    with mock_cognito() as cognito:
        cognito.faults.fail("AssumeRole", code="AccessDenied", message="no", status=403)
        with pytest.raises(ClientError, match="AccessDenied"):
            boto3.client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/app", RoleSessionName="session")


def test_an_operation_of_user_pools_without_a_function_is_not_left_to_moto(monkeypatch: pytest.MonkeyPatch) -> None:
    from moto import mock_aws

    monkeypatch.setattr(gateway.find_target("cognito-idp", "ListResourceServers"), "function", None)
    with mock_cognito(), mock_aws(), pytest.raises(Unsupported):
        boto3.client("cognito-idp").list_resource_servers(UserPoolId="us-east-1_Example01", MaxResults=1)


def test_a_stubber_keeps_its_say(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> None:
    client = boto3.client("cognito-idp")
    with Stubber(client) as stub:
        stub.add_response(
            "describe_user_pool", {"UserPool": {"Name": "stubbed"}}, {"UserPoolId": "us-east-1_Stubbed01"}
        )
        assert client.describe_user_pool(UserPoolId="us-east-1_Stubbed01")["UserPool"]["Name"] == "stubbed"
        stub.assert_no_pending_responses()
    assert len(cognito.calls) == 0
    assert answers(client)


def test_a_stubber_on_a_client_that_was_used_before_keeps_its_say(cognito: Cognito) -> None:
    client = boto3.client("cognito-idp")
    assert answers(client)
    calls = len(cognito.calls)
    with Stubber(client) as stub:
        stub.add_client_error("list_user_pools", "TooManyRequestsException")
        with pytest.raises(client.exceptions.TooManyRequestsException):
            client.list_user_pools(MaxResults=1)
    assert len(cognito.calls) == calls
