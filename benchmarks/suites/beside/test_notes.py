"""Tests that need user pools and DynamoDB, each with a session of its own."""

import os

import boto3
import pytest

from benchmarks.sign_in import set_up_and_sign_in


@pytest.mark.parametrize("number", range(int(os.environ["BENCHMARK_TESTS"])))
def test_note(number: int, mocks: None) -> None:
    session = boto3.Session(region_name="us-east-1")
    assert set_up_and_sign_in(session.client("cognito-idp"))
    notes = session.client("dynamodb")
    notes.create_table(
        TableName="notes",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    notes.put_item(TableName="notes", Item={"id": {"S": "1"}})
    assert notes.get_item(TableName="notes", Key={"id": {"S": "1"}})["Item"]
