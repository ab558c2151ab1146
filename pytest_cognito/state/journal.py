"""The journal: the changes since a savepoint, kept to undo them or to report them to observers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

Claim: TypeAlias = tuple[str, Hashable, Any]
"""The name of a unique index, a value in it, and the record that held the value (``None``: none)."""


class Named(Protocol):
    """What the journal needs of a schema."""

    @property
    def name(self) -> str: ...


class Journaled(Protocol):
    """What the journal needs of a table."""

    @property
    def schema(self) -> Named: ...

    def get(self, key: Hashable) -> Any: ...

    def restore(self, key: Hashable, record: Any, claims: Sequence[Claim]) -> None: ...


class Change(NamedTuple):
    """A change of one record: the table's name, the key, and the record before and after (``None``: none)."""

    table: str
    key: Hashable
    before: Any
    after: Any


class Journal:
    """The changes since the outermost open savepoint.

    The time that a rollback takes depends on the number of changes, not on the size of the tables. With no savepoint
    open nothing is kept.
    """

    def __init__(self) -> None:
        self._entries: list[tuple[Journaled, Hashable, Any, Sequence[Claim]]] = []
        self._open = 0

    def add(self, table: Journaled, key: Hashable, before: Any, claims: Sequence[Claim]) -> None:
        """Add the record that ``table`` has held under ``key`` (``None``: none), and the previous holders of its
        unique values.
        """
        if self._open:
            self._entries.append((table, key, before, claims))

    def savepoint(self) -> int:
        """Open a savepoint; close it with `release` or `rollback`, innermost first."""
        self._open += 1
        return len(self._entries)

    def changes(self, savepoint: int) -> list[Change]:
        """The changes since a savepoint, one for each record, in the order in which the records were first changed."""
        first: dict[tuple[int, Hashable], tuple[Journaled, Any]] = {}
        for table, key, before, _ in self._entries[savepoint:]:
            first.setdefault((id(table), key), (table, before))
        found = [Change(table.schema.name, key, before, table.get(key)) for (_, key), (table, before) in first.items()]
        return [change for change in found if change.before is not change.after]

    def release(self) -> None:
        """Close the innermost savepoint and keep the changes since; an outer one can still undo them."""
        self._open -= 1
        if not self._open:
            self._entries.clear()

    def rollback(self, savepoint: int) -> None:
        """Close the savepoint and undo the changes since, newest first."""
        while len(self._entries) > savepoint:
            table, key, before, claims = self._entries.pop()
            table.restore(key, before, claims)
        self._open -= 1
