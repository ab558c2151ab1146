"""Who may: identities reach their own data, developers that of their pools."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from pytest_cognito import Cognito, Identity, IdentityPool, Server
from pytest_cognito.cognito_identity import IDENTITIES
from tests.support.clients import client
from tests.support.refusals import Refusal, not_authorized, refusal
from tests.support.synchronized import (
    WRONG_CREDENTIALS,
    Device,
    client_of,
    developer_of,
    device_of,
    pool_of_guests,
    replaced,
)

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

OF_BOTH = (
    "list_datasets",
    "describe_dataset",
    "delete_dataset",
    "list_records",
    "update_records",
    "describe_identity_usage",
)
LISTINGS = ("list_datasets", "list_records")


def call(device: Device, name: str) -> Callable[[], Any]:
    """A call of one of the operations on the device's data."""
    members: dict[str, Any] = device.identity
    if name not in ("list_datasets", "describe_identity_usage"):
        members = {**device.named}
    if name == "update_records":
        members |= {"SyncSessionToken": "t", "RecordPatches": replaced({"a": "2"})}
    return lambda: getattr(device.client, name)(**members)


def as_another(device: Device, other: Device) -> Device:
    """The credentials of one device, and the names of the other's data."""
    return Device(other.pool_id, other.identity_id, device.client)


@pytest.mark.parametrize("name", OF_BOTH)
def test_the_data_of_another_identity(guests: IdentityPool, device: Device, name: str) -> None:
    other = device_of(guests.guest())
    other.put(a="1")

    assert refusal(call(as_another(device, other), name)) == WRONG_CREDENTIALS
    assert other.list()["DatasetSyncCount"] == 1


def test_an_identity_in_another_pool(cognito: Cognito, device: Device) -> None:
    elsewhere = pool_of_guests(cognito)

    assert refusal(call(Device(elsewhere.id, device.identity_id, device.client), "list_records")) == WRONG_CREDENTIALS


def test_what_only_developers_may(device: Device, developer: Device) -> None:
    pool = {"IdentityPoolId": device.pool_id}

    assert refusal(device.client.describe_identity_pool_usage, **pool) == WRONG_CREDENTIALS
    assert refusal(device.client.list_identity_pool_usage) == WRONG_CREDENTIALS
    assert developer.client.describe_identity_pool_usage(**pool)["IdentityPoolUsage"]


def test_the_status_of_a_refusal(cognito: Cognito, device: Device) -> None:
    with pytest.raises(device.client.exceptions.NotAuthorizedException) as caught:
        device.client.list_identity_pool_usage()

    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_the_developer_reaches_all_identities(guests: IdentityPool) -> None:
    for identity in (guests.guest(), guests.guest()):
        device_of(identity).put(a="1")
        assert developer_of(identity).list()["Count"] == 1


def test_credentials_of_a_role_are_a_developers(cognito: Cognito, device: Device) -> None:
    device.put(a="1")
    assumed = cognito.create_role("support").assume().session().client("cognito-sync")

    assert Device(device.pool_id, device.identity_id, assumed).list()["Count"] == 1


@pytest.mark.parametrize("name", OF_BOTH)
def test_a_deleted_identity(guest: Identity, device: Device, developer: Device, name: str) -> None:
    device.put(a="1")
    guest.pool.call("DeleteIdentities", IdentityIdsToDelete=[guest.id])

    gone = Refusal("ResourceNotFoundException", f"Identity '{guest.id}' not found.")
    expected = not_authorized(f"Access to Identity '{guest.id}' is forbidden.") if name in LISTINGS else gone
    assert [refusal(call(each, name)) for each in (device, developer)] == [expected, expected]


@pytest.mark.parametrize("name", [*OF_BOTH, "describe_identity_pool_usage"])
def test_a_deleted_pool(guest: Identity, developer: Device, name: str) -> None:
    guest.pool.call("DeleteIdentityPool")
    asked = call(developer, name)
    if name not in OF_BOTH:
        asked = lambda: developer.client.describe_identity_pool_usage(IdentityPoolId=developer.pool_id)  # noqa: E731

    gone = Refusal("ResourceNotFoundException", f"IdentityPool '{guest.pool.id}' not found.")
    assert refusal(asked) == (
        not_authorized(f"Access to Identity '{guest.id}' is forbidden.") if name in LISTINGS else gone
    )


@pytest.mark.parametrize("name", OF_BOTH)
def test_a_disabled_identity(cognito: Cognito, guest: Identity, device: Device, developer: Device, name: str) -> None:
    """An identity that was merged into another. What it had is the other's."""
    guest.pool.developer_identity("u1")
    into = guest.pool.developer_identity("u1").id
    other = guest.pool.developer_identity("u2")
    merged = device_of(other)
    members = {"SourceUserIdentifier": "u2", "DestinationUserIdentifier": "u1"}
    guest.pool.call("MergeDeveloperIdentities", DeveloperProviderName="login.example.com", **members)
    assert cognito.world.store[IDENTITIES].get(into) is not None

    expected = not_authorized(f"Access to Identity '{other.id}' is forbidden.")
    assert refusal(call(merged, name)) == expected
    assert refusal(call(Device(guest.pool.id, other.id, developer.client), name)) == expected


