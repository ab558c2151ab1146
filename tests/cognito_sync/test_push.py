"""Push sync without SNS: devices, what they subscribe to, and what reaches them by the outbox."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Server
from pytest_cognito.cognito import Cognito
from tests.support.identity_pools import no_identity, no_identity_pool
from tests.support.publishing import GOOGLE, PUSH, STREAMS, WRONG_CREDENTIALS, Publishing, trust
from tests.support.refusals import Refusal, refusal


@pytest.fixture
def sync(cognito: Cognito) -> Publishing:
    sync = Publishing(cognito)
    sync.configure(PushSync=PUSH)
    sync.write("colour", "red")
    return sync


def no_device(device: str) -> Refusal:
    return Refusal("ResourceNotFoundException", f"Device '{device}' not found.")


def not_configured(message: str) -> Refusal:
    return Refusal("InvalidConfigurationException", message)


def expected(sync: Publishing, count: int) -> dict[str, str]:
    return {
        "source": "cognito-sync",
        "identityPoolId": sync.pool.id,
        "identityId": sync.identity.id,
        "datasetName": "notes",
        "syncCount": str(count),
    }


@pytest.mark.parametrize(
    ("platform", "around"),
    [
        ("GCM", {}),
        ("ADM", {}),
        ("APNS", {"aps": {"content-available": 1}}),
        ("APNS_SANDBOX", {"aps": {"content-available": 1}}),
    ],
)
def test_the_other_devices_are_notified_in_the_form_of_their_platform(
    sync: Publishing, platform: str, around: Any
) -> None:
    writer, _ = sync.subscriber("writer"), sync.subscriber("reader", platform)
    sync.write("colour", "blue", device=writer)
    assert sync.pushed("reader") == [{**around, "data": expected(sync, 2)}]
    assert sync.pushed("writer") == []


def test_the_message(sync: Publishing, cognito: Cognito) -> None:
    sync.subscriber("token")
    sync.write("colour", "blue")
    message = cognito.outbox.last(to="token")
    assert (message.medium, message.code, message.link, message.subject) == ("PUSH", None, None, None)
    assert (message.source, message.pool_id, message.username) == ("PushSync", sync.pool.id, sync.identity.id)
    assert message.summary() == "push to token: PushSync"
    assert cognito.calls[-1].messages == [message]


def test_a_change_by_no_device_is_told_to_all(sync: Publishing) -> None:
    sync.subscriber("first")
    sync.subscriber("second", "APNS")
    sync.write("colour", None)
    assert len(sync.pushed("first")) == len(sync.pushed("second")) == 1


def test_the_developer_and_a_deletion_notify_as_well(sync: Publishing) -> None:
    sync.subscriber("token")
    listed = sync.developer.list_records(**sync.dataset)
    sync.developer.update_records(
        **sync.dataset,
        SyncSessionToken=listed["SyncSessionToken"],
        RecordPatches=[{"Op": "replace", "Key": "size", "Value": "1", "SyncCount": 0}],
    )
    sync.developer.delete_dataset(**sync.dataset)
    assert [each["data"]["syncCount"] for each in sync.pushed("token")] == ["2", "2"]
    sync.write("colour", "green")
    assert len(sync.pushed("token")) == 3


def test_only_subscribers_of_the_dataset_are_notified(sync: Publishing, cognito: Cognito) -> None:
    sync.register("registered")
    unsubscribed = sync.subscriber("unsubscribed")
    sync.subscriber("subscribed")
    for _ in range(2):  # doing it again is no error
        sync.app.unsubscribe_from_dataset(**sync.dataset, DeviceId=unsubscribed)
    sync.write("size", "1", dataset="other")
    assert not cognito.outbox
    sync.write("colour", "blue")
    assert {message.to for message in cognito.outbox} == {"subscribed"}


def test_a_refused_update_notifies_nobody(sync: Publishing, cognito: Cognito) -> None:
    sync.subscriber("token")
    listed = sync.app.list_records(**sync.dataset)
    patch: Any = {"Op": "replace", "Key": "colour", "Value": "blue", "SyncCount": 7}
    call = sync.app.update_records
    code, _ = refusal(call, **sync.dataset, RecordPatches=[patch], SyncSessionToken=listed["SyncSessionToken"])
    assert (code, len(cognito.outbox)) == ("ResourceConflictException", 0)


def test_a_device_that_registers_again_keeps_its_id(sync: Publishing) -> None:
    assert sync.register("token") == sync.register("token") != sync.register("another")
    assert sync.register("token") != sync.register("token", "ADM")


def test_a_pool_without_push_sync_or_without_the_platform(sync: Publishing) -> None:
    device = {**sync.ids, "Platform": "APNS", "Token": "token"}
    known = sync.subscriber("known")
    sync.configure(PushSync={"ApplicationArns": [GOOGLE], "RoleArn": PUSH["RoleArn"]})
    message = f"Identity pool {sync.pool.id} has no SNS application for the platform APNS."
    assert refusal(sync.app.register_device, **device) == not_configured(message)
    sync.configure(PushSync={"ApplicationArns": [GOOGLE]})
    message = f"The push sync role of identity pool {sync.pool.id} can't be assumed."
    assert refusal(sync.app.register_device, **{**device, "Platform": "GCM"}) == not_configured(message)
    sync.configure(PushSync={})
    none = not_configured(f"Push sync is not configured for identity pool {sync.pool.id}.")
    assert refusal(sync.app.register_device, **device) == none
    for call in (sync.app.subscribe_to_dataset, sync.app.unsubscribe_from_dataset):
        assert refusal(call, **sync.dataset, DeviceId=known) == none
    sync.write("colour", "blue")
    assert sync.pushed("known") == []


def test_the_role_must_trust_cognito_sync_for_the_pool(sync: Publishing, cognito: Cognito) -> None:
    right = cognito.create_role("right", trust(sync.pool.arn))
    wrong = cognito.create_role("wrong", trust(f"{sync.pool.arn}0"))
    sync.configure(PushSync={**PUSH, "RoleArn": right.arn})
    sync.subscriber("token")
    sync.configure(PushSync={**PUSH, "RoleArn": wrong.arn})
    sync.write("colour", "blue")
    assert sync.pushed("token") == []
    message = f"The push sync role of identity pool {sync.pool.id} can't be assumed."
    assert refusal(sync.app.register_device, **sync.ids, Platform="GCM", Token="x") == not_configured(message)


def test_devices_and_datasets_that_are_not_there(sync: Publishing) -> None:
    device = sync.register("token")
    other = sync.pool.guest()
    theirs = sync.client_of(other)
    foreign = theirs.register_device(IdentityPoolId=sync.pool.id, IdentityId=other.id, Platform="GCM", Token="theirs")[
        "DeviceId"
    ]
    for call in (sync.app.subscribe_to_dataset, sync.app.unsubscribe_from_dataset):
        assert refusal(call, **sync.dataset, DeviceId="nothing") == no_device("nothing")
        assert refusal(call, **sync.dataset, DeviceId=foreign) == no_device(foreign)
        missing = {**sync.ids, "DatasetName": "missing", "DeviceId": device}
        assert refusal(call, **missing) == Refusal("ResourceNotFoundException", "Dataset 'missing' not found.")


def test_a_device_can_be_unsubscribed_from_a_dataset_that_was_deleted(sync: Publishing) -> None:
    device = sync.subscriber("token")
    sync.app.delete_dataset(**sync.dataset)
    sync.app.unsubscribe_from_dataset(**sync.dataset, DeviceId=device)
    sync.write("colour", "green")
    assert len(sync.pushed("token")) == 1


def test_only_the_identity_itself_has_devices(sync: Publishing) -> None:
    device = sync.register("token")
    other = sync.client_of(sync.pool.guest())
    for who in (sync.developer, other):
        assert refusal(who.register_device, **sync.ids, Platform="GCM", Token="x") == WRONG_CREDENTIALS
        for call in (who.subscribe_to_dataset, who.unsubscribe_from_dataset):
            assert refusal(call, **sync.dataset, DeviceId=device) == WRONG_CREDENTIALS


def test_pools_and_identities_that_are_gone(sync: Publishing, cognito: Cognito) -> None:
    device = sync.register("token")
    cognito.call("DeleteIdentities", service="cognito-identity", IdentityIdsToDelete=[sync.identity.id])
    for call in (sync.app.subscribe_to_dataset, sync.app.unsubscribe_from_dataset):
        assert refusal(call, **sync.dataset, DeviceId=device) == no_identity(sync.identity.id)
    assert refusal(sync.app.register_device, **sync.ids, Platform="GCM", Token="x") == no_identity(sync.identity.id)
    sync.pool.call("DeleteIdentityPool")
    gone = no_identity_pool(sync.pool.id)
    assert refusal(sync.app.register_device, **sync.ids, Platform="GCM", Token="x") == gone


def test_where_all_services_are_looked_for_at_the_loopback_server(
    sync: Publishing, cognito: Cognito, cognito_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no other service than those of Cognito: nobody is."""
    sync.configure(CognitoStreams=STREAMS)
    monkeypatch.setenv("AWS_ENDPOINT_URL", cognito_server.endpoint_url)
    sync.subscriber("token")
    sync.write("colour", "blue")

    assert sync.pushed("token")[0]["data"]["syncCount"] == "2"
    assert (len(cognito.streams), cognito.streams.failures) == (1, [])
