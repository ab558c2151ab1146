"""Push sync where moto is SNS: endpoints, and what they get."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.sns.models import sns_backends

from pytest_cognito.cognito import Cognito
from tests.support.publishing import ACCOUNT, ROLE, Publishing
from tests.support.refusals import refusal


@pytest.fixture
def moto() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def sns(moto: None, cognito: Cognito) -> Any:
    return boto3.client("sns")


@pytest.fixture
def sync(sns: Any, cognito: Cognito) -> Publishing:
    """A pool with an application of SNS that is there."""
    sync = Publishing(cognito)
    application = sns.create_platform_application(Name="notes", Platform="GCM", Attributes={})
    arns = [application["PlatformApplicationArn"]]
    sync.configure(PushSync={"ApplicationArns": arns, "RoleArn": ROLE})
    sync.write("colour", "red")
    return sync


def endpoints(sync: Publishing, sns: Any) -> list[Any]:
    push = sync.developer.get_identity_pool_configuration(IdentityPoolId=sync.pool.id)["PushSync"]
    found = sns.list_endpoints_by_platform_application(PlatformApplicationArn=push["ApplicationArns"][0])
    return list(found["Endpoints"])


def published(arn: str) -> list[Any]:
    """What moto's SNS has sent to an endpoint."""
    return [json.loads(sent) for sent in sns_backends[ACCOUNT]["us-east-1"].platform_endpoints[arn].messages.values()]


def test_a_device_becomes_an_endpoint_which_gets_the_notifications(sync: Publishing, sns: Any) -> None:
    sync.subscriber("token")
    sync.register("token")
    (endpoint,) = endpoints(sync, sns)
    assert endpoint["Attributes"]["Token"] == "token"
    sync.write("colour", "blue")
    (sent,) = published(endpoint["EndpointArn"])
    assert [json.loads(sent["GCM"])] == sync.pushed("token")
    assert sync.pushed("token")[0]["data"]["syncCount"] == "2"


def test_an_endpoint_that_is_disabled_or_gone_gets_nothing(sync: Publishing, sns: Any) -> None:
    sync.subscriber("disabled")
    sync.subscriber("deleted")
    sync.subscriber("reached")
    arns = {each["Attributes"]["Token"]: each["EndpointArn"] for each in endpoints(sync, sns)}
    sns.set_endpoint_attributes(EndpointArn=arns["disabled"], Attributes={"Enabled": "false"})
    sns.delete_endpoint(EndpointArn=arns["deleted"])
    (updated,) = sync.write("colour", "blue")
    assert updated["SyncCount"] == 2
    assert {message.to for message in sync.cognito.outbox} == {"reached"}


def test_an_application_that_is_not_there(sync: Publishing, sns: Any) -> None:
    absent = f"arn:aws:sns:us-east-1:{ACCOUNT}:app/ADM/absent"
    sync.configure(PushSync={"ApplicationArns": [absent], "RoleArn": ROLE})
    code, message = refusal(sync.app.register_device, **sync.ids, Platform="ADM", Token="token")
    assert code == "InvalidConfigurationException"
    assert message.startswith("SNS refused to register the device: NotFound")


def test_a_token_that_sns_refuses(sync: Publishing, sns: Any) -> None:
    push = sync.developer.get_identity_pool_configuration(IdentityPoolId=sync.pool.id)["PushSync"]
    sns.create_platform_endpoint(
        PlatformApplicationArn=push["ApplicationArns"][0], Token="token", CustomUserData="of another"
    )
    code, message = refusal(sync.app.register_device, **sync.ids, Platform="GCM", Token="token")
    assert (code, message[:35]) == ("InvalidParameterException", "SNS refused the token of the device")


def test_a_role_of_motos_iam(sync: Publishing) -> None:
    iam = boto3.client("iam")
    nobody = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [nobody]})
    role = iam.create_role(RoleName="push", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    push: Any = sync.developer.get_identity_pool_configuration(IdentityPoolId=sync.pool.id)["PushSync"]
    sync.configure(PushSync={**push, "RoleArn": role})
    code, _ = refusal(sync.app.register_device, **sync.ids, Platform="GCM", Token="token")
    assert code == "InvalidConfigurationException"


@pytest.mark.parametrize("service", ["SNS", "IAM"])
def test_an_update_does_not_fail_where_nobody_answers(
    cognito: Cognito, monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    with mock_aws():
        sns = boto3.client("sns")
        arn = sns.create_platform_application(Name="notes", Platform="GCM", Attributes={})["PlatformApplicationArn"]
        sync = Publishing(cognito)
        sync.configure(PushSync={"ApplicationArns": [arn], "RoleArn": ROLE})
        sync.write("colour", "red")
        sync.subscriber("token")
    monkeypatch.setenv(f"AWS_ENDPOINT_URL_{service}", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    (updated,) = sync.write("colour", "blue")
    assert updated["SyncCount"] == 2
    assert sync.pushed("token") == []
    assert refusal(sync.app.register_device, **sync.ids, Platform="GCM", Token="another").code == (
        "InvalidConfigurationException"
    )
