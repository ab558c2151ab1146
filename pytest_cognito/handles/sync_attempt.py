"""One attempt of a device to synchronize a dataset with the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.handles import arguments, sync_local
from pytest_cognito.handles.sync_local import RESOLUTIONS, Local, LocalRecord, Remote, Resolve, SyncConflict
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

Merged: TypeAlias = str | Callable[[str, dict[str, str]], Mapping[str, str]]
"""``"merge"``, ``"discard"``, ``"leave"``, or a function of the merged dataset's name and values: what to take over."""

_PAGE = 1024


@dataclass(frozen=True, slots=True)
class Synchronized:
    """What came of a synchronization; false if there was nothing to do.

    ``received`` are the values that changed on the device by it, None for those that are gone, ``sent`` those that the
    server took from it. ``deleted`` says that the dataset was deleted elsewhere, ``merged`` names the datasets of
    merged identities that were taken over and deleted.
    """

    received: dict[str, str | None] = field(default_factory=dict)
    sent: dict[str, str | None] = field(default_factory=dict)
    conflicts: list[SyncConflict] = field(default_factory=list)
    deleted: bool = False
    merged: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.received or self.sent or self.deleted or self.merged)


class Call(Protocol):
    """Calls an operation on a dataset, by default the one that is synchronized, and returns what boto3 returns."""

    def __call__(self, operation: str, name: str | None = None, /, **parameters: Any) -> dict[str, Any]: ...


TakeOver: TypeAlias = Callable[[str, dict[str, Remote]], tuple[dict[str, Remote], Resolve] | None]
"""What is taken over of a merged dataset, by its name and records, and by which rule; None leaves it on the server."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """What ListRecords says, of all pages."""

    records: dict[str, Remote]
    sync_count: int
    deleted: bool
    merged: list[str]
    token: str


class Attempt:
    """An attempt to synchronize. It changes nothing on the device: what comes of it is a value."""

    def __init__(self, name: str, call: Call, resolve: Resolve, take_over: TakeOver, *, keep: bool) -> None:
        self._name = name
        self._call = call
        self._resolve = resolve
        self._take_over = take_over
        self._keep = keep

    def __call__(self, before: Local, device_id: str | None) -> tuple[Local, Synchronized]:
        """What the device has afterwards, and what came of it."""
        local = self._delete(before) if before.deleted else before
        listed = self._list(self._name, local.sync_count)
        deleted = listed.deleted
        if deleted:
            local = local.as_new() if self._keep else Local()
            listed = self._list(self._name, 0)
        local, conflicts = sync_local.take(local, self._name, listed.records, listed.sync_count, self._resolve)
        merged = []
        for name in listed.merged:
            taken = self._take_over(name, self._list(name, 0).records)
            if taken is not None:
                local, further = sync_local.merge(local, self._name, *taken)
                conflicts += further
                merged.append(name)
        sent = {key: record.value for key, record in local.edits.items()}
        local = self._send(local, listed, device_id)
        for name in merged:  # last: until the server has their values elsewhere, they must not be lost
            self._call("DeleteDataset", name)
        return local, Synchronized(sync_local.difference(before, local), sent, conflicts, deleted, merged)

    def _delete(self, local: Local) -> Local:
        """Delete the dataset on the server, if it has it; what was put here since then belongs to a new one."""
        try:
            self._call("DeleteDataset")
        except AWSError as error:
            if error.code != "ResourceNotFoundException":
                raise
        return Local(local.records)

    def _list(self, name: str, since: int) -> _Listed:
        """All changes of a dataset since a sync count."""
        records: dict[str, Remote] = {}
        more: dict[str, Any] = {}
        while True:
            page = self._call("ListRecords", name, LastSyncCount=since, MaxResults=_PAGE, **more)
            records.update({record["Key"]: Remote.of(record) for record in page["Records"]})
            if not page.get("NextToken"):
                break
            more = {"NextToken": page["NextToken"], "SyncSessionToken": page["SyncSessionToken"]}
        return _Listed(
            records,
            page["DatasetSyncCount"],
            page["DatasetDeletedAfterRequestedSyncCount"],
            page["MergedDatasetNames"],
            page["SyncSessionToken"],
        )

    def _send(self, local: Local, listed: _Listed, device_id: str | None) -> Local:
        edits = local.edits
        if not edits:
            return local
        own: dict[str, Any] = {} if device_id is None else {"DeviceId": device_id}
        patches = [_patch(key, record) for key, record in edits.items()]
        answer = self._call("UpdateRecords", SyncSessionToken=listed.token, RecordPatches=patches, **own)
        stored = {record["Key"]: Remote.of(record) for record in answer["Records"]}
        local = sync_local.store(local, edits, stored)
        if local.sync_count in (listed.sync_count, listed.sync_count + 1):
            return local
        return self._take_what_came_between(local, listed.sync_count)

    def _take_what_came_between(self, local: Local, since: int) -> Local:
        """Take the changes of other records that reached the server after it was asked, or the deletion of them all."""
        listed = self._list(self._name, since)
        if listed.deleted:
            local, listed = Local(), self._list(self._name, 0)
        return sync_local.take(local, self._name, listed.records, listed.sync_count, self._resolve)[0]


def _patch(key: str, record: LocalRecord) -> dict[str, Any]:
    """A RecordPatch of the API."""
    known = {"Key": key, "SyncCount": record.sync_count, "DeviceLastModifiedDate": record.modified}
    return {"Op": "remove", **known} if record.value is None else {"Op": "replace", "Value": record.value, **known}


def taking_over(merged: object, resolve: Resolve) -> TakeOver:
    """What is taken over of merged datasets, by its name, or by the application's function."""
    by_name: dict[str, TakeOver] = {
        "merge": lambda _, records: (records, resolve),
        "discard": lambda *_: ({}, resolve),
        "leave": lambda *_: None,
    }
    if isinstance(merged, str):
        if merged not in by_name:
            raise UsageError(f"merged datasets are not handled by {merged!r}: {suggestion(merged, by_name)}")
        return by_name[merged]
    if not callable(merged):
        raise UsageError(f"merged= takes {', '.join(map(repr, by_name))} or a function; not {merged!r}")
    choose: Callable[[str, dict[str, str]], object] = merged

    def take_over(name: str, records: dict[str, Remote]) -> tuple[dict[str, Remote], Resolve]:
        """What the function gives goes before what the device has: it can look at both."""
        values = {key: record.value for key, record in records.items() if record.value is not None}
        if not values:
            return {}, resolve
        chosen = choose(name, values)
        if not arguments.is_mapping(chosen) or not all(isinstance(value, str) for value in chosen.values()):
            raise UsageError(f"merged= gives the values to take over, as a dict of strings; not {chosen!r}")
        newest = max(records.values(), key=lambda record: record.device_modified)
        taken = {key: replace(records.get(key, newest), value=value) for key, value in chosen.items()}
        return taken, RESOLUTIONS["remote"]

    return take_over
