"""The journal: the changes since a savepoint, kept to undo them or to report them to observers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias

Claims: TypeAlias = Mapping[tuple[str, Hashable], tuple[Any, Any]]
"""By the name of a unique index and a value in it, the records that hold the value before and after a change (``None``:
none).
"""


class Named(Protocol):
    """What the journal needs of a schema."""

    @property
    def name(self) -> str: ...


class Journaled(Protocol):
    """What the journal needs of a table."""

    @property
    def schema(self) -> Named: ...

    def get(self, key: Hashable) -> Any: ...

    def restore(self, entry: Entry, *, complete: bool) -> None: ...


class Entry(NamedTuple):
    """A change of a table: the key, the record before and after (``None``: none), and what changes hands."""

    table: Journaled
    key: Hashable
    before: Any
    after: Any
    claims: Claims


class Change(NamedTuple):
    """A change of one record: the table's name, the key, and the record before and after (``None``: none)."""

    table: str
    key: Hashable
    before: Any
    after: Any


class Journal:
    """The changes since the outermost savepoint or the beginning of the open step.

    The time that it takes to undo changes depends on their number, not on the size of the tables. With neither a
    savepoint nor a step nothing is kept.

    An exception of a signal handler, or a fork, may come between any two instructions. So an entry is added before the
    table is changed and is removed after the change is undone, and undoing can begin anew at any moment.
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._savepoints: list[int] = []
        self.step: int | None = None
        """The number of changes before the open step; ``None`` if no step is open."""
        self.now: Callable[[], dt.datetime] | None = None
        """The time of the open step, for what depends on when a change is made."""
        self._complete = True

    def begin(self) -> None:
        """Begin a step here, or begin it again: the changes before are kept."""
        self.step = len(self._entries)

    def end(self) -> None:
        """Keep the changes of the step; a savepoint can still undo them."""
        self.step = None
        if not self._savepoints:
            self._entries.clear()

    def undo(self) -> None:
        """Undo the changes of the step, newest first, and end it."""
        while len(self._entries) > (self.step or 0):
            entry = self._entries[-1]
            complete, self._complete = self._complete, False
            entry.table.restore(entry, complete=complete)
            self._complete = True
            self._entries.pop()
        self.end()

    def savepoint(self) -> int:
        """Open a savepoint, a number to undo later changes by."""
        self._savepoints.append(len(self._entries))
        return len(self._savepoints) - 1

    def undo_to(self, savepoint: int) -> None:
        """Close a savepoint and those inside it, and undo the changes since, as those of one step."""
        self.step = self._savepoints[savepoint]
        del self._savepoints[savepoint:]
        self.undo()

    def add(self, entry: Entry) -> None:
        """Add a change that is made next, and confirmed by `made`."""
        if self.step is not None or self._savepoints:
            self._entries.append(entry)
        self._complete = False

    def made(self) -> None:
        """The change that was added last has been made completely."""
        self._complete = True

    def changes(self) -> list[Change]:
        """The changes of the step, one for each record, in the order in which the records were first changed."""
        first: dict[tuple[int, Hashable], Entry] = {}
        for entry in self._entries[self.step :]:
            first.setdefault((id(entry.table), entry.key), entry)
        found = [
            Change(entry.table.schema.name, entry.key, entry.before, entry.table.get(entry.key))
            for entry in first.values()
        ]
        return [change for change in found if change.before is not change.after]

    def __len__(self) -> int:
        return len(self._entries)
