"""Tables, journal and store against plain dicts, through any sequence of changes, steps, commits and rollbacks."""

from __future__ import annotations

import copy
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pytest_cognito.state.schema import Schema
from pytest_cognito.state.store import Store
from tests.state.clock import utc_now


@dataclass(frozen=True, slots=True)
class Record:
    key: int
    names: tuple[str, ...]
    group: str
    rank: int


RECORDS: Schema[Record] = Schema(
    "test/records",
    key=lambda record: record.key,
    unique={"names": lambda record: record.names},
    ordered={
        "group": lambda record: [(record.group, record.rank)],
        "names": lambda record: [("all", name) for name in set(record.names)],
    },
)

KEYS = st.integers(0, 4)
GROUPS = st.sampled_from("AB")
NAMES = st.lists(st.sampled_from(["a", "ab", "b", "bc"]), max_size=3).map(tuple)
ANY_RECORD = st.builds(Record, KEYS, NAMES, GROUPS, st.integers(0, 3))


class Undo(Exception):
    """Ends a step in an error."""


@dataclass
class Model:
    """The same, without an index: rows by key, and who put each name last."""

    rows: dict[int, Record] = field(default_factory=dict)
    holders: dict[str, Record] = field(default_factory=dict)

    def put(self, record: Record) -> None:
        self.delete(record.key)
        self.rows[record.key] = record
        self.holders.update(dict.fromkeys(record.names, record))

    def delete(self, key: int) -> None:
        before = self.rows.pop(key, None)
        self.holders = {name: record for name, record in self.holders.items() if record is not before}


class StoreMachine(RuleBasedStateMachine):
    """``undone`` blocks nest, and steps happen inside them or outside; the model keeps a copy for each savepoint."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store()
        self.model = Model()
        self.outer: list[tuple[ExitStack, Model]] = []
        self.before: Model | None = None

    @rule(record=ANY_RECORD)
    def put(self, record: Record) -> None:
        self.store[RECORDS].put(record)
        self.model.put(record)

    @rule(key=KEYS)
    def delete(self, key: int) -> None:
        self.store[RECORDS].delete(key)
        self.model.delete(key)

    @precondition(lambda self: self.before is None)
    @rule()
    def begin(self) -> None:
        self.store.begin(utc_now)
        self.before = copy.deepcopy(self.model)

    @precondition(lambda self: self.before is not None)
    @rule()
    def commit(self) -> None:
        self.store.commit()
        self.before = copy.deepcopy(self.model)

    @precondition(lambda self: self.before is not None)
    @rule()
    def end(self) -> None:
        self.store.end()
        self.before = None

    @precondition(lambda self: self.before is not None)
    @rule()
    def abort(self) -> None:
        self.store.abort()
        assert self.before is not None
        self.model, self.before = self.before, None

    @precondition(lambda self: self.before is not None)
    @rule(record=ANY_RECORD)
    def leave_for_a_while(self, record: Record) -> None:
        with self.store.outside():
            self.store.begin(utc_now)
            self.store[RECORDS].put(record)
            self.store.end()
        self.model.put(record)
        self.before = copy.deepcopy(self.model)

    @precondition(lambda self: self.before is None and len(self.outer) < 3)
    @rule()
    def begin_what_is_undone(self) -> None:
        stack = ExitStack()
        stack.enter_context(self.store.rolled_back())
        self.outer.append((stack, copy.deepcopy(self.model)))

    @precondition(lambda self: self.before is None and self.outer)
    @rule()
    def undo(self) -> None:
        stack, self.model = self.outer.pop()
        stack.close()

    @invariant()
    def the_rows_are_the_model_s(self) -> None:
        table = self.store[RECORDS]
        assert len(table) == len(self.model.rows)
        assert {record.key: record for record in table} == self.model.rows
        assert [table.get(key) for key in range(5)] == [self.model.rows.get(key) for key in range(5)]

    @invariant()
    def a_name_finds_who_put_it_last(self) -> None:
        found = {name: self.store[RECORDS].find("names", name) for name in ("a", "ab", "b", "bc")}
        assert {name: record for name, record in found.items() if record} == self.model.holders

    @invariant()
    def listings_are_sorted_and_whole(self) -> None:
        table = self.store[RECORDS]
        for group in "AB":
            wanted = sorted((row.rank, row.key) for row in self.model.rows.values() if row.group == group)
            assert [position for position, _ in table.page("group", group)] == wanted
            assert table.count("group", group) == len(wanted)
            for place, position in enumerate(wanted):
                assert [after for after, _ in table.page("group", group, position)] == wanted[place + 1 :]

    @invariant()
    def a_prefix_narrows_a_listing(self) -> None:
        wanted = sorted((name, row.key) for row in self.model.rows.values() for name in set(row.names))
        for prefix in ("a", "b", "c"):
            page = [position for position, _ in self.store[RECORDS].page("names", "all", None, prefix)]
            assert page == [entry for entry in wanted if entry[0].startswith(prefix)]

    def teardown(self) -> None:
        if self.before is not None:
            self.store.abort()
        while self.outer:
            self.undo()


TestStore = StoreMachine.TestCase
TestStore.settings = settings(max_examples=120, stateful_step_count=40)


def test_a_rollback_costs_what_was_changed_and_not_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    for key in range(1000):
        store[RECORDS].put(Record(key, (str(key),), "A", key))
    with store.rolled_back():
        store[RECORDS].delete(7)
        store[RECORDS].put(Record(8, ("7",), "B", 0))
        restored: list[int] = []
        monkeypatch.setattr(store[RECORDS], "restore", lambda entry, complete: restored.append(entry.key))
    assert restored == [8, 7]


def test_nothing_is_kept_where_nothing_can_be_undone() -> None:
    store = Store()
    store.begin(utc_now)
    store[RECORDS].put(Record(1, (), "A", 1))
    store.commit()
    store.end()
    store[RECORDS].put(Record(2, (), "A", 1))
    assert store._journal._entries == []
