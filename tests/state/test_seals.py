"""A sealed store is changed inside of `rolled_back` only, also by who comes back to it later."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.state.schema import Schema
from pytest_cognito.state.store import Store
from tests.state.clock import utc_now


@dataclass(frozen=True)
class Note:
    id: str


NOTES: Schema[Note] = Schema("tests/notes", key=lambda note: note.id)


@pytest.fixture
def store() -> Store:
    store = Store()
    put(store, "seeded")
    store.seal()
    return store


def put(store: Store, id: str) -> None:
    store.begin(utc_now)
    try:
        store[NOTES].put(Note(id))
    except BaseException:
        store.abort()
        raise
    store.end()


def ids(store: Store) -> list[str]:
    return [note.id for note in store[NOTES]]


def test_a_step_outside_is_refused_and_leaves_the_store_usable(store: Store) -> None:
    for _ in range(2):
        with pytest.raises(UsageError, match="outlived the test"):
            put(store, "late")

    assert ids(store) == ["seeded"]
    with store.rolled_back():
        put(store, "a test's")
        assert ids(store) == ["seeded", "a test's"]
    assert ids(store) == ["seeded"]


@pytest.mark.parametrize("another_test", [True, False])
def test_a_step_that_comes_back_after_the_test_is_refused(store: Store, another_test: bool) -> None:
    with store.rolled_back():
        store.begin(utc_now)
        store[NOTES].put(Note("first"))
        outside = store.outside()
        outside.__enter__()

    section = store.rolled_back()
    if another_test:
        section.__enter__()
    with pytest.raises(UsageError, match="outlived the test"):
        outside.__exit__(None, None, None)
    store[NOTES].put(Note("late"))
    store.abort()
    assert ids(store) == ["seeded"]
    if another_test:
        section.__exit__(None, None, None)
        assert ids(store) == ["seeded"]
