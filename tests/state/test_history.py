"""What records were before they were changed is kept, for a time; and records are locked while something says so."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest

from pytest_cognito.state.schema import Schema, Version, Versions
from pytest_cognito.state.store import Store
from tests.state.interrupts import Interrupt, interrupt_at
from tests.state.letters import BEGIN, DRAFTS, DRAWERS, KEPT, KEYS, LETTERS, Desk, Drawer, Key, Letter, Locked


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.step(lambda: desk.store[DRAWERS].put(Drawer("a")))
    return desk


def test_a_new_record_leaves_no_trace(desk: Desk) -> None:
    desk.put("first")

    assert len(desk.store[DRAFTS]) == 0


def test_what_a_record_was_is_kept_with_the_time_until_which(desk: Desk) -> None:
    desk.put("first")
    desk.wait(hours=1)
    desk.put("second")
    desk.wait(hours=1)
    desk.delete()

    hours = [BEGIN + dt.timedelta(hours=number) for number in (1, 2)]
    assert desk.versions() == [(hours[0], "first"), (hours[1], "second")]


def test_changes_of_one_moment_are_one(desk: Desk) -> None:
    desk.put("first")
    for text in ("second", "third"):
        desk.put(text)

    assert desk.versions() == [(BEGIN, "first")]


def test_a_version_is_kept_for_a_time(desk: Desk) -> None:
    for text in ("first", "second", "third"):
        desk.put(text)
        desk.wait(days=8)
    desk.delete()

    assert [text for _, text in desk.versions()] == ["second", "third"]
    assert desk.versions()[0][0] > desk.now - KEPT


def test_what_there_was_at_a_moment() -> None:
    one, two, three = (BEGIN + dt.timedelta(hours=number) for number in (1, 2, 3))
    versions = Versions("test/letters", "key", (Version(one, "first"), Version(two, "second")))

    assert versions.before(BEGIN) == Version(one, "first")
    assert versions.before(one) == Version(two, "second")
    assert versions.before(two) is None is versions.before(three)


def test_an_aborted_step_leaves_no_version(desk: Desk) -> None:
    desk.put("first")
    desk.store.begin(lambda: desk.now)
    desk.store[LETTERS].put(Letter("a", "one", "second"))
    desk.store.abort()

    assert desk.versions() == []


def test_versions_are_undone_with_the_changes(desk: Desk) -> None:
    desk.put("first")
    with desk.store.rolled_back():
        desk.wait(hours=1)
        desk.put("second")
        assert len(desk.versions()) == 1

    assert desk.versions() == []


def test_versions_are_in_a_snapshot(desk: Desk) -> None:
    desk.put("first")
    desk.wait(hours=1)
    desk.put("second")
    other = Desk(Store(desk.store.snapshot()))

    assert other.versions() == desk.versions() != []
    other.now = desk.now + dt.timedelta(hours=1)
    other.put("third")
    assert [text for _, text in other.versions()] == ["first", "second"]
    assert len(desk.versions()) == 1


def test_a_change_that_is_broken_off_anywhere_is_made_with_its_version_or_not_at_all(desk: Desk) -> None:
    for instruction in itertools.count():
        desk = Desk()
        desk.put("first")
        desk.wait(hours=1)
        try:
            with interrupt_at(instruction):
                desk.put("second")
        except Interrupt:
            desk.step(lambda: None)
            left = ([letter.text for letter in desk.store[LETTERS]], [text for _, text in desk.versions()])
            assert left in ((["first"], []), (["second"], ["first"]))
        else:
            return


def test_an_owner_takes_the_versions_along(desk: Desk) -> None:
    desk.put("first")
    desk.put("second", title="two")
    desk.wait(hours=1)
    desk.put("third")
    desk.step(lambda: desk.store[DRAWERS].delete("a"))

    assert [len(table) for table in desk.store.tables(with_history=True).values()] == [0, 0, 0, 0]


def test_outside_of_a_step_there_is_no_time_to_keep(desk: Desk) -> None:
    store = Store()
    for text in ("first", "second"):
        store[LETTERS].put(Letter("a", "one", text))

    assert len(store[DRAFTS]) == 0


def test_a_history_needs_to_know_since_when_there_is_a_record() -> None:
    with pytest.raises(ValueError, match="test/notes has a history and says since when"):
        Schema("test/notes", key=str, history=DRAFTS)


def test_a_locked_record_is_not_changed(desk: Desk) -> None:
    desk.put("first")
    desk.step(lambda: desk.store[KEYS].put(Key("a", BEGIN + dt.timedelta(hours=1))))

    changes: list[Callable[[], None]] = [
        lambda: desk.put("second"),
        desk.delete,
        lambda: desk.put("new", title="two"),
    ]
    for change in changes:
        with pytest.raises(Locked):
            change()
    desk.put("elsewhere", drawer="b")
    assert [letter.text for letter in desk.store[LETTERS]] == ["first", "elsewhere"]
    assert desk.versions() == []


def test_a_lock_ends_by_itself_or_by_its_deletion(desk: Desk) -> None:
    desk.put("first")
    desk.step(lambda: desk.store[KEYS].put(Key("a", BEGIN + dt.timedelta(hours=1))))
    desk.wait(hours=1)
    desk.put("second")
    desk.step(lambda: desk.store[KEYS].put(Key("a", dt.datetime.max.replace(tzinfo=dt.UTC))))
    desk.step(lambda: desk.store[KEYS].delete("a"))
    desk.put("third")

    assert [letter.text for letter in desk.store[LETTERS]] == ["third"]


def test_an_owner_is_deleted_with_its_lock(desk: Desk) -> None:
    desk.put("first")
    desk.step(lambda: desk.store[KEYS].put(Key("a", dt.datetime.max.replace(tzinfo=dt.UTC))))
    desk.step(lambda: desk.store[DRAWERS].delete("a"))

    assert [len(table) for table in desk.store.tables(with_history=True).values()] == [0, 0, 0, 0]
