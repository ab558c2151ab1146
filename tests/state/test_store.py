"""Steps of a store."""

from __future__ import annotations

import pytest

from pytest_cognito.state.store import Store
from tests.state.clock import utc_now
from tests.state.shelves import BOOKS, Book


def test_a_step_within_a_step_is_an_error_and_does_not_hang() -> None:
    """The inner step undoes the outer one, as if that had been broken off; the outer one says so at its end."""
    store = Store()

    def outer() -> None:
        store[BOOKS].put(Book("outer"))
        store.run(utc_now, store[BOOKS].put, Book("inner"))

    with pytest.raises(RuntimeError, match=r"another was begun in the same thread; .* belongs into outside\(\)"):
        store.run(utc_now, outer)

    assert [book.title for book in store[BOOKS]] == ["inner"]


@pytest.mark.parametrize("finish", [Store.end, Store.commit, lambda store: store.outside().__enter__()])
def test_what_was_not_begun_cannot_be_finished(finish: object) -> None:
    assert callable(finish)
    with pytest.raises(RuntimeError, match="no step is open"):
        finish(Store())


def test_outside_of_a_step_another_may_begin() -> None:
    store = Store()

    def work() -> None:
        with store.outside():
            store.run(utc_now, store[BOOKS].put, Book("inside"))
        store[BOOKS].put(Book("after"))

    store.run(utc_now, work)

    assert [book.title for book in store[BOOKS]] == ["inside", "after"]
