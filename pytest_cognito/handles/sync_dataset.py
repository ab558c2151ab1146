"""A dataset of Cognito Sync on a device."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, TypeAlias

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.handles import sync_attempt, sync_local
from pytest_cognito.handles.sync_attempt import Attempt, Merged, Synchronized
from pytest_cognito.handles.sync_local import Local, Resolve
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

if TYPE_CHECKING:
    from pytest_cognito.handles.sync_device import SyncDevice

Conflicts: TypeAlias = str | Resolve
"""``"last_writer"``, ``"local"``, ``"remote"``, or a function of a `SyncConflict` that gives the value, or None."""

_ATTEMPTS = 3
_LONGEST_KEY, _MOST_BYTES = 128, 1024 * 1024  # what the mobile SDKs put into their store
_DELETED = ("accept", "keep")


class SyncDataset(MutableMapping[str, str]):
    """A handle for a dataset on a device: a dict of strings, which is changed offline, and `synchronize`."""

    def __init__(self, device: SyncDevice, name: str) -> None:
        self.device = device
        self.name = name
        self.local = Local()
        self._busy = False

    @property
    def edits(self) -> dict[str, str | None]:
        """What was changed here and is not synchronized yet; None for what was removed."""
        return {key: record.value for key, record in self.local.edits.items()}

    @property
    def sync_count(self) -> int:
        """The sync count up to which the device knows the dataset of the server; 0 if it does not."""
        return self.local.sync_count

    def put(self, key: str, value: str) -> None:
        """Put a value, as ``dataset[key] = value`` does."""
        _check(key, value, {**self.local.values, key: value})
        self._edit(self.local.edit(key, value, self._now()))

    def remove(self, key: str) -> None:
        """Remove a value if there is one."""
        if key in self:
            self._edit(self.local.edit(key, None, self._now()))

    def delete(self) -> None:
        """Delete the dataset, here at once, and on the server by the next `synchronize`."""
        self._edit(Local(deleted=True))

    def synchronize(
        self, conflicts: Conflicts = "last_writer", *, deleted: str = "accept", merged: Merged = "merge"
    ) -> Synchronized:
        """Take the server's changes and send the device's, by ListRecords and UpdateRecords with its credentials.

        ``conflicts`` says which change of a record is kept that was made here and elsewhere. ``deleted`` is what
        happens to a dataset that was deleted elsewhere: ``"accept"`` drops it here, too, edits included, as the SDKs
        do; ``"keep"`` makes it anew. ``merged`` says what is taken over from datasets of merged identities, which are
        deleted then: ``"merge"`` all that ``conflicts`` decides for, ``"discard"`` nothing; ``"leave"`` lets them be.

        If another device comes between, it starts again, three times in all. What fails raises `AWSError`,
        ``ConnectionError`` offline, or what the application's function raises, and leaves the device as it was.
        """
        resolve = sync_local.resolution(conflicts)
        take_over = sync_attempt.taking_over(merged, resolve)
        if deleted not in _DELETED:
            raise UsageError(f"a deleted dataset is not handled by {deleted!r}: {suggestion(str(deleted), _DELETED)}")
        if self._busy:
            raise UsageError(f"{self.name} is being synchronized: a function that it asks can't synchronize it")
        self._busy = True
        try:
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    run = Attempt(self.name, self._call, resolve, take_over, keep=deleted == "keep")
                    local, result = run(self.local, self.device.device_id)
                except AWSError as error:
                    if error.code != "ResourceConflictException" or attempt == _ATTEMPTS:
                        raise
                else:
                    break
        finally:
            self._busy = False
        self.local = local
        return result

    def subscribe(self) -> None:
        """Let the device be told when the dataset changes elsewhere, by SubscribeToDataset; `register` it before."""
        self._call("SubscribeToDataset", DeviceId=self.device.registered_id)

    def unsubscribe(self) -> None:
        """Let the device be told no longer, by UnsubscribeFromDataset."""
        self._call("UnsubscribeFromDataset", DeviceId=self.device.registered_id)

    def _edit(self, local: Local) -> None:
        if self._busy:
            raise UsageError(f"{self.name} is being synchronized: a function that it asks gives a value, and puts none")
        self.local = local

    def _now(self) -> dt.datetime:
        return self.device.pool.world.clock.now()

    def _call(self, operation: str, name: str | None = None, /, **parameters: Any) -> dict[str, Any]:
        return self.device.call(operation, DatasetName=name or self.name, **parameters)

    def __getitem__(self, key: str) -> str:
        return self.local.values[key]

    def __setitem__(self, key: str, value: str) -> None:
        self.put(key, value)

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self.remove(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.local.values)

    def __len__(self) -> int:
        return len(self.local.values)

    def __repr__(self) -> str:
        return f"<SyncDataset {self.name} {self.local.values}>"


def _check(key: object, value: object, values: dict[str, str]) -> None:
    """Refuse what the SDKs would not put into their store."""
    if not isinstance(key, str) or not 0 < len(key.encode()) <= _LONGEST_KEY:
        raise UsageError(f"a key is a string of 1 to {_LONGEST_KEY} bytes, as the mobile SDKs have it; not {key!r}")
    if not isinstance(value, str):
        raise UsageError(f"a value is a string: write json.dumps(…), not {value!r}; remove(key) takes it away")
    if sum(len(part.encode()) for pair in values.items() for part in pair) > _MOST_BYTES:
        raise UsageError(f"a dataset has {_MOST_BYTES} bytes at most, keys and values together")
