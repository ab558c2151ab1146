"""ListRecords and UpdateRecords: sync counts, conflicts, removed records, what is told of a record."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pytest_cognito import Cognito
from tests.support.refusals import Refusal, invalid_parameter
from tests.support.synchronized import Device, conflict, no_sync_count, removed, replaced, values

A_WHILE_AGO = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)


def test_a_dataset_that_is_not_there(device: Device) -> None:
    answer: dict[str, Any] = {**device.list()}

    assert answer.pop("SyncSessionToken")
    assert answer.pop("ResponseMetadata")["HTTPStatusCode"] == 200
    assert answer == {
        "Records": [],
        "Count": 0,
        "DatasetSyncCount": 0,
        "DatasetExists": False,
        "DatasetDeletedAfterRequestedSyncCount": False,
        "MergedDatasetNames": [],
    }
    assert device.client.list_datasets(**device.identity)["Datasets"] == []


def test_records_are_listed_as_they_were_stored(cognito: Cognito, device: Device) -> None:
    now = cognito.clock.freeze(cognito.clock.now().replace(microsecond=123_000))
    token = device.token()
    patch = replaced({"level": "größer 7"})[0]

    stored = device.patch({**patch, "DeviceLastModifiedDate": A_WHILE_AGO}, SyncSessionToken=token)

    assert stored == [
        {
            "Key": "level",
            "Value": "größer 7",
            "SyncCount": 1,
            "LastModifiedDate": now,
            "LastModifiedBy": device.identity_id,
            "DeviceLastModifiedDate": A_WHILE_AGO,
        }
    ]
    answer = device.list()
    assert answer["Records"] == stored
    assert (answer["Count"], answer["DatasetSyncCount"], answer["DatasetExists"]) == (1, 1, True)
    assert answer["LastModifiedBy"] == device.identity_id


def test_a_device_that_does_not_say_when_a_record_was_changed(device: Device) -> None:
    record = device.put(level="7")[0]

    assert record["DeviceLastModifiedDate"] == record["LastModifiedDate"]


def test_the_sync_count_goes_up_by_one_with_each_call(device: Device) -> None:
    first = device.put(a="1", b="1", c="1")
    second = device.put(1, b="2", c="2")

    assert [record["SyncCount"] for record in (*first, *second)] == [1, 1, 1, 2, 2]
    assert device.list()["DatasetSyncCount"] == 2
    assert {record["Key"]: record["SyncCount"] for record in device.list()["Records"]} == {"a": 1, "b": 2, "c": 2}


def test_only_what_has_changed_is_listed(device: Device) -> None:
    device.put(a="1", b="1", c="1")
    device.put(1, b="2")

    assert values(device.list(after=1)) == {"b": "2"}
    assert values(device.list(after=2)) == {}
    assert device.list(after=2)["DatasetSyncCount"] == 2


def test_a_removed_record_stays_without_its_value(device: Device) -> None:
    device.put(a="1", b="1")
    gone = device.patch(*removed(["a"], 1))

    assert [(record["Key"], record.get("Value"), record["SyncCount"]) for record in gone] == [("a", None, 2)]
    assert values(device.list(after=1)) == {"a": None}
    assert values(device.list()) == {"a": None, "b": "1"}
    assert device.client.describe_dataset(**device.named)["Dataset"]["NumRecords"] == 1


def test_a_removed_record_comes_back_by_its_sync_count(device: Device) -> None:
    device.put(a="1")
    device.patch(*removed(["a"], 1))

    assert device.refused(*replaced({"a": "2"})) == conflict("a", 2, 0)
    assert device.put(2, a="2")[0]["SyncCount"] == 3


def test_a_record_that_never_was_can_be_removed(device: Device) -> None:
    """A device does so that made a record and removed it before it synchronized."""
    device.patch(*removed(["a"], 0))

    assert values(device.list()) == {"a": None}
    assert device.list()["DatasetExists"]


@pytest.mark.parametrize("count", [0, 1, 3, -1])
def test_a_conflict(device: Device, count: int) -> None:
    device.put(a="1")
    device.put(1, a="2")

    assert device.refused(*replaced({"a": "3"}, count)) == conflict("a", 2, count)
    assert device.refused(*removed(["a"], count)) == conflict("a", 2, count)


def test_a_conflict_about_a_record_that_is_not_there(device: Device) -> None:
    assert device.refused(*replaced({"a": "3"}, 4)) == conflict("a", 0, 4)
    assert not device.list()["DatasetExists"]


def test_all_patches_or_none(device: Device) -> None:
    device.put(a="1", b="1")
    device.put(1, b="2")

    assert device.refused(*replaced({"a": "9", "new": "9"}), *removed(["b"], 1)) == conflict("a", 1, 0)
    assert device.refused(*replaced({"a": "9"}, 1), *removed(["b"], 1)) == conflict("b", 2, 1)
    answer = device.list()
    assert (values(answer), answer["DatasetSyncCount"]) == ({"a": "1", "b": "2"}, 2)


def test_the_status_of_a_conflict(device: Device) -> None:
    with pytest.raises(device.client.exceptions.ResourceConflictException) as caught:
        device.put(1, a="1")

    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409


def test_an_update_without_patches_changes_nothing(device: Device) -> None:
    token = device.token()

    assert device.patch(SyncSessionToken=token) == []
    assert device.client.update_records(**device.named, SyncSessionToken=token)["Records"] == []
    assert not device.list()["DatasetExists"]


@pytest.mark.parametrize("count", [2, 2**40, -1])
def test_a_sync_count_that_is_not_there(device: Device, developer: Device, count: int) -> None:
    device.put(a="1")

    with pytest.raises(device.client.exceptions.InvalidParameterException) as caught:
        device.list(after=count)
    error = caught.value.response["Error"]
    assert Refusal(error["Code"], error["Message"]) == no_sync_count(count)


def test_two_patches_of_a_record(device: Device) -> None:
    patches = [*replaced({"a": "1"}), *removed(["a"], 0)]

    assert device.refused(*patches) == invalid_parameter("There is more than one patch for: a")
    assert not device.list()["DatasetExists"]


def test_a_record_is_replaced_by_a_value(device: Device) -> None:
    refused = device.refused({"Op": "replace", "Key": "a", "SyncCount": 0})

    assert refused == invalid_parameter("A value is required to replace: a")
    assert device.put(a="")[0]["Value"] == ""


def test_the_client_context_has_no_effect(cognito: Cognito, device: Device) -> None:
    record = device.patch(*replaced({"a": "1"}), ClientContext="phone", DeviceId="device-1")[0]

    assert record["LastModifiedBy"] == device.identity_id
    assert cognito.calls.of("UpdateRecords")[-1].parameters["ClientContext"] == "phone"


def test_what_the_developer_changes(cognito: Cognito, device: Device, developer: Device) -> None:
    device.put(a="1")

    assert developer.put(1, a="2")[0]["LastModifiedBy"] == cognito.account_id
    assert device.list()["LastModifiedBy"] == cognito.account_id
    assert developer.client.describe_dataset(**developer.named)["Dataset"]["LastModifiedBy"] == cognito.account_id


def test_what_the_model_does_not_allow(device: Device) -> None:
    refused = device.refused({"Op": "add", "Key": "", "SyncCount": 0})  # type: ignore[typeddict-item]  # on purpose

    assert refused.code == "InvalidParameterException"
    assert refused.message.startswith("2 validation errors detected: ")


def test_injected_throttling(cognito: Cognito, device: Device) -> None:
    """By another status than that of user pools, which SDKs of the legacy retry mode look for."""
    token = device.token()
    cognito.faults.throttle("UpdateRecords")
    with pytest.raises(device.client.exceptions.TooManyRequestsException) as caught:
        device.patch(*replaced({"a": "1"}), SyncSessionToken=token)

    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert device.patch(*replaced({"a": "1"}), SyncSessionToken=token)[0]["SyncCount"] == 1


def test_one_of_several_threads_updates_a_record(device: Device) -> None:
    """The others know an old sync count by then."""
    device.put(a="0")
    token, barrier = device.token(), threading.Barrier(3)

    def update(value: str) -> str:
        barrier.wait()
        try:
            return device.patch(*replaced({"a": value}, 1), SyncSessionToken=token)[0]["Value"]
        except ClientError as error:
            return error.response["Error"]["Message"]

    with ThreadPoolExecutor(3) as threads:
        said = list(threads.map(update, "123"))
    [winner] = {"1", "2", "3"} & {*said}
    assert said.count(conflict("a", 2, 1).message) == 2
    assert values(device.list()) == {"a": winner}
