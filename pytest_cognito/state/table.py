"""A table: frozen records by key, with the look-ups that its kind of record needs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sortedcontainers import SortedList

from .journal import Claim, Journal

R = TypeVar("R")
Keys = Callable[[Any], Iterable[Hashable]]
Entries = Callable[[Any], Iterable[tuple[Hashable, Any]]]


@dataclass(frozen=True)
class Schema(Generic[R]):
    """What a table holds.

    ``key`` gives a record's key. ``unique`` names look-ups by values of which a record may have several
    (``user.names``), each held by one record at a time, the last that was put. ``ordered`` names listings: a record's
    entries are pairs of a group and a sort value, and a listing gives the records of one group in the order of their
    sort values.
    """

    name: str
    key: Callable[[R], Hashable]
    unique: Mapping[str, Keys] = field(default_factory=dict)
    ordered: Mapping[str, Entries] = field(default_factory=dict)


class Table(Generic[R]):
    """The records of one schema in one world. ``put`` and ``delete`` are the only ways to change it."""

    def __init__(self, schema: Schema[R], journal: Journal) -> None:
        self._schema = schema
        self._journal = journal
        self._rows: dict[Hashable, R] = {}
        self._unique: dict[str, dict[Hashable, R]] = {name: {} for name in schema.unique}
        self._ordered: dict[str, _Listings] = {}

    def get(self, key: Hashable) -> R | None:
        return self._rows.get(key)

    def find(self, index: str, value: Hashable) -> R | None:
        """The record that holds ``value`` in a unique index."""
        return self._unique[index].get(value)

    def put(self, record: R) -> None:
        key = self._schema.key(record)
        before = self._rows.get(key)
        self._journal.note(self, key, before, self._claim(before, record))
        self._replace(key, before, record)

    def delete(self, key: Hashable) -> None:
        before = self._rows.get(key)
        if before is not None:
            self._journal.note(self, key, before, self._claim(before, None))
            self._replace(key, before, None)

    def restore(self, key: Hashable, record: R | None, claims: Sequence[Claim]) -> None:
        """Put back what the journal noted: the record, and who held what it took or gave up in the unique indexes."""
        self._replace(key, self._rows.get(key), record)
        for name, value, holder in reversed(claims):
            if holder is None:
                self._unique[name].pop(value, None)
            else:
                self._unique[name][value] = holder

    def page(
        self, index: str, group: Hashable, after: Any = None, prefix: str | None = None
    ) -> Iterator[tuple[Any, R]]:
        """The records of a group in order, each with its position; from behind position ``after`` on.

        With ``prefix`` only those whose sort value, a string, begins with it. A page costs what it holds and a search
        by bisection, whatever the size of the table.
        """
        for position in self._listings(index).positions(group, after, prefix):
            yield position, self._rows[position[1]]

    def count(self, index: str, group: Hashable) -> int:
        return len(self._listings(index).of(group))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(tuple(self._rows.values()))

    def _claim(self, before: R | None, after: R | None) -> list[Claim]:
        """Change the unique indexes; gives each value that changed hands with who held it until now."""
        claims: list[Claim] = []
        for name, keys in self._schema.unique.items():
            index = self._unique[name]
            if before is not None:
                held = [value for value in dict.fromkeys(keys(before)) if index.get(value) is before]
                claims += [(name, value, index.pop(value)) for value in held]
            if after is not None:
                for value in keys(after):
                    claims.append((name, value, index.get(value)))
                    index[value] = after
        return claims

    def _replace(self, key: Hashable, before: R | None, after: R | None) -> None:
        for name, listings in self._ordered.items():
            entries = self._schema.ordered[name]
            was = set(entries(before)) if before is not None else set()
            now = set(entries(after)) if after is not None else set()
            listings.change(key, was - now, now - was)
        if after is None:
            self._rows.pop(key, None)
        else:
            self._rows[key] = after

    def _listings(self, name: str) -> _Listings:
        """The ordered index, made when it is first asked for: what no test lists costs nothing to write."""
        listings = self._ordered.get(name)
        if listings is None:
            entries = self._schema.ordered[name]
            listings = self._ordered[name] = _Listings(
                (group, (value, key)) for key, record in self._rows.items() for group, value in entries(record)
            )
        return listings


class _Listings:
    """Sorted positions ``(sort value, key)`` by group."""

    def __init__(self, positions: Iterable[tuple[Hashable, tuple[Any, Any]]]) -> None:
        grouped: dict[Hashable, list[tuple[Any, Any]]] = {}
        for group, position in positions:
            grouped.setdefault(group, []).append(position)
        self._groups = {group: SortedList(of) for group, of in grouped.items()}

    def of(self, group: Hashable) -> SortedList:
        return self._groups.get(group) or _NOTHING

    def change(self, key: Any, gone: set[tuple[Hashable, Any]], come: set[tuple[Hashable, Any]]) -> None:
        for group, value in gone:
            listing = self._groups[group]
            listing.remove((value, key))
            if not listing:
                del self._groups[group]
        for group, value in come:
            if group not in self._groups:
                self._groups[group] = SortedList()
            self._groups[group].add((value, key))

    def positions(self, group: Hashable, after: Any, prefix: str | None) -> Iterator[tuple[Any, Any]]:
        first = max(after or (), () if prefix is None else (prefix,))
        for position in self.of(group).irange(first):
            if prefix is not None and not position[0].startswith(prefix):
                return
            if position != after:
                yield position


_NOTHING = SortedList()
