"""What identity pools publish to Kinesis streams: every change of a dataset, as Cognito Streams does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.history import history
from pytest_cognito.kernel.text import printable


@dataclass(frozen=True, slots=True, repr=False)
class StreamRecord:
    """One record of a stream.

    ``stream`` is the stream's name, ``data`` the document that a consumer reads from it, with ``dataSetName``,
    ``operation``, ``kinesisSyncRecords`` …; ``partition_key`` the id of the identity, ``time`` when it was put there.
    """

    stream: str
    pool_id: str
    partition_key: str
    data: Mapping[str, Any]
    time: dt.datetime

    def __repr__(self) -> str:
        data = self.data
        what = f"{data['operation']} {data['dataSetName']} syncCount={data['syncCount']}"
        return printable(f"<StreamRecord {self.stream}: {what}>")


@dataclass(frozen=True, slots=True)
class StreamFailure:
    """That a record did not get to a stream, and why. ``turned_off`` says whether the pool streams no more."""

    stream: str
    pool_id: str
    reason: str
    turned_off: bool
    time: dt.datetime


class Streams:
    """The records of all streams of a world, oldest first: all, or the newest ``limit``."""

    def __init__(self, limit: int | None = None) -> None:
        self._records: list[StreamRecord] = history(limit)
        self.failures: list[StreamFailure] = history(limit)
        """What did not get to a stream: it is gone, or the role may not put records there."""

    def add(self, record: StreamRecord) -> None:
        self._records.append(record)

    def of(self, stream: str) -> list[StreamRecord]:
        """The records of one stream, by its name."""
        if not isinstance(stream, str):
            raise UsageError(f"a stream is named as in CognitoStreams: of('changes'), not {stream!r}")
        return [record for record in self._records if record.stream == stream]

    def last(self, stream: str | None = None) -> StreamRecord:
        """The newest record, or the newest of one stream. Raises ``LookupError`` if there is none."""
        found = self._records if stream is None else self.of(stream)
        if not found:
            raise LookupError(f"no record was published{f' to {stream}' if stream else ''}; {self._summary()}")
        return found[-1]

    def clear(self) -> None:
        """Forget the records so far."""
        self._records.clear()
        self.failures.clear()

    def _summary(self) -> str:
        if self.failures:
            newest = self.failures[-1]
            return f"{newest.pool_id} could not publish to {newest.stream}: {newest.reason}"
        if self._records:
            return f"there are records of {', '.join(sorted({record.stream for record in self._records}))}"
        return "a pool publishes changes where set_identity_pool_configuration has enabled CognitoStreams"

    def __iter__(self) -> Iterator[StreamRecord]:
        return iter(tuple(self._records))

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, index: int) -> StreamRecord:
        return self._records[index]

    def __repr__(self) -> str:
        return f"<Streams: {len(self)} records>"
