"""Datasets and their records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pytest_cognito.cognito_identity import IDENTITIES, POOLS
from pytest_cognito.state.schema import Schema


class Record(NamedTuple):
    """A record of a dataset. ``value`` is None for one that was removed, which stays so that other devices learn of it.

    ``modified`` is LastModifiedDate, of the server, ``device_modified`` DeviceLastModifiedDate.
    """

    key: str
    value: str | None
    sync_count: int
    modified: dt.datetime
    modified_by: str
    device_modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset of an identity, with its records.

    ``sync_count`` goes up by one with each update. ``size`` is DataStorage in bytes, ``number`` NumRecords. A deleted
    dataset stays as a record with ``deleted_at``, the sync count at which it was deleted: one that is made anew counts
    on from there, and ``exists`` again. ``merged_into`` is the name of the dataset that this one of a merged identity
    waits to be taken over into.

    ``records`` has them by key, removed ones too, in the order of their sync counts and keys. They are no table of
    their own: an update touches many of them, and a copy of all takes less time than a row for each.
    """

    identity_id: str
    name: str
    pool_id: str
    created: dt.datetime
    modified: dt.datetime
    modified_by: str
    sync_count: int = 0
    size: int = 0
    number: int = 0
    records: dict[str, Record] = field(default_factory=dict)
    exists: bool = False
    deleted_at: int | None = None
    merged_into: str | None = None

    def changed_after(self, sync_count: int, key: str | None = None) -> Iterator[Record]:
        """The records after a sync count, or after a key at that sync count, in order.

        Takes no longer if there are many records that were not changed since.
        """
        after = (sync_count + 1, "") if key is None else (sync_count, key)
        newest = []
        for record in reversed(self.records.values()):
            if (record.sync_count, record.key) <= after:
                break
            newest.append(record)
        return reversed(newest)


DATASETS: Schema[Dataset] = Schema(
    "cognito-sync/datasets",
    key=lambda dataset: (dataset.identity_id, dataset.name),
    ordered={
        "identity": lambda dataset: [(dataset.identity_id, dataset.name)] if dataset.exists else [],
        "merged": lambda dataset: (
            [((dataset.identity_id, dataset.merged_into), dataset.name)] if dataset.merged_into else []
        ),
    },
    owners={IDENTITIES: lambda dataset: dataset.identity_id, POOLS: lambda dataset: dataset.pool_id},
)