def test_an_identity_of_another_pool(cognito: Cognito, guest: Identity, developer: Device) -> None:
    other = pool_of_guests(cognito)
    device = Device(other.id, guest.id, developer.client)

    assert refusal(call(device, "describe_dataset")).message == f"Identity '{guest.id}' not found."


def test_another_region(cognito: Cognito, guest: Identity) -> None:
    elsewhere = developer_of(guest)
    elsewhere.client = cognito.create_role("r").assume().session("eu-west-1").client("cognito-sync")

    assert refusal(call(elsewhere, "describe_dataset")).message == f"IdentityPool '{guest.pool.id}' not found."


@pytest.mark.parametrize("region", ["eu-west-1", "eu-south-1", "cn-north-1"])
def test_an_identity_is_no_developer_of_another_region(
    cognito: Cognito, guests: IdentityPool, guest: Identity, region: str
) -> None:
    """Whatever the issuer of the tokens of identity pools is called there."""
    there = cognito.create_identity_pool(region=region, AllowUnauthenticatedIdentities=True).guest()
    client = guest.credentials().session(region).client("cognito-sync")

    assert refusal(client.list_identity_pool_usage) == WRONG_CREDENTIALS
    assert refusal(Device(there.pool.id, there.id, client).list) == WRONG_CREDENTIALS


def test_the_basic_flow(cognito: Cognito, cognito_identity: CognitoIdentityClient) -> None:
    """A role that the application has assumed by itself, with a token of the identity."""
    pool = pool_of_guests(cognito, AllowClassicFlow=True)
    guest = pool.guest()
    token = cognito_identity.get_open_id_token(IdentityId=guest.id)["Token"]
    role = pool.roles["unauthenticated"]
    made = client("sts").assume_role_with_web_identity(RoleArn=role, RoleSessionName="app", WebIdentityToken=token)
    keys = made["Credentials"]
    signed = client(
        "cognito-sync",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )

    assert Device(pool.id, guest.id, signed).put(a="1")[0]["LastModifiedBy"] == guest.id
    assert refusal(Device(pool.id, pool.guest().id, signed).list) == WRONG_CREDENTIALS
    assert refusal(signed.list_identity_pool_usage) == WRONG_CREDENTIALS


def test_expired_and_tampered_credentials(cognito: Cognito, guest: Identity) -> None:
    right = guest.credentials()
    assert (
        refusal(device_with(guest, replace(right, session_token="x" * 99)).list).code == "UnrecognizedClientException"
    )
    assert refusal(device_with(guest, replace(right, session_token="")).list).code == "UnrecognizedClientException"
    cognito.clock.advance(hours=1)
    assert refusal(device_with(guest, right).list).code == "ExpiredTokenException"


def test_an_unsigned_call(guest: Identity) -> None:
    unsigned = client("cognito-sync", config=Config(signature_version=UNSIGNED))
    with pytest.raises(ClientError) as caught:
        unsigned.list_datasets(IdentityPoolId=guest.pool.id, IdentityId=guest.id)

    assert caught.value.response["Error"]["Code"] == "MissingAuthenticationTokenException"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def device_with(identity: Identity, credentials: Any) -> Device:
    return Device(identity.pool.id, identity.id, client_of(credentials))


def test_what_a_pool_takes_along(
    cognito: Cognito, guest: Identity, device: Device, developer: Device, cognito_identity: Any
) -> None:
    device.put(a="1")
    cognito_identity.delete_identity_pool(IdentityPoolId=guest.pool.id)

    left = {
        name for name, table in cognito.world.store.tables().items() if name.startswith("cognito-sync/") and len(table)
    }
    assert left == set()


def test_policies_come_first(cognito: Cognito, guests: IdentityPool) -> None:
    """Where they are enforced: the role of the pool's guests allows reading alone."""
    allowed = {"Version": "2012-10-17", "Statement": [_own("cognito-sync:ListRecords")]}
    guests.set_roles(unauthenticated=guests.create_role("readers", [allowed], guests=True))
    device = device_of(guests.guest())
    cognito.iam.enforce()

    token = device.token()
    refused = device.refused(*replaced({"a": "1"}), SyncSessionToken=token)
    assert refused.code == "AccessDeniedException"
    assert "is not authorized to perform: cognito-sync:UpdateRecords" in refused.message


def _own(action: str) -> dict[str, str]:
    aud, sub = "${cognito-identity.amazonaws.com:aud}", "${cognito-identity.amazonaws.com:sub}"
    resource = f"arn:aws:cognito-sync:us-east-1:*:identitypool/{aud}/identity/{sub}/dataset/*"
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def test_over_the_server(cognito: Cognito, cognito_server: Server, guests: IdentityPool) -> None:
    """The colons of the ids are percent-encoded in the path there."""
    mine, other = (device_of(guests.guest(), endpoint_url=cognito_server.endpoint_url) for _ in range(2))
    mine.put(größe="ß")

    assert mine.list()["Records"][0]["Key"] == "größe"
    assert refusal(call(as_another(other, mine), "list_records")) == WRONG_CREDENTIALS
    assert mine.refused(*replaced({"größe": "ss"})).message == "Current SyncCount for: größe is: 1 not: 0"
