"""Tests that make a session of their own and three clients, while a mock is active."""

import os

import boto3
import pytest


@pytest.mark.parametrize("number", range(int(os.environ["BENCHMARK_TESTS"])))
def test_clients(number: int, mocks: None) -> None:
    session = boto3.Session(region_name="us-east-1")
    clients = session.client("cognito-idp"), session.client("dynamodb"), session.client("s3")
    assert len({client.meta.service_model.service_name for client in clients}) == 3
