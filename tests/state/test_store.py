"""Steps of a store."""

import pytest

from pytest_cognito.state.store import Store


def test_a_step_within_a_step_is_an_error_and_does_not_hang() -> None:
    store = Store()
    store.begin()

    with pytest.raises(RuntimeError, match="a step is open in this thread already"):
        store.begin()

    store.end()
    store.begin()
    store.abort()


def test_outside_of_a_step_another_may_begin() -> None:
    store = Store()
    store.begin()

    with store.outside():
        store.begin()
        store.end()

    store.end()
