"""The function of a SyncTrigger: its event, and what it changes of an update."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, IdentityPool
from tests.support.functions import Event, Function, unchanged
from tests.support.refusals import refusal
from tests.support.sync_devices import SyncDevice, of_guest

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient


@pytest.fixture
def pool(cognito: Cognito) -> IdentityPool:
    return cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)


@pytest.fixture
def device(pool: IdentityPool) -> SyncDevice:
    """A device whose dataset has three records."""
    device = of_guest(pool)
    device.update(theme="dark", size="10", draft="x")
    return device


def changing(**records: Any) -> Function:
    """A function that returns its event with other records."""
    return lambda event, context: {**event, "datasetRecords": {**event["datasetRecords"], **records}}


def to(value: str) -> dict[str, str]:
    return {"newValue": value, "op": "replace"}


REMOVE = {"op": "remove"}


# The event


def test_the_event_has_all_records_of_the_dataset(cognito: Cognito, pool: IdentityPool, device: SyncDevice) -> None:
    pool.set_trigger("SyncTrigger", unchanged)
    device.update(size="12", draft=None, sound="on")
    invocation = cognito.triggers.last("SyncTrigger")
    assert invocation.event == {
        "version": 2,
        "eventType": "SyncTrigger",
        "region": "us-east-1",
        "identityPoolId": pool.id,
        "identityId": device.identity_id,
        "datasetName": "preferences",
        "datasetRecords": {
            "theme": {"oldValue": "dark", "newValue": "dark", "op": "replace"},
            "size": {"oldValue": "10", "newValue": "12", "op": "replace"},
            "draft": {"oldValue": "x", "newValue": None, "op": "remove"},
            "sound": {"oldValue": None, "newValue": "on", "op": "replace"},
        },
    }
    assert (invocation.trigger, invocation.source, invocation.error) == ("SyncTrigger", "SyncTrigger", None)
    device.update(draft="y")
    assert cognito.triggers.last().event["datasetRecords"]["draft"] == {
        "oldValue": None,
        "newValue": "y",
        "op": "replace",
    }


def test_a_function_that_changes_nothing_lets_the_update_be(pool: IdentityPool, device: SyncDevice) -> None:
    pool.set_trigger("SyncTrigger", unchanged)
    assert device.update(size="12", draft=None, sound="on") == {"size": "12", "draft": None, "sound": "on"}
    assert {record["Key"]: record["SyncCount"] for record in device.list()["Records"]} == {
        "theme": 1,
        "size": 2,
        "draft": 2,
        "sound": 2,
    }


def test_the_developers_updates_run_no_function(
    cognito: Cognito, cognito_sync: CognitoSyncClient, pool: IdentityPool, device: SyncDevice
) -> None:
    pool.set_trigger("SyncTrigger", changing(theme=to("light")))
    assert device.update(cognito_sync, size="12") == {"size": "12"}
    assert device.update() == {}
    cognito_sync.set_cognito_events(IdentityPoolId=pool.id, Events={"SyncTrigger": ""})
    device.update(size="13")
    assert len(cognito.triggers) == 0


# What the function changes


@pytest.mark.parametrize(
    ("records", "touched"),
    [
        ({"size": to("14")}, {"size": "14"}),
        ({"size": REMOVE}, {"size": None}),
        ({"size": {"newValue": None, "op": "replace"}}, {"size": None}),
        ({"size": {"op": "replace"}}, {"size": None}),
        ({"size": {"newValue": "14", "op": "remove"}}, {"size": None}),
        ({"size": {"oldValue": "1", "newValue": "12", "op": "replace"}}, {"size": "12"}),
        ({"theme": to("light")}, {"size": "12", "theme": "light"}),
        ({"theme": REMOVE}, {"size": "12", "theme": None}),
        ({"theme": to("dark")}, {"size": "12"}),
        ({"checked": to("yes")}, {"size": "12", "checked": "yes"}),
        ({"checked": REMOVE}, {"size": "12"}),
        ({"": to("")}, None),
    ],
)
def test_changes_of_a_function(
    pool: IdentityPool, device: SyncDevice, records: dict[str, Any], touched: dict[str, str | None] | None
) -> None:
    pool.set_trigger("SyncTrigger", changing(**records))
    if touched is None:
        with pytest.raises(device.client.exceptions.InvalidLambdaFunctionOutputException):
            device.update(size="12")
        return
    assert device.update(size="12") == touched
    assert device.values() == {"theme": "dark", "draft": "x", **touched}
    assert {record["SyncCount"] for record in device.list()["Records"] if record["Key"] in touched} == {2}


def test_a_function_can_keep_a_record_that_the_update_removes(pool: IdentityPool, device: SyncDevice) -> None:
    pool.set_trigger("SyncTrigger", changing(draft=to("kept")))
    assert device.update(draft=None) == {"draft": "kept"}


@pytest.mark.parametrize("left", [{}, {"theme": to("light")}])
def test_records_that_a_function_leaves_out_are_updated_as_the_device_wants(
    pool: IdentityPool, device: SyncDevice, left: dict[str, Any]
) -> None:
    pool.set_trigger("SyncTrigger", lambda event, context: {**event, "datasetRecords": left})
    wanted = {"size": "12", "draft": None}
    assert device.update(**wanted) == {**wanted, **{key: record["newValue"] for key, record in left.items()}}


def test_the_first_update_of_a_dataset(pool: IdentityPool) -> None:
    pool.set_trigger("SyncTrigger", changing(theme=REMOVE, checked=to("yes")))
    assert of_guest(pool).update(theme="dark") == {"theme": None, "checked": "yes"}


def test_what_cognito_does_not_read_is_told(cognito: Cognito, pool: IdentityPool, device: SyncDevice) -> None:
    def function(event: Event, context: object) -> Event:
        event["datasetRecords"]["theme"].update(oldValue="light", syncCount=9)
        return {**event, "note": "done"}

    pool.set_trigger("SyncTrigger", function)
    device.update(size="12")
    assert [ignored.path for ignored in cognito.triggers.last().ignored] == [
        "note",
        "theme.oldValue",
        "theme.syncCount",
    ]


def test_the_limits_hold_for_what_a_function_adds(pool: IdentityPool, device: SyncDevice) -> None:
    pool.set_trigger("SyncTrigger", changing(**{f"k{number}": to("") for number in range(1022)}))
    with pytest.raises(device.client.exceptions.LimitExceededException):
        device.update(size="12")
    assert len(device.list()["Records"]) == 3


def test_the_stream_gets_what_was_stored(
    cognito: Cognito, pool: IdentityPool, device: SyncDevice, cognito_sync: CognitoSyncClient
) -> None:
    role = "arn:aws:iam::123456789012:role/streams"
    cognito_sync.set_identity_pool_configuration(
        IdentityPoolId=pool.id,
        CognitoStreams={"StreamName": "changes", "RoleArn": role, "StreamingStatus": "ENABLED"},
    )
    pool.set_trigger("SyncTrigger", changing(size=to("14"), draft=REMOVE))
    device.update(size="12")
    records = cognito.streams.last("changes").data["kinesisSyncRecords"]
    assert [(record["key"], record["value"], record["op"]) for record in records] == [
        ("size", "14", "replace"),
        ("draft", None, "remove"),
    ]
    assert list(cognito_sync.get_cognito_events(IdentityPoolId=pool.id)["Events"]) == ["SyncTrigger"]


# While it runs


def test_a_function_may_call_cognito(pool: IdentityPool, device: SyncDevice, cognito_sync: CognitoSyncClient) -> None:
    other = of_guest(pool)

    def function(event: Event, context: object) -> Event:
        other.update(cognito_sync, seen=event["datasetRecords"]["size"]["newValue"])
        return event

    pool.set_trigger("SyncTrigger", function)
    device.update(size="12")
    assert other.values() == {"seen": "12"}


def test_who_comes_first_while_it_runs_wins(
    pool: IdentityPool, device: SyncDevice, cognito_sync: CognitoSyncClient
) -> None:
    def function(event: Event, context: object) -> Event:
        device.update(cognito_sync, size="11")
        return event

    pool.set_trigger("SyncTrigger", function)
    with pytest.raises(device.client.exceptions.ResourceConflictException, match="for: size is: 2 not: 1"):
        device.update(size="12")
    assert device.values()["size"] == "11"


@pytest.mark.parametrize(
    ("deleted", "code"),
    [
        ("pool", "ResourceNotFoundException"),
        ("identity", "ResourceNotFoundException"),
        ("dataset", "ResourceConflictException"),
    ],
)
def test_an_update_ends_where_a_function_deletes_what_it_is_about(
    pool: IdentityPool, device: SyncDevice, cognito_sync: CognitoSyncClient, deleted: str, code: str
) -> None:
    def function(event: Event, context: object) -> Event:
        if deleted == "dataset":
            cognito_sync.delete_dataset(**device.named)
        elif deleted == "identity":
            pool.call("DeleteIdentities", IdentityIdsToDelete=[device.owner.id])
        else:
            pool.call("DeleteIdentityPool")
        return event

    pool.set_trigger("SyncTrigger", function)
    assert refusal(device.update, size="12").code == code


# Whatever the function returns

KEYS = st.sampled_from(["theme", "size", "draft", "new"])
VALUES = st.none() | st.sampled_from(["dark", "10", "12", "light"])
RECORD = st.fixed_dictionaries({"newValue": VALUES, "op": st.sampled_from(["replace", "remove"])})
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.integers(), st.just({}), st.just({"op": "add", "newValue": "1"}), st.just({"newValue": "1"})
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    wanted=st.dictionaries(KEYS, VALUES, min_size=1),
    records=st.dictionaries(KEYS, RECORD),
    odd=st.dictionaries(KEYS, ODD, max_size=1),
)
def test_any_answer(
    pool: IdentityPool,
    device: SyncDevice,
    wanted: dict[str, str | None],
    records: dict[str, Any],
    odd: Mapping[str, Any],
) -> None:
    pool.set_trigger("SyncTrigger", unchanged)
    device.client.delete_dataset(**device.named)
    device.update(theme="dark", size="10", draft="x")
    before = device.values()
    pool.set_trigger("SyncTrigger", lambda event, context: {**event, "datasetRecords": {**records, **odd}})
    stored = {key: record["newValue"] if record["op"] == "replace" else None for key, record in records.items()}
    if odd:
        with pytest.raises(device.client.exceptions.InvalidLambdaFunctionOutputException):
            device.update(**wanted)
        assert device.values() == before
        return
    touched = {**wanted, **{key: value for key, value in stored.items() if value != {**before, **wanted}.get(key)}}
    assert device.update(**wanted) == touched
    assert device.values() == {**before, **touched}
