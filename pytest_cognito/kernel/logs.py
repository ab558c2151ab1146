"""The logs that user pools export: activity of users, and messages that were not delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.history import history
from pytest_cognito.kernel.text import printable

SOURCES = ("userAuthEvents", "userNotification")
"""The values of ``EventSource``."""


@dataclass(slots=True, eq=False, repr=False)
class LogRecord:
    """One log of a user pool.

    ``source`` is ``"userAuthEvents"`` or ``"userNotification"``, ``level`` ``"INFO"`` or ``"ERROR"``. ``message`` is
    the log's own part, ``document`` all of it, as a destination gets it. ``destination`` is the ARN of the log group,
    stream or bucket that the pool's log delivery configuration names, ``None`` without one; ``problem`` says why the
    document did not get there.
    """

    source: str
    level: str
    pool_id: str
    time: dt.datetime
    document: Mapping[str, Any]
    destination: str | None = None
    problem: str | None = None

    @property
    def message(self) -> Mapping[str, Any]:
        message: Mapping[str, Any] = self.document["message"]
        return message

    def __repr__(self) -> str:
        details = " ".join(
            f"{name}={self.message[name]}"
            for name in ("eventType", "eventResponse", "details", "userName")
            if name in self.message
        )
        return printable(f"<LogRecord {self.source} {self.level} {details}>")


class Logs:
    """The logs of all pools of a world, oldest first: all, or the newest ``limit``."""

    def __init__(self, limit: int | None = None) -> None:
        self._records: list[LogRecord] = history(limit)

    def add(self, record: LogRecord) -> None:
        self._records.append(record)

    def of(self, source: str) -> list[LogRecord]:
        """The logs of one source: ``"userAuthEvents"`` or ``"userNotification"``."""
        if source not in SOURCES:
            raise UsageError(f"source is {' or '.join(map(repr, SOURCES))}, not {source!r}")
        return [record for record in self._records if record.source == source]

    def last(self, source: str | None = None) -> LogRecord:
        """The newest log, or the newest of one source. Raises ``LookupError`` if there is none."""
        found = self._records if source is None else self.of(source)
        if not found:
            raise LookupError(
                f"there is no log{f' of {source}' if source else ''} (a pool logs activity where its UserPoolAddOns "
                f"turn threat protection on, and messages that were not delivered)"
            )
        return found[-1]

    def clear(self) -> None:
        """Forget the logs so far."""
        self._records.clear()

    def __iter__(self) -> Iterator[LogRecord]:
        return iter(tuple(self._records))

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, index: int) -> LogRecord:
        return self._records[index]

    def __repr__(self) -> str:
        return f"<Logs: {len(self)} records>"
