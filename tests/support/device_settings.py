"""What tests of handles for devices that synchronize share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito import SyncDevice, Synchronized

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient


def put(device: SyncDevice, **values: str) -> Synchronized:
    """Put values into the settings of a device, and synchronize them."""
    device.dataset("settings").update(values)
    return device.dataset("settings").synchronize()


def records_of(device: SyncDevice, client: CognitoSyncClient, name: str = "settings") -> dict[str, str | None]:
    """The records that the server has, removed ones as None."""
    pool, identity = device.pool.id, device.identity.id
    answer = client.list_records(IdentityPoolId=pool, IdentityId=identity, DatasetName=name)
    return {record["Key"]: record.get("Value") for record in answer["Records"]}
