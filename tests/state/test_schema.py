"""Names of tables."""

from __future__ import annotations

import pytest

from pytest_cognito.state.schema import Schema
from pytest_cognito.state.store import Store
from tests.state.shelves import SHELVES, Shelf


@pytest.mark.parametrize("name", ["", "shelves", "/shelves", "test/", "/"])
def test_a_name_says_the_service_and_the_table(name: str) -> None:
    with pytest.raises(ValueError, match=f'the name of a schema is "service/name", not {name!r}'):
        Schema(name, key=hash)


def test_a_table_is_there_when_it_is_first_asked_for() -> None:
    store = Store()

    assert store.tables() == {}
    table = store[SHELVES]

    assert store[SHELVES] is table
    assert store.tables() == {"test/shelves": table}


def test_two_schemas_of_one_name_are_refused() -> None:
    store = Store()
    another: Schema[Shelf] = Schema("test/shelves", key=lambda shelf: shelf.name)
    store[SHELVES].put(Shelf("a"))

    with pytest.raises(RuntimeError, match="two schemas are named 'test/shelves': give one of them another name"):
        store[another]

    assert store[SHELVES].get("a") == Shelf("a")


def test_two_schemas_of_one_name_may_be_in_two_stores() -> None:
    another: Schema[Shelf] = Schema("test/shelves", key=lambda shelf: shelf.name)
    one, other = Store(), Store()
    one[SHELVES].put(Shelf("a"))
    other[another].put(Shelf("b"))

    assert (list(one[SHELVES]), list(other[another])) == ([Shelf("a")], [Shelf("b")])
