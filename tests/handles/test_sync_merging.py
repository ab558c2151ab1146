"""Datasets that are deleted on a device, and merged datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import AWSError, Cognito, IdentityPool, SyncDevice, User
from pytest_cognito.kernel.errors import UsageError
from tests.support.device_settings import put, records_of

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient


def test_a_dataset_that_is_deleted(phone: SyncDevice, tablet: SyncDevice, cognito_sync: CognitoSyncClient) -> None:
    put(phone, theme="dark")
    put(tablet)
    phone.dataset("settings").delete()
    assert phone.dataset("settings") == {}
    assert records_of(phone, cognito_sync) == {"theme": "dark"}
    phone.dataset("settings").synchronize()

    tablet.dataset("settings")["size"] = "14"
    result = tablet.dataset("settings").synchronize()
    assert (result.deleted, result.received, result.sent) == (True, {"theme": None, "size": None}, {})
    assert tablet.dataset("settings") == records_of(phone, cognito_sync) == {}
    assert not put(phone)


def test_a_dataset_that_is_deleted_elsewhere_is_kept(phone: SyncDevice, tablet: SyncDevice) -> None:
    put(phone, theme="dark", size="12")
    put(tablet)
    phone.dataset("settings").delete()
    phone.dataset("settings").synchronize()
    put(phone, size="14")

    result = tablet.dataset("settings").synchronize("local", deleted="keep")
    assert (result.deleted, result.sent) == (True, {"theme": "dark", "size": "12"})
    put(phone)
    assert phone.dataset("settings") == tablet.dataset("settings") == {"theme": "dark", "size": "12"}


def test_a_dataset_is_made_anew(phone: SyncDevice, tablet: SyncDevice) -> None:
    put(phone, theme="dark")
    put(tablet)
    phone.dataset("settings").delete()
    put(phone, size="14")

    assert put(tablet).received == {"theme": None, "size": "14"}


def test_a_dataset_that_the_server_never_had_is_deleted(phone: SyncDevice) -> None:
    phone.dataset("settings")["theme"] = "dark"
    phone.dataset("settings").delete()
    assert phone.dataset("settings").synchronize().received == {}


@pytest.fixture
def guest(cognito_identity_pool: IdentityPool, phone: SyncDevice, cognito: Cognito) -> SyncDevice:
    """A guest with settings, some of them not synchronized, and alice has others on her phone."""
    put(phone, theme="dark", size="12")
    cognito.clock.advance(minutes=1)
    guest = cognito_identity_pool.guest().sync_device()
    put(guest, theme="blue", sound="on")
    guest.dataset("settings")["volume"] = "7"
    return guest


def test_a_guest_who_signs_in_keeps_their_datasets(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    device = cognito_identity_pool.guest().sync_device()
    guest = device.identity
    put(device, theme="dark")
    device.dataset("settings")["size"] = "12"

    assert device.sign_in(cognito_user) == guest

    assert put(device).sent == {"size": "12"}
    another = cognito_identity_pool.identity_of(cognito_user).sync_device()
    assert put(another).received == {"theme": "dark", "size": "12"}


@pytest.mark.parametrize(
    ("conflicts", "merged", "theme"),
    [("last_writer", "merge", "blue"), ("remote", "discard", "dark"), (lambda conflict: "mixed", "merge", "mixed")],
)
def test_a_guest_signs_in_who_has_datasets_already(
    guest: SyncDevice, phone: SyncDevice, cognito_user: User, conflicts: Any, merged: str, theme: str
) -> None:
    assert guest.sign_in(cognito_user) == phone.identity
    settings = guest.dataset("settings")
    assert settings.edits == {"theme": "blue", "sound": "on", "volume": "7"}

    result = settings.synchronize(conflicts, merged=merged)

    wanted = {"theme": theme, "size": "12", "sound": "on", "volume": "7"}
    assert settings == wanted
    assert len(result.merged) == 1
    assert not settings.synchronize()
    put(phone)
    assert phone.dataset("settings") == wanted


def test_another_device_finds_what_a_guest_left(guest: SyncDevice, phone: SyncDevice, cognito_user: User) -> None:
    old = guest.identity
    guest.identity.link(cognito_user)

    result = phone.dataset("settings").synchronize()

    assert result.merged == [f"settings.{old.id}"]
    assert result.sent == {"theme": "blue", "sound": "on"}
    (conflict,) = result.conflicts
    assert (conflict.local, conflict.remote, conflict.resolved) == ("dark", "blue", "blue")
    assert conflict.remote_modified > conflict.local_modified
    assert phone.dataset("settings") == {"theme": "blue", "size": "12", "sound": "on"}
    assert [dataset.name for dataset in phone.refresh()] == ["settings"]
    with pytest.raises(AWSError):  # of an identity that is disabled
        put(guest)


def test_merged_datasets_are_left_or_discarded(
    guest: SyncDevice, phone: SyncDevice, cognito_user: User, cognito_sync: CognitoSyncClient
) -> None:
    merged = f"settings.{guest.identity.id}"
    guest.identity.link(cognito_user)

    assert not phone.dataset("settings").synchronize(merged="leave")
    assert records_of(phone, cognito_sync, merged) == {"theme": "blue", "sound": "on"}
    assert phone.dataset("settings").synchronize(merged="discard").merged == [merged]
    assert phone.dataset("settings") == {"theme": "dark", "size": "12"}
    assert records_of(phone, cognito_sync, merged) == {}
    assert not phone.dataset("settings").synchronize()


def test_the_application_says_what_it_takes_over(guest: SyncDevice, phone: SyncDevice, cognito_user: User) -> None:
    asked = []
    merged = f"settings.{guest.identity.id}"
    guest.identity.link(cognito_user)

    def longest(name: str, values: dict[str, str]) -> dict[str, str]:
        asked.append((name, values))
        return {"theme": phone.dataset("settings")["theme"] + values["theme"], "from": "guest"}

    result = phone.dataset("settings").synchronize("local", merged=longest)
    assert asked == [(merged, {"theme": "blue", "sound": "on"})]
    assert result.sent == {"theme": "darkblue", "from": "guest"}
    assert phone.dataset("settings") == {"theme": "darkblue", "size": "12", "from": "guest"}


def test_what_is_taken_over_is_a_dict_of_strings(guest: SyncDevice, phone: SyncDevice, cognito_user: User) -> None:
    guest.identity.link(cognito_user)

    with pytest.raises(UsageError, match="merged= gives the values to take over, as a dict of strings"):
        phone.dataset("settings").synchronize(merged=lambda name, values: {"volume": 7})  # type: ignore[dict-item]
    assert phone.dataset("settings") == {"theme": "dark", "size": "12"}


def test_merged_values_stay_on_the_server_until_others_have_them(
    guest: SyncDevice, phone: SyncDevice, cognito_user: User, cognito: Cognito, cognito_sync: CognitoSyncClient
) -> None:
    merged = f"settings.{guest.identity.id}"
    guest.identity.link(cognito_user)
    for operation in ("UpdateRecords", "DeleteDataset"):
        cognito.faults.fail(operation)
        with pytest.raises(AWSError, match="InternalErrorException"):
            phone.dataset("settings").synchronize()
        assert phone.dataset("settings") == {"theme": "dark", "size": "12"}
        assert records_of(phone, cognito_sync, merged) == {"theme": "blue", "sound": "on"}

    assert phone.dataset("settings").synchronize().merged == [merged]
    assert phone.dataset("settings") == {"theme": "blue", "size": "12", "sound": "on"}
    assert not phone.dataset("settings").edits
