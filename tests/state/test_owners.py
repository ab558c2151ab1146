"""What belongs to a record is deleted with it."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.state.schema import Schema
from pytest_cognito.state.store import Store
from tests.state.clock import utc_now
from tests.state.shelves import BOOKS, NOTES, PAGES, SHELVES, Book, Note, Page, Shelf

ALL: tuple[Schema[Any], ...] = (SHELVES, BOOKS, PAGES, NOTES)


@pytest.fixture
def store() -> Store:
    """Two shelves, with a book and two pages each, and notes at all levels."""
    store = Store()
    for shelf, first in (("a", 1), ("b", 11)):
        # Owners need not be put first.
        store[NOTES].put(Note(f"at page {first}", page=first))
        store[PAGES].put(Page(first, f"book of {shelf}"))
        store[PAGES].put(Page(first + 1, f"book of {shelf}"))
        store[NOTES].put(Note(f"at book of {shelf}", book=f"book of {shelf}"))
        store[BOOKS].put(Book(f"book of {shelf}", shelf, (f"title {shelf}",)))
        store[SHELVES].put(Shelf(shelf))
    store[NOTES].put(Note("of its own"))
    store[BOOKS].put(Book("on no shelf"))
    return store


def keys(store: Store) -> dict[str, set[Any]]:
    return {schema.name.partition("/")[2]: {schema.key(record) for record in store[schema]} for schema in ALL}


WITHOUT_SHELF_A = {
    "shelves": {"b"},
    "books": {"book of b", "on no shelf"},
    "pages": {11, 12},
    "notes": {"at page 11", "at book of b", "of its own"},
}


def test_deleting_an_owner_deletes_what_belongs_to_it_at_every_level(store: Store) -> None:
    store[SHELVES].delete("a")

    assert keys(store) == WITHOUT_SHELF_A
    assert store[BOOKS].find("titles", "title a") is None
    assert store[BOOKS].count("shelf", "a") == 0


def test_an_owner_in_the_middle(store: Store) -> None:
    store[BOOKS].delete("book of a")

    assert keys(store) == {**WITHOUT_SHELF_A, "shelves": {"a", "b"}}


def test_an_aborted_step_brings_it_all_back(store: Store) -> None:
    before = keys(store)
    listed = list(store[BOOKS].page("shelf", "a"))
    store.begin(utc_now)
    store[SHELVES].delete("a")
    assert keys(store) == WITHOUT_SHELF_A
    store.abort()

    assert keys(store) == before
    assert store[BOOKS].find("titles", "title a") == Book("book of a", "a", ("title a",))
    assert list(store[BOOKS].page("shelf", "a")) == listed
    store[SHELVES].delete("a")
    assert keys(store) == WITHOUT_SHELF_A


def test_what_is_undone_is_undone_at_every_level(store: Store) -> None:
    before = keys(store)
    with store.rolled_back():
        store.begin(utc_now)
        store[SHELVES].delete("a")
        store.end()
        store[BOOKS].put(Book("book of a", "b"))

    assert keys(store) == before
    assert store[BOOKS].owned(SHELVES, "b") == [Book("book of b", "b", ("title b",))]


def test_a_record_that_changes_hands_is_deleted_with_its_new_owner(store: Store) -> None:
    store[PAGES].put(Page(1, "book of b"))
    store[SHELVES].delete("a")

    assert keys(store)["pages"] == {1, 11, 12}
    assert keys(store)["notes"] == {"at page 1", "at page 11", "at book of b", "of its own"}
    assert [page.number for page in store[PAGES].owned(BOOKS, "book of b")] == [11, 12, 1]
    store[SHELVES].delete("b")
    assert keys(store)["pages"] == set()


def test_a_record_that_is_nobody_s_any_more_stays(store: Store) -> None:
    store[BOOKS].put(Book("book of a", None))
    store[SHELVES].delete("a")

    assert keys(store)["pages"] == {1, 2, 11, 12}


def test_a_record_is_deleted_with_any_of_its_owners(store: Store) -> None:
    store[NOTES].put(Note("at both", book="book of b", page=1))
    store[PAGES].delete(1)
    assert store[NOTES].get("at both") is None

    store[NOTES].put(Note("at both", book="book of b", page=2))
    store[BOOKS].delete("book of b")
    assert store[NOTES].get("at both") is None
    assert store[PAGES].get(2) == Page(2, "book of a")


def test_what_belongs_to_an_owner_is_found_in_its_order(store: Store) -> None:
    store[PAGES].put(Page(0, "book of a"))
    store[PAGES].put(Page(1, "book of a"))

    assert [page.number for page in store[PAGES].owned(BOOKS, "book of a")] == [1, 2, 0]
    assert store[PAGES].owned(BOOKS, "nowhere") == []
    assert (store[PAGES].number_owned(BOOKS, "book of a"), store[PAGES].number_owned(BOOKS, "nowhere")) == (3, 0)


def test_an_owner_that_is_not_there_deletes_nothing(store: Store) -> None:
    before = keys(store)
    store[PAGES].put(Page(99, "lost"))
    store[BOOKS].delete("lost")

    assert keys(store) == {**before, "pages": before["pages"] | {99}}
