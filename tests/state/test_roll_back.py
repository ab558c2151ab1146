"""A step that undoes what it has changed, and goes on."""

from __future__ import annotations

import pytest

from pytest_cognito.state.store import Store
from tests.state.clock import utc_now
from tests.state.shelves import BOOKS, Book


def titles(store: Store) -> list[str]:
    return [book.title for book in store[BOOKS]]


@pytest.mark.parametrize("kept", [False, True], ids=["nested in nothing", "within a savepoint"])
def test_what_was_not_committed_is_undone(kept: bool) -> None:
    store = Store()

    def work() -> None:
        store[BOOKS].put(Book("committed"))
        store.commit()
        store[BOOKS].put(Book("undone"))
        store[BOOKS].delete("committed")
        store.roll_back()
        assert titles(store) == ["committed"]
        store[BOOKS].put(Book("after"))

    if kept:
        with store.rolled_back():
            store.run(utc_now, work)
            assert titles(store) == ["committed", "after"]
        assert titles(store) == []
    else:
        store.run(utc_now, work)
        assert titles(store) == ["committed", "after"]


def test_the_step_can_still_fail() -> None:
    store = Store()

    def work() -> None:
        store[BOOKS].put(Book("first"))
        store.roll_back()
        store[BOOKS].put(Book("second"))
        raise LookupError

    with pytest.raises(LookupError):
        store.run(utc_now, work)
    assert titles(store) == []


def test_there_must_be_a_step() -> None:
    with pytest.raises(RuntimeError, match="no step is open"):
        Store().roll_back()
