"""What a device keeps of a dataset, and how changes from elsewhere come in: functions of values, without effects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion


@dataclass(frozen=True, slots=True)
class LocalRecord:
    """A record as a device has it. ``value`` is None for one that was removed; ``edited`` is not synchronized yet."""

    value: str | None
    sync_count: int
    modified: dt.datetime
    edited: bool


@dataclass(frozen=True, slots=True)
class Local:
    """A dataset as a device has it, at the sync count of the server at which it last asked.

    ``deleted`` says that it was deleted here, which the server does not know yet.
    """

    records: Mapping[str, LocalRecord] = field(default_factory=dict)
    sync_count: int = 0
    deleted: bool = False

    @property
    def values(self) -> dict[str, str]:
        return {key: record.value for key, record in self.records.items() if record.value is not None}

    @property
    def edits(self) -> dict[str, LocalRecord]:
        return {key: record for key, record in self.records.items() if record.edited}

    def edit(self, key: str, value: str | None, now: dt.datetime) -> Local:
        """Put or remove a value. A record that the server does not know leaves nothing behind when it is removed."""
        known = self.records.get(key)
        count = 0 if known is None else known.sync_count
        if value is None and count == 0:
            return replace(self, records={name: record for name, record in self.records.items() if name != key})
        return self.put(key, LocalRecord(value, count, now, edited=True))

    def put(self, key: str, record: LocalRecord) -> Local:
        return replace(self, records={**self.records, key: record})

    def as_new(self) -> Local:
        """The values as edits of a dataset that the server does not know: those of another identity, or deleted."""
        kept = {key: record for key, record in self.records.items() if record.value is not None}
        return Local({key: replace(record, sync_count=0, edited=True) for key, record in kept.items()})


@dataclass(frozen=True, slots=True)
class SyncConflict:
    """A record that was changed on the device and elsewhere, differently, since the device last synchronized.

    ``local`` and ``remote`` are the values, None for a removed one. ``local_modified`` is when it was changed here,
    ``remote_modified`` when the other change reached the server (in a merged dataset: when it was made), and
    ``remote_modified_by`` who made it. ``resolved`` is the value that the conflict was resolved to.
    """

    dataset: str
    key: str
    local: str | None
    remote: str | None
    local_modified: dt.datetime
    remote_modified: dt.datetime
    remote_modified_by: str | None
    resolved: str | None = None


@dataclass(frozen=True, slots=True)
class Remote:
    """A record as the server has it."""

    value: str | None
    sync_count: int
    modified: dt.datetime
    modified_by: str | None
    device_modified: dt.datetime

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Remote:
        """A Record of the API."""
        return cls(
            record.get("Value"),
            record["SyncCount"],
            record["LastModifiedDate"],
            record.get("LastModifiedBy"),
            record["DeviceLastModifiedDate"],
        )

    def as_local(self) -> LocalRecord:
        return LocalRecord(self.value, self.sync_count, self.device_modified, edited=False)


Resolve: TypeAlias = Callable[[SyncConflict], str | None]


def _last_writer(conflict: SyncConflict) -> str | None:
    """As the mobile SDKs have it: the date of the other change is that at which it reached the server."""
    return conflict.remote if conflict.remote_modified > conflict.local_modified else conflict.local


RESOLUTIONS: Mapping[str, Resolve] = {
    "last_writer": _last_writer,
    "local": lambda conflict: conflict.local,
    "remote": lambda conflict: conflict.remote,
}


def resolution(conflicts: object) -> Resolve:
    """What resolves conflicts, by its name, or the application's function."""
    if isinstance(conflicts, str):
        if conflicts not in RESOLUTIONS:
            raise UsageError(f"conflicts are not resolved by {conflicts!r}: {suggestion(conflicts, RESOLUTIONS)}")
        return RESOLUTIONS[conflicts]
    if not callable(conflicts):
        raise UsageError(f"conflicts= takes {', '.join(map(repr, RESOLUTIONS))} or a function; not {conflicts!r}")
    function: Resolve = conflicts

    def resolve(conflict: SyncConflict) -> str | None:
        value = function(conflict)
        if value is not None and not isinstance(value, str):
            raise UsageError(f"a conflict is resolved to a string, or to None, which removes it; not {value!r}")
        return value

    return resolve


def take(
    local: Local, name: str, changes: Mapping[str, Remote], sync_count: int, resolve: Resolve
) -> tuple[Local, list[SyncConflict]]:
    """What a device has after it took the changes of the server, and the conflicts on the way, as they were resolved.

    A record that was not edited here, or to the same value, is the server's from now on. What an edit wins against
    stays an edit, of the server's newest sync count.
    """
    conflicts = []
    for key, remote in changes.items():
        mine = local.records.get(key)
        if mine is None or not mine.edited or mine.value == remote.value:
            local = local.put(key, remote.as_local())
            continue
        local, conflict = _settle(local, name, key, remote, resolve, count=remote.sync_count)
        conflicts.append(conflict)
    return replace(local, sync_count=sync_count), conflicts


def merge(local: Local, name: str, merged: Mapping[str, Remote], resolve: Resolve) -> tuple[Local, list[SyncConflict]]:
    """What a device has after it took over a merged dataset: records that it lacks, and those that win against its own.

    They are edits of its own dataset, which the server is to learn.
    """
    conflicts = []
    for key, remote in merged.items():
        mine = local.records.get(key)
        if remote.value is None or (mine is not None and mine.value == remote.value):
            continue
        if mine is None or mine.value is None:
            count = 0 if mine is None else mine.sync_count
            local = local.put(key, LocalRecord(remote.value, count, remote.device_modified, edited=True))
            continue
        local, conflict = _settle(local, name, key, remote, resolve, count=mine.sync_count, merging=True)
        conflicts.append(conflict)
    return local, conflicts


def _settle(
    local: Local, name: str, key: str, remote: Remote, resolve: Resolve, *, count: int, merging: bool = False
) -> tuple[Local, SyncConflict]:
    """Resolve a conflict. What the server has already is no edit; in a merged dataset it has nothing of this one."""
    mine = local.records[key]
    when = remote.device_modified if merging else remote.modified  # the server got all of a merged dataset at once
    conflict = SyncConflict(name, key, mine.value, remote.value, mine.modified, when, remote.modified_by)
    value = resolve(conflict)
    conflict = replace(conflict, resolved=value)
    if merging and value == mine.value:
        return local, conflict
    if not merging and value == remote.value:
        return local.put(key, remote.as_local()), conflict
    modified = remote.device_modified if value == remote.value else mine.modified
    return local.put(key, LocalRecord(value, count, modified, edited=True)), conflict


def store(local: Local, sent: Iterable[str], answer: Mapping[str, Remote]) -> Local:
    """What a device has after the server took its edits, and answered with the records as they are."""
    for key in sent:
        local = local.put(key, replace(local.records[key], edited=False))
    for key, remote in answer.items():
        local = local.put(key, remote.as_local())
    return replace(local, sync_count=max((remote.sync_count for remote in answer.values()), default=local.sync_count))


def difference(before: Local, after: Local) -> dict[str, str | None]:
    """The values that changed, None for those that are gone."""
    old, new = before.values, after.values
    return {key: new.get(key) for key in {**old, **new} if old.get(key) != new.get(key)}
