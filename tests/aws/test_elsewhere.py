"""Clients for services that are not ours: who answers them."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from pytest_cognito.aws import other_services
from tests.support.network import closed
from tests.support.refusals import refusal


@pytest.mark.usefixtures("cognito")
class TestClients:
    @pytest.mark.parametrize(
        ("service", "operation", "parameters"),
        [("kms", "describe_key", {"KeyId": "k"}), ("lambda", "invoke", {"FunctionName": "f"})],
    )
    def test_nobody_answers(self, service: str, operation: str, parameters: dict[str, Any]) -> None:
        client = other_services.client(service, "us-east-1")
        with closed() as tried:
            assert refusal(getattr(client, operation), **parameters)[0] == other_services.NOT_ANSWERED
        assert tried == []

    def test_moto_answers_while_it_is_active(self) -> None:
        def describe() -> Any:
            return other_services.client("kms", "us-east-1").describe_key(KeyId=key)["KeyMetadata"]["Arn"]

        with mock_aws():
            key = boto3.client("kms", region_name="us-east-1").create_key()["KeyMetadata"]["Arn"]
            assert describe() == key
        with pytest.raises(ClientError, match=other_services.NOT_ANSWERED):
            describe()

    def test_an_endpoint_that_is_configured_is_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", "http://kms.localhost:1")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        with closed() as tried, pytest.raises(EndpointConnectionError):
            other_services.client("kms", "us-east-1").describe_key(KeyId="k")
        assert "kms.localhost" in tried[0]

    def test_a_client_is_made_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        client = other_services.client("kms", "us-east-1")
        assert other_services.client("kms", "us-east-1") is client
        assert other_services.client("kms", "eu-west-1") is not client
        monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", "http://localhost:1")
        assert other_services.client("kms", "us-east-1") is not client


def test_nobody_is_asked_where_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not other_services.may_answer("iam")
    with mock_aws():
        assert other_services.may_answer("iam")
    assert not other_services.may_answer("iam")
    monkeypatch.setenv("AWS_ENDPOINT_URL_IAM", "http://127.0.0.1:9")
    assert other_services.may_answer("iam")
    assert not other_services.may_answer("sts")
