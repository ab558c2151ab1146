"""BulkPublish and GetBulkPublishDetails."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.identity_pools import NOBODY, no_identity_pool
from tests.support.publishing import STREAM, STREAMS, WRONG_CREDENTIALS, Publishing, trust
from tests.support.refusals import Refusal, invalid_parameter, refusal

MOMENT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def sync(cognito: Cognito) -> Publishing:
    """A pool that streams, with two datasets that are older than the streaming."""
    cognito.clock.freeze(MOMENT)
    sync = Publishing(cognito)
    sync.write("colour", "red")
    sync.write("size", "1")
    sync.write("colour", None)
    sync.write("level", "3", dataset="game")
    sync.write("level", "4", dataset="deleted")
    sync.app.delete_dataset(**sync.ids, DatasetName="deleted")
    sync.configure(CognitoStreams=STREAMS)
    return sync


def start(sync: Publishing) -> str:
    return sync.developer.bulk_publish(IdentityPoolId=sync.pool.id)["IdentityPoolId"]


def look(sync: Publishing) -> dict[str, Any]:
    details: Any = sync.developer.get_bulk_publish_details(IdentityPoolId=sync.pool.id)
    del details["ResponseMetadata"]
    assert details.pop("IdentityPoolId") == sync.pool.id
    return {name.removeprefix("BulkPublish"): value for name, value in details.items()}


def refused(sync: Publishing) -> Refusal:
    return refusal(sync.developer.bulk_publish, IdentityPoolId=sync.pool.id)


def in_progress(sync: Publishing) -> Refusal:
    return Refusal(
        "DuplicateRequestException", f"A bulk publish of identity pool {sync.pool.id} is in progress already."
    )


def streamed_already(sync: Publishing) -> Refusal:
    return Refusal("AlreadyStreamedException", f"Identity pool {sync.pool.id} was published within the last 24 hours.")


def test_each_dataset_is_published_with_all_its_records(sync: Publishing, cognito: Cognito) -> None:
    other = sync.pool.guest()
    client = sync.client_of(other)
    theirs: Any = {"IdentityPoolId": sync.pool.id, "IdentityId": other.id}
    token = client.list_records(**theirs, DatasetName="notes")["SyncSessionToken"]
    patch: Any = {"Op": "replace", "Key": "colour", "Value": "blue", "SyncCount": 0}
    client.update_records(**theirs, DatasetName="notes", RecordPatches=[patch], SyncSessionToken=token)
    cognito.streams.clear()

    assert start(sync) == sync.pool.id
    found = {
        (each.data["identityId"], each.data["dataSetName"]): (
            each.data["operation"],
            each.data["syncCount"],
            [(record["key"], record["value"], record["syncCount"]) for record in each.data["kinesisSyncRecords"]],
        )
        for each in cognito.streams.of(STREAM)
    }
    assert found == {
        (sync.identity.id, "notes"): ("replace", 3, [("size", "1", 2)]),
        (sync.identity.id, "game"): ("replace", 1, [("level", "3", 1)]),
        (other.id, "notes"): ("replace", 1, [("colour", "blue", 1)]),
    }
    assert len(cognito.streams) == 3


def test_the_states(sync: Publishing) -> None:
    assert look(sync) == {"Status": "NOT_STARTED"}
    start(sync)
    assert look(sync) == {"Status": "IN_PROGRESS", "StartTime": MOMENT}
    assert look(sync) == look(sync) == {"Status": "SUCCEEDED", "StartTime": MOMENT, "CompleteTime": MOMENT}


def test_there_is_one_at_a_time_and_one_in_a_day(sync: Publishing, cognito: Cognito) -> None:
    start(sync)
    assert refused(sync) == in_progress(sync)
    look(sync)
    assert refused(sync) == streamed_already(sync)
    cognito.clock.advance(hours=23, minutes=59, seconds=59)
    assert refused(sync) == streamed_already(sync)
    cognito.clock.advance(seconds=1)
    start(sync)
    assert len(cognito.streams) == 4
    assert look(sync) == {"Status": "IN_PROGRESS", "StartTime": MOMENT + dt.timedelta(days=1)}


def test_it_is_over_after_a_minute(sync: Publishing, cognito: Cognito) -> None:
    start(sync)
    cognito.clock.advance(minutes=1)
    assert refused(sync) == streamed_already(sync)
    assert look(sync)["Status"] == "SUCCEEDED"


def test_one_that_failed_may_be_repeated_at_once(sync: Publishing, cognito: Cognito) -> None:
    role = cognito.create_role("streams", trust(f"{sync.pool.arn}0"))
    sync.configure(CognitoStreams={**STREAMS, "RoleArn": role.arn})
    start(sync)
    assert look(sync) == {"Status": "IN_PROGRESS", "StartTime": MOMENT}
    (failure,) = cognito.streams.failures
    assert look(sync) == {"Status": "FAILED", "StartTime": MOMENT, "FailureMessage": failure.reason}
    assert sync.streams()["StreamingStatus"] == "DISABLED"
    sync.configure(CognitoStreams=STREAMS)
    start(sync)
    look(sync)
    assert look(sync)["Status"] == "SUCCEEDED"


@pytest.mark.parametrize("streams", [{}, {**STREAMS, "StreamingStatus": "DISABLED"}])
def test_streaming_must_be_enabled(sync: Publishing, cognito: Cognito, streams: Any) -> None:
    sync.configure(CognitoStreams=streams)
    message = f"Cognito Streams are not enabled for identity pool {sync.pool.id}."
    assert refused(sync) == invalid_parameter(message)
    assert (look(sync), list(cognito.streams)) == ({"Status": "NOT_STARTED"}, [])


def test_only_developers_publish(sync: Publishing, cognito: Cognito) -> None:
    pool = {"IdentityPoolId": sync.pool.id}
    assert refusal(sync.app.bulk_publish, **pool) == WRONG_CREDENTIALS
    assert refusal(sync.app.get_bulk_publish_details, **pool) == WRONG_CREDENTIALS
    assert not cognito.streams


def test_a_pool_that_is_not_there(sync: Publishing) -> None:
    nobody = {"IdentityPoolId": NOBODY}
    assert refusal(sync.developer.bulk_publish, **nobody) == no_identity_pool(NOBODY)
    assert refusal(sync.developer.get_bulk_publish_details, **nobody) == no_identity_pool(NOBODY)
