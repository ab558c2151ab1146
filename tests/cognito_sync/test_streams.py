"""Cognito Streams without Kinesis: what a test reads of the streams of the world."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import quote

import pytest
import requests

from pytest_cognito import Server
from pytest_cognito.cognito import Cognito
from pytest_cognito.kernel.errors import UsageError
from tests.server.loopback import Wire, authorization
from tests.support.publishing import ACCOUNT, STREAM, STREAMS, Publishing, allow, trust
from tests.support.refusals import refusal

ARN = f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/{STREAM}"
MOMENT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
MILLISECONDS = int(MOMENT.timestamp()) * 1000


@pytest.fixture
def sync(cognito: Cognito) -> Publishing:
    cognito.clock.freeze(MOMENT)
    sync = Publishing(cognito)
    sync.configure(CognitoStreams=STREAMS)
    return sync


def document(sync: Publishing, records: list[dict[str, Any]] | None, count: int, **others: Any) -> dict[str, Any]:
    return {
        "identityPoolId": sync.pool.id,
        "identityId": sync.identity.id,
        "dataSetName": "notes",
        "operation": "replace",
        "kinesisSyncRecords": records,
        "lastModifiedDate": MILLISECONDS,
        "kinesisSyncRecordsURL": None,
        "payloadType": "Inline",
        "syncCount": count,
        **others,
    }


def record(key: str, value: str | None, count: int) -> dict[str, Any]:
    return {
        "key": key,
        "value": value,
        "syncCount": count,
        "lastModifiedDate": MILLISECONDS,
        "deviceLastModifiedDate": MILLISECONDS,
        "op": "remove" if value is None else "replace",
    }


def test_every_change_is_one_record_of_the_stream(sync: Publishing, cognito: Cognito) -> None:
    sync.write("größe", "1")
    sync.write("colour", "red")
    sync.write("colour", None)
    cognito.clock.advance(minutes=10)
    sync.app.delete_dataset(**sync.dataset)
    later = MILLISECONDS + 600_000
    assert [each.data for each in cognito.streams.of(STREAM)] == [
        document(sync, [record("größe", "1", 1)], 1),
        document(sync, [record("colour", "red", 2)], 2),
        document(sync, [record("colour", None, 3)], 3),
        document(sync, None, 3, operation="remove", lastModifiedDate=later),
    ]
    last = cognito.streams.last()
    assert (last.stream, last.pool_id, last.partition_key) == (STREAM, sync.pool.id, sync.identity.id)
    assert last.time == MOMENT + dt.timedelta(minutes=10)
    assert repr(last) == f"<StreamRecord {STREAM}: remove notes syncCount=3>"


def test_several_patches_are_one_record_with_the_dates_of_the_device(sync: Publishing, cognito: Cognito) -> None:
    token = sync.app.list_records(**sync.dataset)["SyncSessionToken"]
    changed = MOMENT - dt.timedelta(days=1)
    patches: Any = [
        {"Op": "replace", "Key": key, "Value": key, "SyncCount": 0, "DeviceLastModifiedDate": changed} for key in "ab"
    ]
    sync.app.update_records(**sync.dataset, RecordPatches=patches, SyncSessionToken=token)
    (published,) = cognito.streams
    records = published.data["kinesisSyncRecords"]
    assert [(each["key"], each["syncCount"]) for each in records] == [("a", 1), ("b", 1)]
    assert {each["deviceLastModifiedDate"] for each in records} == {MILLISECONDS - 86_400_000}


def test_what_changes_nothing_is_not_published(sync: Publishing, cognito: Cognito) -> None:
    token = sync.app.list_records(**sync.dataset)["SyncSessionToken"]
    sync.app.update_records(**sync.dataset, SyncSessionToken=token)
    patch: Any = {"Op": "replace", "Key": "colour", "Value": "blue", "SyncCount": 7}
    code, _ = refusal(sync.app.update_records, **sync.dataset, RecordPatches=[patch], SyncSessionToken=token)
    assert (code, len(cognito.streams)) == ("ResourceConflictException", 0)


def test_streaming_can_be_turned_off_and_to_another_stream(sync: Publishing, cognito: Cognito) -> None:
    sync.configure(CognitoStreams={**STREAMS, "StreamingStatus": "DISABLED"})
    sync.write("colour", "red")
    assert not cognito.streams
    sync.configure(CognitoStreams={**STREAMS, "StreamName": "others"})
    sync.write("colour", "blue")
    assert [each.stream for each in cognito.streams] == ["others"]
    sync.configure(CognitoStreams={})
    sync.write("colour", "green")
    assert len(cognito.streams) == 1


def test_the_developer_changes_are_published_too(sync: Publishing, cognito: Cognito) -> None:
    token = sync.developer.list_records(**sync.dataset)["SyncSessionToken"]
    patch: Any = {"Op": "replace", "Key": "colour", "Value": "blue", "SyncCount": 0}
    sync.developer.update_records(**sync.dataset, RecordPatches=[patch], SyncSessionToken=token)
    assert cognito.streams.last(STREAM).data == document(sync, [record("colour", "blue", 1)], 1)


class TestRoles:
    """A role that the world knows must trust Cognito Sync and may put records."""

    def test_a_right_role(self, sync: Publishing, cognito: Cognito) -> None:
        role = cognito.create_role("streams", trust(sync.pool.arn), [allow("kinesis:PutRecord", ARN)])
        sync.configure(CognitoStreams={**STREAMS, "RoleArn": role.arn})
        sync.write("colour", "red")
        assert len(cognito.streams.of(STREAM)) == 1
        assert cognito.streams.failures == []

    @pytest.mark.parametrize(
        ("principal", "resource", "reason"),
        [
            ("lambda.amazonaws.com", ARN, "does not let cognito-sync.amazonaws.com assume the role"),
            ("cognito-sync.amazonaws.com", f"{ARN}2", "do not allow kinesis:PutRecord on"),
        ],
    )
    def test_a_wrong_one_turns_streaming_off(
        self, sync: Publishing, cognito: Cognito, principal: str, resource: str, reason: str
    ) -> None:
        role = cognito.create_role("streams", trust(sync.pool.arn, principal), [allow("kinesis:PutRecord", resource)])
        streams = {**STREAMS, "RoleArn": role.arn}
        sync.configure(CognitoStreams=streams)
        (updated,) = sync.write("colour", "red")
        assert updated["SyncCount"] == 1
        assert sync.streams() == {**streams, "StreamingStatus": "DISABLED"}
        (failure,) = cognito.streams.failures
        assert (failure.stream, failure.pool_id, failure.turned_off) == (STREAM, sync.pool.id, True)
        assert reason in failure.reason
        with pytest.raises(LookupError, match=f"could not publish to {STREAM}: .*{reason}"):
            cognito.streams.last()

        right = cognito.create_role("right", trust(sync.pool.arn), [allow("kinesis:*", ARN)])
        sync.write("colour", "blue")
        assert not cognito.streams
        sync.configure(CognitoStreams={**STREAMS, "RoleArn": right.arn})
        sync.write("colour", "green")
        assert cognito.streams.last().data["syncCount"] == 3


class TestLargeChanges:
    """Above 1 MB the records are behind an address."""

    def test_their_records_are_behind_an_address(self, sync: Publishing, cognito: Cognito) -> None:
        value = "ä" * 500_000
        sync.write("colour", value)
        assert cognito.streams.last().data["payloadType"] == "Inline"
        sync.write("size", "x" * 40_000)
        sync.write("colour", '"' * 1_000_000)
        data = cognito.streams.last().data
        url = data["kinesisSyncRecordsURL"]
        assert data == document(sync, None, 3, payloadType="S3Url", kinesisSyncRecordsURL=url)
        assert requests.get(url, timeout=5).json() == [record("colour", '"' * 1_000_000, 3)]
        assert requests.get(url.partition("?")[0], timeout=5).status_code == 403
        assert len(json.dumps(data)) < 2000

    def test_the_address_expires(self, sync: Publishing, cognito: Cognito) -> None:
        sync.write("colour", '"' * 1_000_000)
        url = cognito.streams.last().data["kinesisSyncRecordsURL"]
        cognito.clock.advance(days=6, hours=23)
        assert requests.head(url, timeout=5).status_code == 200
        cognito.clock.advance(hours=1)
        assert requests.head(url, timeout=5).status_code == 403
        assert "Request has expired" in requests.get(url, timeout=5).text

    def test_the_address_is_one_of_the_server_that_was_called(
        self, sync: Publishing, cognito: Cognito, cognito_server: Server
    ) -> None:
        ids = {**sync.dataset, "IdentityPoolId": quote(sync.pool.id, safe=""), "IdentityId": quote(sync.identity.id)}
        path = "/identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}".format(**ids)
        token = sync.developer.list_records(**sync.dataset)["SyncSessionToken"]
        patch = {"Op": "replace", "Key": "colour", "Value": '"' * 1_000_000, "SyncCount": 0}
        body = {"SyncSessionToken": token, "RecordPatches": [patch]}
        signed = {"Authorization": authorization(service="cognito-sync")}
        with Wire(cognito_server.endpoint_url) as wire:
            assert wire.send("POST", path, signed, json.dumps(body).encode()).status == 200
        url = cognito.streams.last().data["kinesisSyncRecordsURL"]
        assert url.startswith(cognito_server.endpoint_url)
        assert requests.get(url, timeout=5).json() == [record("colour", '"' * 1_000_000, 1)]

    def test_the_address_is_forgotten_by_a_reset(self, sync: Publishing, cognito: Cognito) -> None:
        sync.write("colour", '"' * 1_000_000)
        host = cognito.streams.last().data["kinesisSyncRecordsURL"].split("/")[2]
        assert cognito.world.sites.find(host) is not None
        cognito.reset()
        assert cognito.world.sites.find(host) is None
        assert not cognito.streams


class TestReading:
    """``cognito.streams``."""

    def test_what_there_is_none_of(self, cognito: Cognito) -> None:
        with pytest.raises(LookupError, match="where set_identity_pool_configuration has enabled CognitoStreams"):
            cognito.streams.last()
        with pytest.raises(UsageError, match=r"a stream is named as in CognitoStreams: of\('changes'\), not 5"):
            cognito.streams.of(5)  # type: ignore[arg-type]

    def test_a_list_of_all(self, sync: Publishing, cognito: Cognito) -> None:
        sync.write("colour", "red")
        assert (list(cognito.streams), repr(cognito.streams)) == ([cognito.streams[0]], "<Streams: 1 records>")
        assert cognito.streams.of("others") == []
        with pytest.raises(LookupError, match="no record was published to others; there are records of changes"):
            cognito.streams.last("others")
        cognito.streams.clear()
        assert len(cognito.streams) == 0
