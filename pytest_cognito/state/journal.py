"""The journal: what it takes to undo the changes since a savepoint."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Protocol, TypeAlias

Claim: TypeAlias = tuple[str, Hashable, Any]
"""A unique index, a value in it, and the record that held the value (``None``: none)."""


class Undoable(Protocol):
    """A table, as the journal sees it."""

    def restore(self, key: Hashable, record: Any, claims: Sequence[Claim]) -> None: ...


class Journal:
    """The changes since the outermost open savepoint.

    Rolling back costs what was changed since, never what the tables hold. With no savepoint open nothing is kept.
    """

    def __init__(self) -> None:
        self._entries: list[tuple[Undoable, Hashable, Any, Sequence[Claim]]] = []
        self._open = 0

    def note(self, table: Undoable, key: Hashable, before: Any, claims: Sequence[Claim]) -> None:
        """Remember what ``table`` held under ``key`` until now (``None``: nothing), and who held the claims."""
        if self._open:
            self._entries.append((table, key, before, claims))

    def savepoint(self) -> int:
        """Open a savepoint; close it with `release` or `rollback`, innermost first."""
        self._open += 1
        return len(self._entries)

    def release(self) -> None:
        """Keep what was changed since the innermost savepoint (an outer one can still undo it)."""
        self._open -= 1
        if not self._open:
            self._entries.clear()

    def rollback(self, savepoint: int) -> None:
        """Undo what was changed since the savepoint, newest change first."""
        while len(self._entries) > savepoint:
            table, key, before, claims = self._entries.pop()
            table.restore(key, before, claims)
        self._open -= 1
