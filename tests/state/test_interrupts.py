"""An exception that comes between any two instructions, as from a signal handler, leaves a store whole and free."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.state.store import Store
from tests.state.clock import utc_now
from tests.state.interrupts import Interrupt, interrupt_at
from tests.state.shelves import BOOKS, LOANS, NOW, PAGES, SHELVES, Book, Calendar, Loan, Page, Shelf

LONGEST = 10  # seconds


def make_store(observed: list[Any]) -> Store:
    store = Store()
    store[SHELVES].put(Shelf("a"))
    store[SHELVES].put(Shelf("b"))
    for rank, title in enumerate(("one", "two", "three")):
        store[BOOKS].put(Book(title, "a", (title, "any"), rank))
    store[PAGES].put(Page(1, "one"))
    store[LOANS].put(Loan(1, NOW, "a"))
    contents(store)  # builds the listings
    store.observers.append(observed.append)
    return store


def contents(store: Store) -> dict[str, Any]:
    """All that can be read of a store, in any way."""
    return {
        "records": {name: {str(record) for record in table} for name, table in store.tables(with_history=True).items()},
        "unique": {value: store[BOOKS].find("titles", value) for value in ("one", "two", "three", "four", "any")},
        "listed": {shelf: list(store[BOOKS].page("shelf", shelf)) for shelf in "ab"},
        "owned": {shelf: {str(book) for book in store[BOOKS].owned(SHELVES, shelf)} for shelf in "ab"},
        "pages": {book: store[PAGES].owned(BOOKS, book) for book in ("one", "two")},
    }


def change(store: Store) -> None:
    store[BOOKS].put(Book("four", "b", ("four", "any"), 1))
    store[BOOKS].put(Book("two", "b", ("four",), 0))
    store[BOOKS].delete("three")


def fail(store: Store) -> None:
    change(store)
    raise LookupError


def delete_owner(store: Store) -> None:
    store[SHELVES].delete("a")


def expire(store: Store) -> None:
    store[LOANS].put(Loan(2, NOW, "b"))


STEPS: dict[str, Callable[[Store], None]] = {
    "records are put, replaced and deleted": change,
    "an operation fails, and is undone": fail,
    "an owner is deleted with what it owns": delete_owner,
    "records expire": expire,
}


def do(store: Store, step: Callable[[Store], None]) -> None:
    try:
        store.run(Calendar(), step, store)
    except LookupError:
        assert step is fail


def use_from_another_thread(store: Store) -> None:
    """Begin and end a step in another thread: the lock is free, and what was left open is undone."""
    thread = threading.Thread(target=store.run, args=(utc_now, lambda: None), daemon=True)
    thread.start()
    thread.join(LONGEST)
    assert not thread.is_alive(), "the lock is held"


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_step_that_is_broken_off_anywhere_is_made_or_undone(step: Callable[[Store], None]) -> None:
    seen: list[Any] = []
    store = make_store(seen)
    before = contents(store)
    do(store, step)
    after = contents(store)

    outcomes = set()
    for instruction in itertools.count():
        store = make_store([])
        try:
            with interrupt_at(instruction):
                do(store, step)
        except Interrupt:
            use_from_another_thread(store)
        else:
            break
        found = contents(store)
        assert found in (before, after), instruction
        outcomes.add(found == after)
        store.run(utc_now, store[BOOKS].put, Book("new", "b"))
        assert "new" in [record.title for _, record in store[BOOKS].page("shelf", "b")]
        assert len(store._journal) == 0
    assert (False in outcomes) is (before != after)


def test_a_roll_back_that_is_broken_off_anywhere_is_completed() -> None:
    """Once it has begun, whoever uses the store next completes it: for example the next test on a seeded world."""
    before = contents(make_store([]))
    undone = []
    for instruction in itertools.count():
        store = make_store([])
        context = store.rolled_back()
        context.__enter__()
        store.run(utc_now, change, store)
        changed = contents(store)
        try:
            with interrupt_at(instruction):
                context.__exit__(None, None, None)
        except Interrupt:
            use_from_another_thread(store)
        else:
            break
        found = contents(store)
        assert found in (before, changed), instruction
        undone.append(found == before)
    begun = undone.index(True)
    assert all(undone[begun:])
    assert begun < 50 < len(undone)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks are POSIX's")
@pytest.mark.filterwarnings("ignore:.* is multi-threaded, use of fork:DeprecationWarning")
def test_the_child_of_a_fork_goes_on_whatever_another_thread_was_doing() -> None:
    store = make_store([])
    before = contents(store)
    inside, done = threading.Event(), threading.Event()

    def work() -> None:
        change(store)
        inside.set()
        done.wait(LONGEST)

    thread = threading.Thread(target=store.run, args=(utc_now, work))
    thread.start()
    inside.wait(LONGEST)
    child = os.fork()
    if not child:
        import faulthandler

        faulthandler.dump_traceback_later(LONGEST, exit=True)
        store.run(utc_now, lambda: None)
        os._exit(0 if contents(store) == before else 3)
    done.set()
    thread.join(LONGEST)
    assert os.waitpid(child, 0)[1] == 0
    assert "four" in [book.title for book in store[BOOKS]]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks are POSIX's")
@pytest.mark.filterwarnings("ignore:.* is multi-threaded, use of fork:DeprecationWarning")
def test_a_fork_within_a_step_leaves_the_step_to_parent_and_child() -> None:
    store = make_store([])

    def work() -> int:
        change(store)
        return os.fork()

    child = store.run(utc_now, work)
    if not child:
        os._exit(0 if "four" in [book.title for book in store[BOOKS]] else 3)
    assert os.waitpid(child, 0)[1] == 0
    assert "four" in [book.title for book in store[BOOKS]]
