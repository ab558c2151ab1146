"""Steps of a store."""

import pytest

from pytest_cognito.state.store import Store
from tests.state.clock import utc_now


def test_a_step_within_a_step_is_an_error_and_does_not_hang() -> None:
    store = Store()
    store.begin(utc_now)

    with pytest.raises(RuntimeError, match="a step is open in this thread already"):
        store.begin(utc_now)

    store.end()
    store.begin(utc_now)
    store.abort()


def test_outside_of_a_step_another_may_begin() -> None:
    store = Store()
    store.begin(utc_now)

    with store.outside():
        store.begin(utc_now)
        store.end()

    store.end()
