"""Token buckets."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito.kernel.rates import Rates

NOON = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)


def after(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


def test_a_bucket_holds_one_second() -> None:
    rates = Rates()
    assert [rates.take("a", 2, NOON) for _ in range(3)] == [True, True, False]
    assert rates.is_exhausted("a", 2, NOON)
    assert not rates.is_exhausted("b", 2, NOON)


def test_it_fills_as_time_passes() -> None:
    rates = Rates()
    while rates.take("a", 4, NOON):
        pass
    assert [rates.take("a", 4, after(0.5)) for _ in range(3)] == [True, True, False]
    assert [rates.take("a", 4, after(60)) for _ in range(5)] == [True] * 4 + [False]


def test_a_clock_that_is_set_back_adds_nothing() -> None:
    rates = Rates()
    assert rates.take("a", 1, NOON)
    assert not rates.take("a", 1, after(-3600))
    assert rates.take("a", 1, after(1))


@settings(max_examples=30)
@given(st.integers(1, 20), st.lists(st.integers(0, 300), max_size=40))
def test_no_second_has_more_than_twice_its_rate(rate: int, waits: list[int]) -> None:
    """As many as the bucket holds, and as many as come while a second passes."""
    rates, now, taken = Rates(), 0.0, []
    for wait in waits:
        now += wait / 1000
        if rates.take("a", rate, after(now)):
            taken.append(now)
    for begin in taken:
        assert sum(begin <= moment <= begin + 1 for moment in taken) <= 2 * rate
