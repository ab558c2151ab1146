"""A store that goes on from another's snapshot, and has nothing to do with it any more."""

from __future__ import annotations

import datetime as dt

import pytest

from pytest_cognito.state.store import Store
from tests.state.clock import utc_now
from tests.state.shelves import BOOKS, LOANS, NOW, PAGES, SHELVES, Book, Calendar, Loan, Page, Shelf

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def store() -> Store:
    store = Store()
    store[SHELVES].put(Shelf("a"))
    for rank, title in enumerate(("x", "z", "y")):
        store[BOOKS].put(Book(title, "a", (f"title {title}",), rank))
    store[PAGES].put(Page(1, "x"))
    store.serial()
    return store


def test_it_has_the_records_and_their_look_ups(store: Store) -> None:
    again = Store(store.snapshot())

    assert list(again[BOOKS]) == list(store[BOOKS])
    assert again[BOOKS].find("titles", "title z") == Book("z", "a", ("title z",), 1)
    assert list(again[BOOKS].page("shelf", "a")) == list(store[BOOKS].page("shelf", "a"))
    assert again[BOOKS].owned(SHELVES, "a") == store[BOOKS].owned(SHELVES, "a")
    assert again.serial() == store.serial() == 2


def test_neither_sees_what_becomes_of_the_other(store: Store) -> None:
    snapshot = store.snapshot()
    one, other = Store(snapshot), Store(snapshot)
    store[SHELVES].delete("a")
    one[BOOKS].delete("x")
    one[BOOKS].put(Book("new", "a"))
    one.serial()

    assert (len(store[BOOKS]), len(store[PAGES])) == (0, 0)
    assert [book.title for book in one[BOOKS]] == ["z", "y", "new"]
    assert [book.title for book in other[BOOKS]] == ["x", "z", "y"]
    assert list(other[PAGES]) == [Page(1, "x")]
    assert other.serial() == 2
    other[SHELVES].delete("a")
    assert (len(other[BOOKS]), len(other[PAGES]), len(one[BOOKS])) == (0, 0, 3)


def test_a_snapshot_is_of_its_moment(store: Store) -> None:
    snapshot = store.snapshot()
    store[BOOKS].delete("x")

    assert Store(snapshot)[PAGES].get(1) == Page(1, "x")


def test_loading_is_nothing_that_can_be_undone(store: Store) -> None:
    again = Store(store.snapshot())
    again.begin(utc_now)
    again[BOOKS].delete("x")
    again.abort()

    assert set(again[BOOKS]) == set(store[BOOKS])


def test_observers_are_not_part_of_it(store: Store) -> None:
    told: list[object] = []
    store.observers.append(told.append)
    again = Store(store.snapshot())
    again.begin(utc_now)
    again[BOOKS].delete("x")
    again.end()

    assert (again.observers, told) == ([], [])


def test_records_expire_in_it_as_they_would_have(store: Store) -> None:
    calendar = Calendar()
    store.begin(calendar)
    store[LOANS].put(Loan(1, NOW + HOUR))
    store.end()
    again = Store(store.snapshot())
    calendar.moment = NOW + 2 * HOUR
    again.begin(calendar)
    again[LOANS].put(Loan(2, NOW + 3 * HOUR))
    again.end()

    assert [loan.number for loan in again[LOANS]] == [2]
    assert [loan.number for loan in store[LOANS]] == [1]


def test_a_snapshot_waits_for_a_step_of_another_thread(store: Store) -> None:
    """A step is in a snapshot as a whole, or not at all."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as threads:
        store.begin(utc_now)
        store[BOOKS].put(Book("half"))
        taken = threads.submit(store.snapshot)
        store[BOOKS].put(Book("whole"))
        assert not taken.done()
        store.end()
        again = Store(taken.result(10))

    assert {book.title for book in again[BOOKS]} == {"x", "y", "z", "half", "whole"}
