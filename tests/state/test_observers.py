"""Who observes a store is told of what a step changed, when it is kept."""

from __future__ import annotations

import pytest

from pytest_cognito.state.journal import Change
from pytest_cognito.state.store import Store
from tests.state.clock import utc_now
from tests.state.shelves import BOOKS, PAGES, SHELVES, Book, Page, Shelf

Told = list[list[Change]]


@pytest.fixture
def store() -> Store:
    store = Store()
    store[SHELVES].put(Shelf("a"))
    store[BOOKS].put(Book("old", "a"))
    return store


@pytest.fixture
def told(store: Store) -> Told:
    """What an observer was told, one entry for each time."""
    told: Told = []
    store.observers.append(lambda changes: told.append(list(changes)))
    return told


def test_once_for_each_record_with_what_it_was_and_what_it_is(store: Store, told: Told) -> None:
    store.begin(utc_now)
    store[BOOKS].put(Book("new", "a"))
    store[BOOKS].put(Book("old", "a", rank=1))
    store[BOOKS].put(Book("new", "a", rank=2))
    store[BOOKS].put(Book("old", "a", rank=3))
    assert told == []
    store.end()

    assert told == [
        [
            Change("test/books", "new", None, Book("new", "a", rank=2)),
            Change("test/books", "old", Book("old", "a"), Book("old", "a", rank=3)),
        ]
    ]


def test_a_key_of_two_tables_is_two_records(store: Store, told: Told) -> None:
    store.begin(utc_now)
    store[SHELVES].put(Shelf("same"))
    store[BOOKS].put(Book("same"))
    store.end()

    assert [(change.table, change.key) for change in told[0]] == [("test/shelves", "same"), ("test/books", "same")]


def test_what_was_put_and_deleted_in_one_step_is_no_change(store: Store, told: Told) -> None:
    store.begin(utc_now)
    store[BOOKS].put(Book("new"))
    store[BOOKS].delete("new")
    store[BOOKS].delete("nowhere")
    store.end()

    assert told == []


def test_of_what_was_deleted_with_its_owner(store: Store, told: Told) -> None:
    store[PAGES].put(Page(1, "old"))
    store.begin(utc_now)
    store[SHELVES].delete("a")
    store.end()

    assert told == [
        [
            Change("test/pages", 1, Page(1, "old"), None),
            Change("test/books", "old", Book("old", "a"), None),
            Change("test/shelves", "a", Shelf("a"), None),
        ]
    ]


def test_of_nothing_when_the_step_fails(store: Store, told: Told) -> None:
    store.begin(utc_now)
    store[BOOKS].put(Book("new"))
    store[BOOKS].delete("old")
    store.abort()
    store.begin(utc_now)
    store.end()

    assert told == []


def test_of_each_commit_and_of_no_change_twice(store: Store, told: Told) -> None:
    store.begin(utc_now)
    store[BOOKS].put(Book("new"))
    store.commit()
    assert told == [[Change("test/books", "new", None, Book("new"))]]
    store.commit()
    store[BOOKS].put(Book("new", rank=1))
    store.abort()
    assert len(told) == 1

    assert store[BOOKS].get("new") == Book("new")


def test_before_others_are_let_in(store: Store, told: Told) -> None:
    store.begin(utc_now)
    store[BOOKS].put(Book("one"))
    with store.outside():
        assert [[change.key for change in changes] for changes in told] == [["one"]]
        store.begin(utc_now)
        store[BOOKS].put(Book("two"))
        store.end()
    store[BOOKS].put(Book("three"))
    store.end()

    assert [[change.key for change in changes] for changes in told] == [["one"], ["two"], ["three"]]


def test_all_observers_in_their_order(store: Store) -> None:
    heard: list[str] = []
    store.observers += [lambda _: heard.append("first"), lambda _: heard.append("second")]
    store.begin(utc_now)
    store[BOOKS].put(Book("new"))
    store.end()

    assert heard == ["first", "second"]


def test_who_came_inside_what_is_undone_is_gone_after(store: Store, told: Told) -> None:
    inner: Told = []
    with store.rolled_back():
        store.observers.append(lambda changes: inner.append(list(changes)))
        store.begin(utc_now)
        store[BOOKS].put(Book("inside"))
        store.end()
    store.begin(utc_now)
    store[BOOKS].put(Book("after"))
    store.end()

    assert [[change.key for change in changes] for changes in inner] == [["inside"]]
    assert [[change.key for change in changes] for changes in told] == [["inside"], ["after"]]
    assert len(store.observers) == 1


def test_who_left_inside_what_is_undone_is_back_after(store: Store, told: Told) -> None:
    with store.rolled_back():
        store.observers.clear()
    store.begin(utc_now)
    store[BOOKS].put(Book("after"))
    store.end()

    assert len(told) == 1
