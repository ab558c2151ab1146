"""The journal: what it takes to undo the changes since a savepoint."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Protocol


class Undoable(Protocol):
    """A table, as the journal sees it."""

    def restore(self, key: Hashable, record: Any) -> None: ...


class Journal:
    """The changes since the outermost open savepoint.

    Rolling back costs what was changed since, never what the tables hold. With no savepoint open nothing is kept.
    """

    def __init__(self) -> None:
        self._entries: list[tuple[Undoable, Hashable, Any]] = []
        self._open = 0

    def note(self, table: Undoable, key: Hashable, before: Any) -> None:
        """Remember that ``table`` held ``before`` (``None``: nothing) under ``key`` until now."""
        if self._open:
            self._entries.append((table, key, before))

    def savepoint(self) -> int:
        """Open a savepoint; close it with `release` or `rollback`, innermost first."""
        self._open += 1
        return len(self._entries)

    def release(self, savepoint: int) -> None:
        """Keep what was changed since the savepoint (an outer one can still undo it)."""
        self._open -= 1
        if not self._open:
            self._entries.clear()

    def rollback(self, savepoint: int) -> None:
        """Undo what was changed since the savepoint, newest change first."""
        while len(self._entries) > savepoint:
            table, key, before = self._entries.pop()
            table.restore(key, before)
        self._open -= 1
