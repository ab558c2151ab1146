"""The expiries of records, soonest first."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple


class Expiry(NamedTuple):
    """The time from which a record may be deleted. ``number`` orders entries with the same time."""

    moment: dt.datetime
    number: int
    table: str
    key: Hashable


class ExpiryQueue:
    """The scheduled expiries of a store.

    An entry has the name of its table: a reference to it would be a cycle, and a world that nobody holds any more would
    wait for the garbage collector.
    """

    def __init__(self) -> None:
        self.changed = False
        """Whether an expiry was scheduled since this was last set to false."""
        self._entries: list[Expiry] = []
        self._numbers = itertools.count()

    def schedule(self, moment: dt.datetime, table: str, key: Hashable) -> None:
        """Add the expiry of a record. Earlier ones of the same record stay."""
        heapq.heappush(self._entries, Expiry(moment, next(self._numbers), table, key))
        self.changed = True

    def due(self, now: dt.datetime) -> Iterator[Expiry]:
        """Yield the entries up to a time. Each is removed when the next is asked for; none may be added before."""
        while self._entries and self._entries[0].moment <= now:
            yield self._entries[0]
            heapq.heappop(self._entries)

    def entries(self) -> Sequence[Expiry]:
        """A copy of the entries, for `restore`."""
        return tuple(self._entries)

    def restore(self, entries: Sequence[Expiry]) -> None:
        """Replace the entries by those of a copy."""
        self._entries[:] = entries
