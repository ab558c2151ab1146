"""Patches: what UpdateRecords does to the records of a dataset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_sync import errors


class Patch(NamedTuple):
    """A change of the record with a key. ``value`` None removes it.

    ``sync_count`` is the record's as the client knows it, 0 for a new one. None is for a change of the function of a
    trigger, which is made whatever the count is. ``device_modified`` is None if the client doesn't say it.
    """

    key: str
    value: str | None
    sync_count: int | None
    device_modified: dt.datetime | None = None


def read(record_patches: Iterable[Mapping[str, Any]]) -> list[Patch]:
    """The patches of a request. A record can be changed once, and is replaced by a value."""
    patches: dict[str, Patch] = {}
    for given in record_patches:
        key, value = given["Key"], given.get("Value")
        if key in patches:
            raise errors.KEY_TWICE(key=key)
        if given["Op"] == "remove":
            value = None
        elif value is None:
            raise errors.VALUE_MISSING(key=key)
        patches[key] = Patch(key, value, given["SyncCount"], given.get("DeviceLastModifiedDate"))
    return list(patches.values())


def with_values(patches: Iterable[Patch], values: Mapping[str, str | None]) -> list[Patch]:
    """Patches with other values by key, and further ones for what there is no patch of."""
    changed = {patch.key: patch._replace(value=values[patch.key]) for patch in patches}
    return [*changed.values(), *(Patch(key, value, None) for key, value in values.items() if key not in changed)]
