"""A device that synchronizes a dataset of an identity, and knows the sync counts of records by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito import Identity, IdentityPool

from .synchronized import Device, client_of, removed, replaced, values

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient
    from types_boto3_cognito_sync.type_defs import RecordPatchTypeDef


def of_guest(pool: IdentityPool) -> SyncDevice:
    """The device of a new guest of a pool."""
    if "unauthenticated" not in pool.roles:
        pool.set_roles(unauthenticated=pool.create_role(f"guests-{pool.id[-12:]}", guests=True))
    return SyncDevice(pool.guest())


class SyncDevice(Device):
    """A device with the credentials of its ``owner``."""

    def __init__(self, owner: Identity, dataset: str = "preferences") -> None:
        super().__init__(owner.pool.id, owner.id, client_of(owner.credentials()), dataset)
        self.owner = owner

    def values(self) -> dict[str, str | None]:
        """The values of all records by key; None for removed ones."""
        client: Any = self.client
        return values(client.list_records(**self.named))

    def update(self, client: CognitoSyncClient | None = None, /, **changes: str | None) -> dict[str, str | None]:
        """Replace records, or remove those whose new value is None. Returns what the answer says of records."""
        given: Any = client or self.client
        listed = given.list_records(**self.named)
        counts = {record["Key"]: record["SyncCount"] for record in listed["Records"]}
        patches = [patch for key, value in changes.items() for patch in _patches(key, value, counts.get(key, 0))]
        answer = given.update_records(**self.named, SyncSessionToken=listed["SyncSessionToken"], RecordPatches=patches)
        return values(answer)


def _patches(key: str, value: str | None, count: int) -> list[RecordPatchTypeDef]:
    return removed([key], count) if value is None else replaced({key: value}, count)
