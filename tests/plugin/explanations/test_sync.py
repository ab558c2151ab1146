"""What a report says of calls that Cognito Sync refuses."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError

from pytest_cognito import Cognito
from tests.support.synchronized import Device, developer_of, device_of, pool_of_guests, removed, replaced

Explained = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def device(cognito: Cognito) -> Device:
    return device_of(pool_of_guests(cognito).guest())


@pytest.fixture
def explained(cognito: Cognito) -> Explained:
    """What explains the failure of what is done, without dates."""

    def explanation(fail: Callable[[], object]) -> list[str]:
        with pytest.raises(ClientError):
            fail()
        return [re.sub(r"[\d-]+ [\d:]+ UTC", "TIME", line) for line in cognito.calls[-1].explanation]

    return explanation


def test_a_conflict(device: Device, explained: Explained) -> None:
    device.put(a="1", b="1")
    device.patch(*removed(["b"], 1))

    assert explained(lambda: device.put(a="2", b="2")) == [
        f"a was last changed at sync count 1, TIME, by {device.identity_id}",
        f"b was last removed at sync count 2, TIME, by {device.identity_id}",
    ]


def test_a_conflict_about_what_is_not_there(device: Device, explained: Explained) -> None:
    device.put(a="1")

    assert explained(lambda: device.put(1, a="2", b="2")) == ["there is no record b: a new one has the sync count 0"]


def test_an_identity_that_is_forbidden(cognito: Cognito, device: Device, explained: Explained) -> None:
    developer = developer_of(cognito.identity_pools[0].identities[0])
    nobody = Device(device.pool_id, "us-east-1:00000000-0000-4000-8000-00000000dead", developer.client)
    nowhere = Device("us-east-1:00000000-0000-4000-8000-00000000beef", device.identity_id, developer.client)
    abroad = Device(
        device.pool_id,
        device.identity_id,
        cognito.create_role("r").assume().session("eu-west-1").client("cognito-sync"),
    )
    of_another = Device(pool_of_guests(cognito).id, device.identity_id, developer.client)

    assert explained(nobody.list) == [f"there is no identity {nobody.identity_id}"]
    assert explained(nowhere.list) == [f"there is no identity pool {nowhere.pool_id}"]
    assert explained(abroad.list) == ["the identity pool is in us-east-1, and the call went to eu-west-1"]
    assert explained(of_another.list) == [f"the identity is of the identity pool {device.pool_id}"]


def test_a_merged_identity(cognito: Cognito, explained: Explained) -> None:
    pool = pool_of_guests(cognito)
    pool.developer_identity("u1")
    merged = developer_of(pool.developer_identity("u2"))
    members = {"SourceUserIdentifier": "u2", "DestinationUserIdentifier": "u1"}
    pool.call("MergeDeveloperIdentities", DeveloperProviderName="login.example.com", **members)

    assert explained(merged.list) == ["the identity was merged into another, which has its logins and datasets now"]


def test_a_conflict_with_a_deletion(device: Device, explained: Explained) -> None:
    device.put(a="1")
    device.client.delete_dataset(**device.named)

    lines = explained(lambda: device.put(1, a="2"))
    assert lines == ["the dataset was deleted at sync count 1, with all records of then"]


def test_sync_sessions(cognito: Cognito, device: Device, explained: Explained) -> None:
    guest = cognito.identity_pools[0].guest()
    other, patch = device.of("other"), replaced({"a": "1"})
    token, elsewhere = other.token(), developer_of(guest).token()
    owner = developer_of(cognito.identity_pools[0].identities[0])

    assert explained(lambda: device.patch(*patch, SyncSessionToken="x")) == ["no ListRecords has given this token"]
    assert explained(lambda: device.patch(*patch, SyncSessionToken=token)) == ["the token is of the dataset other"]
    lines = explained(lambda: device.patch(*patch, SyncSessionToken=elsewhere))
    assert lines == [f"the token is of the identity {guest.id}"]
    cognito.clock.advance(hours=1)
    lines = explained(lambda: owner.of("other").patch(*patch, SyncSessionToken=token))
    assert lines == ["the token expired at TIME: ListRecords gives a new one"]


def test_credentials(device: Device, explained: Explained) -> None:
    signed, client = f"the call was signed with the credentials of {device.identity_id}", device.client
    other = Device(device.pool_id, "us-east-1:00000000-0000-4000-8000-00000000dead", client)

    assert explained(other.list) == [f"{signed}, which reach the data of that identity alone"]
    assert explained(client.list_identity_pool_usage) == [f"{signed}: only a developer may make it"]


def test_what_is_not_there(device: Device, explained: Explained) -> None:
    describe = device.client.describe_dataset

    assert explained(lambda: describe(**device.named)) == ["the identity has no datasets"]
    assert explained(lambda: device.list(after=3)) == [
        "there is no dataset of this name, which is an empty one at sync count 0"
    ]
    device.put(a="1")
    assert explained(lambda: describe(**device.of("b").named)) == ["the identity has the datasets game"]
    assert explained(lambda: device.list(after=3)) == ["the sync count of the dataset is 1"]


def test_a_device_is_an_identitys(device: Device, cognito: Cognito, explained: Explained) -> None:
    developer = developer_of(cognito.identity_pools[0].identities[0])
    register = developer.client.register_device

    assert explained(lambda: register(**device.identity, Platform="GCM", Token="t")) == [
        "the call was signed with a developer's credentials: only an identity itself may make it"
    ]
