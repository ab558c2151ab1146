"""Cognito Streams where moto is Kinesis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito.cognito import Cognito
from tests.support.publishing import STREAM, STREAMS, Publishing


@pytest.fixture
def moto() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def kinesis(moto: None, cognito: Cognito) -> Any:
    """Kinesis with the stream."""
    client = boto3.client("kinesis")
    client.create_stream(StreamName=STREAM, ShardCount=1)
    return client


@pytest.fixture
def sync(kinesis: Any, cognito: Cognito) -> Publishing:
    sync = Publishing(cognito)
    sync.configure(CognitoStreams=STREAMS)
    return sync


def consumed(kinesis: Any) -> list[Any]:
    """All records of the stream."""
    shard = kinesis.describe_stream(StreamName=STREAM)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = kinesis.get_shard_iterator(StreamName=STREAM, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    return list(kinesis.get_records(ShardIterator=iterator["ShardIterator"])["Records"])


def test_a_consumer_reads_every_change(sync: Publishing, kinesis: Any, cognito: Cognito) -> None:
    sync.write("größe", "1")
    sync.app.delete_dataset(**sync.dataset)
    records = consumed(kinesis)
    assert [json.loads(each["Data"]) for each in records] == [each.data for each in cognito.streams]
    assert {each["PartitionKey"] for each in records} == {sync.identity.id}
    assert [each.data["operation"] for each in cognito.streams] == ["replace", "remove"]


def test_what_is_too_large_for_kinesis_is_behind_an_address(sync: Publishing, kinesis: Any) -> None:
    sync.write("colour", '"' * 1_000_000)
    (record,) = consumed(kinesis)
    data = json.loads(record["Data"])
    assert (data["payloadType"], data["kinesisSyncRecords"]) == ("S3Url", None)


def test_a_stream_that_was_deleted_turns_streaming_off(sync: Publishing, kinesis: Any, cognito: Cognito) -> None:
    kinesis.delete_stream(StreamName=STREAM)
    (updated,) = sync.write("colour", "red")
    assert updated["SyncCount"] == 1
    assert sync.streams() == {**STREAMS, "StreamingStatus": "DISABLED"}
    assert [each.reason for each in cognito.streams.failures] == ["Kinesis answers ResourceNotFoundException"]

    kinesis.create_stream(StreamName=STREAM, ShardCount=1)
    sync.write("colour", "blue")
    assert consumed(kinesis) == []
    sync.configure(CognitoStreams=STREAMS)
    sync.write("colour", "green")
    assert len(consumed(kinesis)) == len(cognito.streams) == 1


def test_a_bulk_publish_reaches_the_consumer_and_fails_without_the_stream(sync: Publishing, kinesis: Any) -> None:
    sync.write("colour", "red")
    pool = {"IdentityPoolId": sync.pool.id}
    sync.developer.bulk_publish(**pool)
    first, second = consumed(kinesis)
    assert first["Data"] == second["Data"]

    sync.cognito.clock.advance(days=1)
    kinesis.delete_stream(StreamName=STREAM)
    sync.developer.bulk_publish(**pool)
    sync.developer.get_bulk_publish_details(**pool)
    details = sync.developer.get_bulk_publish_details(**pool)
    assert (details["BulkPublishStatus"], "BulkPublishCompleteTime" in details) == ("FAILED", False)
    assert details["FailureMessage"] == "Kinesis answers ResourceNotFoundException"
    assert sync.streams()["StreamingStatus"] == "DISABLED"


@pytest.mark.parametrize("service", ["_KINESIS", "_IAM"])
def test_an_endpoint_that_does_not_answer_leaves_streaming_on(
    cognito: Cognito, monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    sync = Publishing(cognito)
    sync.configure(CognitoStreams=STREAMS)
    monkeypatch.setenv(f"AWS_ENDPOINT_URL{service}", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    sync.write("colour", "red")
    (failure,) = cognito.streams.failures
    assert not failure.turned_off
    assert "127.0.0.1:9" in failure.reason
    assert sync.streams() == STREAMS
