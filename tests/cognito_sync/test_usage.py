"""Usage: datasets, bytes and sync sessions add up."""

from __future__ import annotations

import datetime as dt

from pytest_cognito import Cognito, Identity, IdentityPool
from tests.support.refusals import invalid_parameter, refusal
from tests.support.synchronized import Device, client_of, developer_of, device_of, pool_of_guests, removed


def test_an_identity_that_has_never_synchronized(guest: Identity, device: Device) -> None:
    usage = device.client.describe_identity_usage(**device.identity)["IdentityUsage"]

    described = guest.pool.call("DescribeIdentity", IdentityId=guest.id)
    assert usage == {
        "IdentityId": guest.id,
        "IdentityPoolId": guest.pool.id,
        "LastModifiedDate": described["LastModifiedDate"],
        "DatasetCount": 0,
        "DataStorage": 0,
    }


def test_the_usage_of_an_identity(cognito: Cognito, device: Device) -> None:
    device.put(a="12", b="1")
    device.of("other").put(a="123")
    device.patch(*removed(["b"], 1))
    cognito.clock.advance(minutes=5)
    device.of("third").put(a="1")
    now = cognito.clock.now()
    device.client.delete_dataset(**device.of("third").named)

    usage = device.client.describe_identity_usage(**device.identity)["IdentityUsage"]
    assert (usage["DatasetCount"], usage["DataStorage"]) == (2, 3 + 4)
    assert abs(usage["LastModifiedDate"] - now) < dt.timedelta(minutes=1)


def test_the_usage_of_a_pool(guests: IdentityPool) -> None:
    devices = [device_of(guests.guest()) for _ in range(2)]
    for device in devices:  # with one listing each
        device.put(a="12", b="1")
    token = devices[0].token()
    devices[0].list(SyncSessionToken=token)

    developer = developer_of(guests.identities[0])
    usage = developer.client.describe_identity_pool_usage(IdentityPoolId=guests.id)["IdentityPoolUsage"]
    assert (usage["DataStorage"], usage["SyncSessionsCount"]) == (10, 3)
    assert (
        usage["LastModifiedDate"]
        == developer.client.describe_dataset(**devices[1].named)["Dataset"]["LastModifiedDate"]
    )
    guests.call("DeleteIdentities", IdentityIdsToDelete=[devices[0].identity_id])
    usage = developer.client.describe_identity_pool_usage(IdentityPoolId=guests.id)["IdentityPoolUsage"]
    assert (usage["DataStorage"], usage["SyncSessionsCount"]) == (5, 3)


def test_the_usage_of_all_pools(cognito: Cognito, guests: IdentityPool, developer: Device, device: Device) -> None:
    device.put(a="12")
    others = [pool_of_guests(cognito).id for _ in range(2)]
    pool_of_guests(cognito, region="eu-west-1")

    first = developer.client.list_identity_pool_usage(MaxResults=2)
    rest = developer.client.list_identity_pool_usage(MaxResults=2, NextToken=first["NextToken"])
    assert [(page["Count"], page["MaxResults"]) for page in (first, rest)] == [(2, 2), (1, 2)]
    assert "NextToken" not in rest
    usages = [*first["IdentityPoolUsages"], *rest["IdentityPoolUsages"]]
    assert {usage["IdentityPoolId"]: usage["DataStorage"] for usage in usages} == {
        guests.id: 3,
        **dict.fromkeys(others, 0),
    }


def test_pages_of_pools(cognito: Cognito, developer: Device) -> None:
    client = developer.client

    invalid = invalid_parameter("MaxResults must be greater than 0: -1")
    assert refusal(client.list_identity_pool_usage, MaxResults=-1) == invalid
    assert refusal(client.list_identity_pool_usage, NextToken="x") == invalid_parameter("Invalid pagination token.")
    assert client.list_identity_pool_usage(MaxResults=1000)["MaxResults"] == 60
    elsewhere = cognito.create_role("r").assume()
    assert client_of(elsewhere).list_identity_pool_usage()["Count"] == 1
