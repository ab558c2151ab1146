"""A table: frozen records by key, with the indexes that its schema declares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from pytest_cognito.state.expiry import ExpiryQueue
from pytest_cognito.state.journal import Claims, Entry, Journal
from pytest_cognito.state.ordered_index import OrderedIndex
from pytest_cognito.state.schema import HistorySchema, Schema, Versions

R = TypeVar("R")


class TableSnapshot(NamedTuple):
    """The records of a table, and the key of the record that holds each value of each unique index."""

    records: tuple[Any, ...]
    holders: Mapping[str, Mapping[Hashable, Hashable]]


class Table(Generic[R]):
    """The records of one schema in one world. ``put`` and ``delete`` are the only ways to change it.

    ``expiries`` is told when the expiry of a record changes. ``history`` and ``locks`` are the tables of the schema's.
    """

    def __init__(
        self,
        schema: Schema[R],
        journal: Journal,
        expiries: ExpiryQueue,
        history: Table[Versions] | None = None,
        locks: Table[Any] | None = None,
    ) -> None:
        self.schema = schema
        self.dependents: list[Table[Any]] = []
        """The tables whose records may be owned by a record of this one."""
        self._journal = journal
        self._expiries = expiries
        self._history = history
        self._locks = locks
        self._rows: dict[Hashable, R] = {}
        self._unique: dict[str, dict[Hashable, R]] = {name: {} for name in schema.unique}
        self._ordered: dict[str, OrderedIndex] = {}
        self._owned: dict[Schema[Any], dict[Hashable, dict[Hashable, None]]] = {owner: {} for owner in schema.owners}

    def get(self, key: Hashable) -> R | None:
        return self._rows.get(key)

    def find(self, index: str, value: Hashable) -> R | None:
        """The record that holds ``value`` in a unique index."""
        return self._unique[index].get(value)

    def owned(self, owner: Schema[Any], key: Hashable) -> list[R]:
        """The records owned by the record with this key, in no particular order."""
        return [self._rows[owned] for owned in self._owned[owner].get(key, ())]

    def number_owned(self, owner: Schema[Any], key: Hashable) -> int:
        """How many records are owned by the record with this key. It takes no longer if they are many."""
        return len(self._owned[owner].get(key, ()))

    def put(self, record: R) -> None:
        key = self.schema.key(record)
        self._change(key, self._rows.get(key), record)

    def delete(self, key: Hashable) -> None:
        """Delete a record and the records of other tables that it owns. An unknown key is not an error."""
        before = self._rows.get(key)
        if before is None:
            return
        # What is deleted last takes along the versions that the deletion of the others has left.
        for dependent in sorted(self.dependents, key=lambda table: isinstance(table.schema, HistorySchema)):
            for owned in list(dependent._owned[self.schema].get(key, ())):
                dependent.delete(owned)
        self._change(key, before, None)

    def expire(self, key: Hashable, now: dt.datetime) -> None:
        """Delete a record if it has expired: its expiry may have changed since it was scheduled."""
        record = self._rows.get(key)
        moment = None if record is None else self._expiry(record)
        if moment is not None and moment <= now:
            self.delete(key)

    def restore(self, entry: Entry, *, complete: bool) -> None:
        """Undo the change of a journal entry, no matter how much of it has been made or undone already.

        ``complete`` says whether the last change of the table was made or undone to its end. If it was not, an ordered
        index may be left in any condition: they are built again when they are next used.
        """
        if not complete:
            self._ordered.clear()
        for (name, value), (before, _) in entry.claims.items():
            self._set_holder(name, value, before)
        self._change_ordered(entry.key, self._rows.get(entry.key), entry.before)
        self._change_owners(entry.key, entry.after, entry.before)
        self._set_row(entry.key, self._rows.get(entry.key), entry.before)

    def snapshot(self) -> TableSnapshot:
        """A snapshot of the table, for `load`."""
        key = self.schema.key
        holders = {name: {value: key(held) for value, held in index.items()} for name, index in self._unique.items()}
        return TableSnapshot(tuple(self._rows.values()), holders)

    def load(self, snapshot: TableSnapshot) -> None:
        """Fill an empty table from a snapshot."""
        for record in snapshot.records:
            key = self.schema.key(record)
            self._change_owners(key, None, record)
            self._set_row(key, None, record)
        for name, holders in snapshot.holders.items():
            self._unique[name] = {value: self._rows[key] for value, key in holders.items()}

    def page(
        self, index: str, group: Hashable, after: Any = None, prefix: str | None = None
    ) -> Iterator[tuple[Any, R]]:
        """The records of a group in order, each with its position, beginning after position ``after``.

        With ``prefix`` only those whose sort value, a string, starts with it. The first record is found by bisection.
        """
        for position in self._ordered_index(index).positions(group, after, prefix):
            yield position, self._rows[position[1]]

    def count(self, index: str, group: Hashable) -> int:
        return self._ordered_index(index).count(group)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(tuple(self._rows.values()))

    def _change(self, key: Hashable, before: R | None, after: R | None) -> None:
        """Replace the record of a key. The journal has the change before it begins: it may be broken off anywhere."""
        if self._locks is not None and self._locks._rows:
            self._check_unlocked(after if before is None else before)
        if before is not None and self._history is not None:
            self._keep(self._history, key, before)
        claims = self._claims(before, after)
        self._journal.add(Entry(self, key, before, after, claims))
        for (name, value), (_, holder) in claims.items():
            self._set_holder(name, value, holder)
        self._change_ordered(key, before, after)
        self._change_owners(key, before, after)
        self._set_row(key, before, after)
        self._journal.made()

    def is_locked(self, record: R) -> bool:
        """Whether a record can't be changed now; see `Schema.lock`."""
        lock, now = self.schema.lock, self._journal.now
        held = None if lock is None or self._locks is None else self._locks.get(lock.key(record))
        return lock is not None and held is not None and now is not None and now() < lock.until(held)

    def _check_unlocked(self, record: R | None) -> None:
        if self.schema.lock is not None and record is not None and self.is_locked(record):
            raise self.schema.lock.error()

    def _keep(self, history: Table[Versions], key: Hashable, before: R) -> None:
        """Keep what a record was until now."""
        if self._journal.now is None:
            return
        kept = history._rows.get((self.schema.name, key)) or Versions(self.schema.name, key, ())
        longest = history.schema.kept if isinstance(history.schema, HistorySchema) else dt.timedelta.max
        versions = kept.with_version(self._journal.now(), before, longest)
        if versions is not kept:
            history.put(versions)

    def _claims(self, before: R | None, after: R | None) -> Claims:
        """The values of the unique indexes whose record changes: those that ``before`` still holds, and ``after``'s."""
        claims: dict[tuple[str, Hashable], tuple[Any, Any]] = {}
        for name, keys in self.schema.unique.items():
            index = self._unique[name]
            if before is not None:
                claims.update({(name, value): (before, None) for value in keys(before) if index.get(value) is before})
            if after is not None:
                claims.update({(name, value): (index.get(value), after) for value in keys(after)})
        return claims

    def _set_holder(self, name: str, value: Hashable, holder: R | None) -> None:
        if holder is None:
            self._unique[name].pop(value, None)
        else:
            self._unique[name][value] = holder

    def _set_row(self, key: Hashable, before: R | None, after: R | None) -> None:
        if after is None:
            self._rows.pop(key, None)
            return
        self._rows[key] = after
        moment = self._expiry(after)
        if moment is not None and (before is None or moment != self._expiry(before)):
            self._expiries.schedule(moment, self.schema.name, key)

    def _change_ordered(self, key: Hashable, before: R | None, after: R | None) -> None:
        for name, index in self._ordered.items():
            entries = self.schema.ordered[name]
            old = set(entries(before)) if before is not None else set()
            new = set(entries(after)) if after is not None else set()
            index.change(key, old - new, new - old)

    def _expiry(self, record: R) -> dt.datetime | None:
        return None if self.schema.expires is None else self.schema.expires(record)

    def _change_owners(self, key: Hashable, before: R | None, after: R | None) -> None:
        for schema, owner_of in self.schema.owners.items():
            old = None if before is None else owner_of(before)
            new = None if after is None else owner_of(after)
            if old == new:
                continue
            owned = self._owned[schema]
            if old in owned:
                owned[old].pop(key, None)
                if not owned[old]:
                    del owned[old]
            if new is not None:
                owned.setdefault(new, {})[key] = None

    def _ordered_index(self, name: str) -> OrderedIndex:
        """The ordered index of this name, built when it is first used: until then, writes need not update it."""
        index = self._ordered.get(name)
        if index is None:
            entries = self.schema.ordered[name]
            index = self._ordered[name] = OrderedIndex(
                (group, (value, key)) for key, record in self._rows.items() for group, value in entries(record)
            )
        return index
