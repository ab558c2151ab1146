"""Datasets of identities that are merged: the identity that is left gets them under other names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito import Cognito, Identity, IdentityPool, Unsupported, User
from pytest_cognito.cognito_sync.records import DATASETS
from tests.support.refusals import refusal
from tests.support.synchronized import Device, developer_of, device_of, removed, values

Merge = Callable[[str, str], None]


@pytest.fixture
def merge(guests: IdentityPool) -> Merge:
    """Merges the identity of a developer's user into that of another."""

    def merge(source: str, destination: str) -> None:
        members = {"SourceUserIdentifier": source, "DestinationUserIdentifier": destination}
        guests.call("MergeDeveloperIdentities", DeveloperProviderName="login.example.com", **members)

    return merge


def test_a_merged_dataset(guests: IdentityPool, merge: Merge) -> None:
    new, old = (device_of(guests.developer_identity(name)) for name in ("new", "old"))
    new.put(level="3")
    old.put(level="7", sound="on", gone="x")
    old.patch(*removed(["gone"], 1))
    old.of("settings").put(theme="dark")
    merge("old", "new")

    assert new.list()["MergedDatasetNames"] == [f"game.{old.identity_id}"]
    assert new.of("settings").list()["MergedDatasetNames"] == [f"settings.{old.identity_id}"]
    assert not new.of("settings").list()["DatasetExists"]
    moved = new.of(f"game.{old.identity_id}")
    answer = moved.list()
    assert (values(answer), answer["DatasetSyncCount"]) == ({"level": "7", "sound": "on"}, 1)
    assert [record["SyncCount"] for record in answer["Records"]] == [1, 1]
    assert (answer["LastModifiedBy"], answer["MergedDatasetNames"]) == (old.identity_id, [])
    assert values(new.list()) == {"level": "3"}


def test_until_it_is_deleted(guests: IdentityPool, merge: Merge) -> None:
    new, old = (device_of(guests.developer_identity(name)) for name in ("new", "old"))
    old.put(level="7")
    merge("old", "new")
    moved = new.of(f"game.{old.identity_id}")
    moved.put(1, level="8")
    assert new.list()["MergedDatasetNames"] == [moved.dataset]

    new.client.delete_dataset(**moved.named)
    assert new.list()["MergedDatasetNames"] == []
    moved.put(level="9")
    assert new.list()["MergedDatasetNames"] == []
    assert moved.list()["DatasetSyncCount"] == 3


def test_nothing_is_left_of_it_at_the_merged_identity(cognito: Cognito, guests: IdentityPool, merge: Merge) -> None:
    new, old = (device_of(guests.developer_identity(name)) for name in ("new", "old"))
    old.put(level="7")
    merge("old", "new")

    assert {dataset.identity_id for dataset in cognito.world.store[DATASETS]} == {new.identity_id}
    usage = new.client.describe_identity_usage(**new.identity)["IdentityUsage"]
    assert (usage["DatasetCount"], usage["DataStorage"]) == (1, len("level7"))


def test_identities_that_are_merged_one_after_another(guests: IdentityPool, merge: Merge) -> None:
    """What has come by an earlier merge keeps its name."""
    last, middle, first = (device_of(guests.developer_identity(name)) for name in ("last", "middle", "first"))
    for number, device in enumerate((first, middle, last)):
        device.put(level=str(number))
    merge("first", "middle")
    merge("middle", "last")

    assert sorted(last.list()["MergedDatasetNames"]) == sorted(
        f"game.{device.identity_id}" for device in (first, middle)
    )
    assert values(last.of(f"game.{first.identity_id}").list()) == {"level": "0"}
    assert values(last.of(f"game.{middle.identity_id}").list()) == {"level": "1"}


def test_a_dataset_that_has_the_name_already(guests: IdentityPool, merge: Merge) -> None:
    """Nothing of either is lost but what has the same key."""
    new, old = (device_of(guests.developer_identity(name)) for name in ("new", "old"))
    mine = new.of(f"game.{old.identity_id}")
    mine.put(level="1", own="2")
    old.put(level="7")
    merge("old", "new")

    assert values(mine.list()) == {"level": "7", "own": "2"}
    assert mine.list()["DatasetSyncCount"] == 2


def test_a_name_that_would_be_too_long(guests: IdentityPool, merge: Merge) -> None:
    """What is known of AWS ends there: no call could name the dataset."""
    new, old = (device_of(guests.developer_identity(name)) for name in ("new", "old"))
    longest = 128 - len(f".{old.identity_id}")
    old.of("d" * longest).put(level="7")
    too_long = old.of("e" * (longest + 1))
    too_long.put(level="7")
    with pytest.raises(Unsupported, match="can't merge an identity with a dataset whose name is as long as 'eee"):
        merge("old", "new")
    assert values(too_long.list()) == {"level": "7"}

    too_long.client.delete_dataset(**too_long.named)
    merge("old", "new")
    merged = new.of(f"{'d' * longest}.{old.identity_id}")
    assert values(merged.list()) == {"level": "7"}


def test_a_guest_whose_login_has_an_identity(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    """The guest's identity is merged into that of the user who signs in."""
    guest, user = cognito_identity_pool.guest(), cognito_identity_pool.identity_of(cognito_user)
    device = device_of(guest)
    device.put(level="7")
    device_of(user).put(level="3")

    assert guest.link(cognito_user).id == user.id
    assert device_of(user).list()["MergedDatasetNames"] == [f"game.{guest.id}"]
    assert refusal(device.list).message == f"Access to Identity '{guest.id}' is forbidden."


def test_a_guest_who_signs_in_keeps_everything(guests: IdentityPool, guest: Identity) -> None:
    device = device_of(guest)
    device.put(level="7")
    call: dict[str, Any] = {"IdentityId": guest.id, "Logins": {"login.example.com": "ann"}}
    assert guests.call("GetOpenIdTokenForDeveloperIdentity", **call)["IdentityId"] == guest.id

    assert values(Device(guests.id, guest.id, developer_of(guest).client).list()) == {"level": "7"}
