"""An ordered index: the keys of a table's records by group, sorted by a value."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from sortedcontainers import SortedList


class OrderedIndex:
    """Sorted positions ``(sort value, key)`` by group."""

    def __init__(self, positions: Iterable[tuple[Hashable, tuple[Any, Any]]]) -> None:
        grouped: dict[Hashable, list[tuple[Any, Any]]] = {}
        for group, position in positions:
            grouped.setdefault(group, []).append(position)
        self._groups = {group: SortedList(members) for group, members in grouped.items()}

    def count(self, group: Hashable) -> int:
        return len(self._group(group))

    def change(self, key: Any, removed: set[tuple[Hashable, Any]], added: set[tuple[Hashable, Any]]) -> None:
        """Replace entries, pairs of a group and a sort value, of the record with this key."""
        for group, value in removed:
            members = self._groups[group]
            members.remove((value, key))
            if not members:
                del self._groups[group]
        for group, value in added:
            if group not in self._groups:
                self._groups[group] = SortedList()
            self._groups[group].add((value, key))

    def positions(self, group: Hashable, after: Any, prefix: str | None) -> Iterator[tuple[Any, Any]]:
        """The positions after ``after``; with ``prefix`` only those whose sort value, a string, starts with it."""
        first = max(after or (), () if prefix is None else (prefix,))
        for position in self._group(group).irange(first):
            if prefix is not None and not position[0].startswith(prefix):
                return
            if position != after:
                yield position

    def _group(self, group: Hashable) -> SortedList:
        return self._groups.get(group) or _EMPTY


_EMPTY = SortedList()
