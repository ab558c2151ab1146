"""Devices with a local store that synchronize with Cognito Sync: edits, conflicts, deletions, failures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import AWSError, Cognito, IdentityPool, SyncDevice, User
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.faults import TimedOut
from tests.support.device_settings import put, records_of

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient


def test_what_one_device_puts_another_one_gets(phone: SyncDevice, tablet: SyncDevice) -> None:
    settings = phone.dataset("settings")
    settings["theme"] = "dark"
    settings.put("size", "12")
    assert (settings.edits, settings.sync_count) == ({"theme": "dark", "size": "12"}, 0)

    sent = settings.synchronize()
    got = tablet.dataset("settings").synchronize()

    assert (sent.sent, sent.received) == ({"theme": "dark", "size": "12"}, {})
    assert (got.sent, got.received) == ({}, {"theme": "dark", "size": "12"})
    assert tablet.dataset("settings") == settings == {"theme": "dark", "size": "12"}
    assert (settings.edits, settings.sync_count, tablet.dataset("settings").sync_count) == ({}, 1, 1)
    assert not settings.synchronize()


def test_a_value_is_removed_everywhere(phone: SyncDevice, tablet: SyncDevice, cognito_sync: CognitoSyncClient) -> None:
    put(phone, theme="dark", size="12")
    put(tablet)
    del phone.dataset("settings")["theme"]
    phone.dataset("settings").remove("never there")
    assert put(phone).sent == {"theme": None}

    assert put(tablet).received == {"theme": None}
    assert tablet.dataset("settings") == {"size": "12"}
    assert records_of(phone, cognito_sync) == {"theme": None, "size": "12"}
    put(tablet, theme="light")
    assert put(phone).received == {"theme": "light"}


def test_what_was_put_and_removed_before_it_was_sent_leaves_nothing(phone: SyncDevice) -> None:
    settings = phone.dataset("settings")
    settings["theme"] = "dark"
    assert settings.pop("theme") == "dark"

    assert not settings.synchronize()
    with pytest.raises(KeyError):
        del settings["theme"]


def test_the_calls_are_made_as_the_identity(
    phone: SyncDevice, cognito: Cognito, cognito_sync: CognitoSyncClient
) -> None:
    put(phone, theme="dark")

    calls = [call for call in cognito.calls if call.service == "cognito-sync"]
    assert [call.operation for call in calls] == ["ListRecords", "UpdateRecords"]
    assert {call.caller.access_key for call in calls if call.caller} == {phone.credentials.access_key_id}
    assert calls[1].parameters["RecordPatches"][0]["DeviceLastModifiedDate"] <= cognito.clock.now()
    described = cognito_sync.describe_dataset(
        IdentityPoolId=phone.pool.id, IdentityId=phone.identity.id, DatasetName="settings"
    )
    assert described["Dataset"]["LastModifiedBy"] == phone.identity.id


def test_policies_apply_to_devices(phone: SyncDevice, cognito: Cognito) -> None:
    cognito.iam.enforce()
    assert put(phone, theme="dark").sent

    other = phone.pool.guest().sync_device()
    with pytest.raises(AWSError, match=r"AccessDenied|NotAuthorized"):
        other.call("ListRecords", DatasetName="settings", IdentityId=phone.identity.id)


def test_credentials_are_fetched_anew(phone: SyncDevice, cognito: Cognito) -> None:
    first = phone.credentials
    assert phone.credentials is first
    cognito.clock.advance(hours=2)

    assert put(phone, theme="dark").sent
    assert phone.credentials.access_key_id != first.access_key_id


def test_offline(phone: SyncDevice, tablet: SyncDevice) -> None:
    phone.offline = True
    phone.dataset("settings")["theme"] = "dark"
    with pytest.raises(ConnectionError, match="is offline, and can't call ListRecords"):
        phone.synchronize()
    assert (repr(phone), phone.dataset("settings").edits) == (
        f"<SyncDevice of {phone.identity.id}, offline>",
        {"theme": "dark"},
    )
    phone.offline = False

    assert phone.synchronize()["settings"].sent == {"theme": "dark"}


@pytest.mark.parametrize("operation", ["ListRecords", "UpdateRecords"])
@pytest.mark.parametrize(("how", "error"), [("throttle", AWSError), ("time_out", TimedOut)])
def test_a_failure_leaves_the_device_as_it_was(
    phone: SyncDevice, conflicting: SyncDevice, cognito: Cognito, operation: str, how: str, error: type[Exception]
) -> None:
    settings = conflicting.dataset("settings")
    getattr(cognito.faults, how)(operation)

    with pytest.raises(error):
        settings.synchronize("local")
    assert settings == {"theme": "red", "size": "12"}
    assert (settings.edits, settings.sync_count) == ({"theme": "red"}, 1)
    assert list(cognito.calls)[-1].operation == operation
    assert settings.synchronize("local").sent == {"theme": "red"}


def test_a_slow_answer_is_an_answer(phone: SyncDevice, cognito: Cognito) -> None:
    cognito.faults.slow_down("ListRecords", seconds=0.001)
    assert put(phone, theme="dark").sent


def test_all_pages_are_read(phone: SyncDevice, tablet: SyncDevice) -> None:
    values = {f"key-{number}": "x" for number in range(1024)}
    put(phone, **values)
    for key in ("key-1", "key-2"):
        phone.dataset("settings").remove(key)
    put(phone, another="x", further="x")

    put(tablet)
    assert tablet.dataset("settings") == phone.dataset("settings")
    assert len(tablet.dataset("settings")) == 1024


def test_datasets_of_the_server_are_opened(phone: SyncDevice, tablet: SyncDevice) -> None:
    for name in ("game", "settings"):
        phone.dataset(name)["a"] = name
    assert sorted(phone.synchronize()) == ["game", "settings"]

    assert [dataset.name for dataset in tablet.refresh()] == ["game", "settings"]
    assert {name: got.received for name, got in tablet.synchronize().items()} == {
        "game": {"a": "game"},
        "settings": {"a": "settings"},
    }


@pytest.mark.parametrize(
    ("use", "hint"),
    [
        (lambda device: device.dataset("my settings"), "the name of a dataset is 1 to 128 letters"),
        (lambda device: device.dataset("s").put("", "x"), "a key is a string of 1 to 128 bytes"),
        (lambda device: device.dataset("s").put("ü" * 65, "x"), "a key is a string of 1 to 128 bytes"),
        (lambda device: device.dataset("s").put("a", 1), "a value is a string"),
        (lambda device: device.dataset("s").put("a", "x" * 1024 * 1024), "a dataset has 1048576 bytes at most"),
        (lambda device: device.synchronize(), None),
        (lambda device: device.dataset("s").synchronize("newest"), "conflicts are not resolved by 'newest'"),
        (lambda device: device.dataset("s").synchronize(1), "conflicts= takes 'last_writer', 'local', 'remote' or"),
        (lambda device: device.dataset("s").synchronize(deleted="drop"), "there is accept, keep"),
        (lambda device: device.dataset("s").synchronize(merged="keep"), "there is merge, discard, leave"),
        (lambda device: device.dataset("s").synchronize(merged=1), "merged= takes 'merge', 'discard', 'leave' or"),
        (lambda device: device.dataset("s").subscribe(), "only a registered device is told of changes"),
        (lambda device: device.register("FCM"), "there is no platform 'FCM'"),
        (lambda device: device.register(token=""), "token is a string"),
        (lambda device: device.call("ListRecord"), "did you mean 'ListRecords'"),
    ],
)
def test_a_mistake_says_what_to_write(phone: SyncDevice, use: Callable[[SyncDevice], Any], hint: str | None) -> None:
    if hint is None:
        assert use(phone) == {}
        return
    with pytest.raises(UsageError, match=hint):
        use(phone)


def test_fixture(cognito_sync_device: SyncDevice, cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    assert cognito_sync_device.identity == cognito_identity_pool.identity_of(cognito_user)
    assert cognito_sync_device.credentials.expiration - cognito_sync_device.pool.world.clock.now() > dt.timedelta(0)
    assert repr(cognito_sync_device.dataset("settings")) == "<SyncDataset settings {}>"
    assert cognito_sync_device.datasets == [cognito_sync_device.dataset("settings")]
