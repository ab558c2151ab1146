"""What holds of the tables of a store, whatever was done in it: indexes, owners and expiries fit the records."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from pytest_cognito.state.ordered_index import OrderedIndex
from pytest_cognito.state.store import Store
from pytest_cognito.state.table import Table


def inconsistencies(store: Store) -> list[str]:
    """What is wrong in the tables of a store, of which no step is open: nothing."""
    scheduled = {(entry.moment, entry.table, entry.key) for entry in store._expiries.entries()}
    return [
        f"{name}: {problem}"
        for name, table in store.tables(with_history=True).items()
        for problem in (
            *_of_rows(table),
            *_of_unique(table),
            *_of_ordered(table),
            *_of_owned(table),
            *_of_orphans(store, table),
            *_of_expiries(table, scheduled),
        )
    ]


def _of_rows(table: Table[Any]) -> Iterator[str]:
    for key, record in table._rows.items():
        if table.schema.key(record) != key:
            yield f"a record is under the key {key!r}, which is not its own: {record!r}"


def _of_unique(table: Table[Any]) -> Iterator[str]:
    """Each value leads to a record that has it now, and each value of a record leads somewhere."""
    for index, keys in table.schema.unique.items():
        held = table._unique[index]
        for value, record in held.items():
            if table.get(table.schema.key(record)) is not record:
                yield f"{index} {value!r} leads to a record that is there no more: {record!r}"
            elif value not in set(keys(record)):
                yield f"{index} {value!r} leads to a record that has another: {record!r}"
        yield from (
            f"{index} {value!r} leads nowhere, but is one of {record!r}"
            for record in table
            for value in keys(record)
            if value not in held
        )


def _of_ordered(table: Table[Any]) -> Iterator[str]:
    for index, built in table._ordered.items():
        entries = table.schema.ordered[index]
        anew = OrderedIndex((group, (value, key)) for key, one in table._rows.items() for group, value in entries(one))
        if _positions(built) != _positions(anew):
            yield f"the order by {index} is {_positions(built)}, and would be {_positions(anew)} if built anew"


def _positions(index: OrderedIndex) -> dict[Hashable, list[Any]]:
    return {group: list(members) for group, members in index._groups.items()}


def _of_owned(table: Table[Any]) -> Iterator[str]:
    for owner, owner_of in table.schema.owners.items():
        anew: dict[Hashable, set[Hashable]] = {}
        for key, record in table._rows.items():
            of = owner_of(record)
            if of is not None:
                anew.setdefault(of, set()).add(key)
        kept = {of: set(keys) for of, keys in table._owned[owner].items()}
        if kept != anew:
            yield f"those owned by {owner.name} are {kept}, and would be {anew} if looked up anew"


def _of_orphans(store: Store, table: Table[Any]) -> Iterator[str]:
    """A simulated sign-in is one of somebody who does not exist, and has the key of none."""
    for owner, owner_of in table.schema.owners.items():
        for record in table:
            of = owner_of(record)
            if of is not None and not getattr(record, "simulated", False) and store[owner].get(of) is None:
                yield f"its owner {of!r} of {owner.name} is gone, but not {record!r}"


def _of_expiries(table: Table[Any], scheduled: set[tuple[Any, str, Hashable]]) -> Iterator[str]:
    for key, record in table._rows.items():
        moment = None if table.schema.expires is None else table.schema.expires(record)
        if moment is not None and (moment, table.schema.name, key) not in scheduled:
            yield f"nothing will delete it at {moment}: {record!r}"
