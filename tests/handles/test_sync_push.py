"""Devices that are told of changes, and the functions that run when devices synchronize."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import AWSError, Cognito, IdentityPool, SyncDevice, User
from tests.support.device_settings import put

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient

APPLICATION = "arn:aws:sns:us-east-1:123456789012:app/GCM/notes"


@pytest.fixture
def push_sync(cognito_identity_pool: IdentityPool, cognito_sync: CognitoSyncClient) -> None:
    """Push sync for the pool, to Android."""
    role = "arn:aws:iam::123456789012:role/push"
    push: Any = {"ApplicationArns": [APPLICATION], "RoleArn": role}
    cognito_sync.set_identity_pool_configuration(IdentityPoolId=cognito_identity_pool.id, PushSync=push)


@pytest.mark.usefixtures("push_sync")
def test_another_device_is_told(phone: SyncDevice, tablet: SyncDevice, cognito: Cognito) -> None:
    put(phone, theme="dark")
    put(tablet)
    for device in (phone, tablet):
        assert device.pushes == []
        assert device.register() == device.device_id == device.registered_id
        device.dataset("settings").subscribe()

    put(phone, theme="blue")

    (push,) = tablet.pushes
    assert (phone.pushes, list(cognito.outbox)) == ([], [push])
    data = json.loads(push.body)["data"]
    assert (data["datasetName"], data["syncCount"], data["identityId"]) == ("settings", "2", tablet.identity.id)
    assert tablet.dataset(data["datasetName"]).synchronize().received == {"theme": "blue"}

    tablet.dataset("settings").unsubscribe()
    put(phone, theme="red")
    assert tablet.pushes == [push]


@pytest.mark.usefixtures("push_sync")
def test_what_is_not_there_is_not_subscribed_to(phone: SyncDevice, cognito: Cognito) -> None:
    cognito.iam.enforce()
    phone.register("GCM", token="registration-1")

    with pytest.raises(AWSError, match="ResourceNotFoundException"):
        phone.dataset("settings").subscribe()
    with pytest.raises(AWSError, match="InvalidConfigurationException"):
        phone.register("ADM")
    assert phone.device_id is not None


@pytest.mark.usefixtures("push_sync")
def test_who_becomes_another_identity_is_not_registered(
    cognito_identity_pool: IdentityPool, phone: SyncDevice, cognito_user: User
) -> None:
    guest = cognito_identity_pool.guest().sync_device()
    guest.register()

    assert guest.sign_in(cognito_user) == phone.identity
    assert (guest.device_id, guest.pushes) == (None, [])


def test_a_function_changes_what_a_device_sends(
    phone: SyncDevice, tablet: SyncDevice, cognito_identity_pool: IdentityPool
) -> None:
    @cognito_identity_pool.on("SyncTrigger")
    def function(event: dict[str, Any], context: object) -> dict[str, Any]:
        for record in event["datasetRecords"].values():
            record["newValue"] = record["newValue"].upper()
        return event

    result = put(phone, theme="dark")

    assert (result.sent, result.received) == ({"theme": "dark"}, {"theme": "DARK"})
    assert phone.dataset("settings") == {"theme": "DARK"}
    assert put(tablet).received == {"theme": "DARK"}


def test_a_function_that_refuses_leaves_the_device_as_it_was(
    phone: SyncDevice, cognito_identity_pool: IdentityPool
) -> None:
    @cognito_identity_pool.on("SyncTrigger")
    def function(event: dict[str, Any], context: object) -> dict[str, Any]:
        raise ValueError("no")

    with pytest.raises(AWSError, match="InvalidLambdaFunctionOutputException"):
        put(phone, theme="dark")
    assert phone.dataset("settings").edits == {"theme": "dark"}
