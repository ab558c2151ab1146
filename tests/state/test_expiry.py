"""Records that are of no use any more."""

from __future__ import annotations

import datetime as dt

import pytest

from pytest_cognito.state.store import Store
from tests.state.shelves import LOANS, NOW, SHELVES, Calendar, Loan, Shelf

HOUR = dt.timedelta(hours=1)
JUST = dt.timedelta(milliseconds=1)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def store(calendar: Calendar) -> Store:
    """One loan that ends in an hour, one that never does."""
    store = Store()
    step(store, calendar, Loan(1, NOW + HOUR), Loan(2, None))
    return store


def step(store: Store, calendar: Calendar, *records: Loan) -> None:
    store.begin(calendar)
    for record in records:
        store[LOANS].put(record)
    store.end()


def numbers(store: Store) -> set[int]:
    return {loan.number for loan in store[LOANS]}


def test_a_record_expires_when_a_later_step_puts_one_that_expires(store: Store, calendar: Calendar) -> None:
    calendar.moment = NOW + 2 * HOUR
    step(store, calendar)
    step(store, calendar, Loan(3, None))
    assert numbers(store) == {1, 2, 3}

    step(store, calendar, Loan(4, NOW + 3 * HOUR))

    assert numbers(store) == {2, 3, 4}


@pytest.mark.parametrize(("later", "left"), [(HOUR - JUST, {1, 2, 3}), (HOUR, {2, 3})])
def test_a_record_expires_at_its_moment(store: Store, calendar: Calendar, later: dt.timedelta, left: set[int]) -> None:
    calendar.moment = NOW + later
    step(store, calendar, Loan(3, NOW + 9 * HOUR))

    assert numbers(store) == left


def test_within_the_step_it_is_still_there(store: Store, calendar: Calendar) -> None:
    calendar.moment = NOW + 2 * HOUR
    store.begin(calendar)
    store[LOANS].put(Loan(3, NOW + 3 * HOUR))
    assert numbers(store) == {1, 2, 3}
    store.commit()
    assert numbers(store) == {1, 2, 3}
    store.end()

    assert numbers(store) == {2, 3}


def test_a_record_that_has_expired_when_it_is_put_is_gone_at_the_end_of_the_step(
    store: Store, calendar: Calendar
) -> None:
    step(store, calendar, Loan(3, NOW - HOUR))

    assert numbers(store) == {1, 2}


def test_a_record_that_was_put_again_stays_until_it_expires(store: Store, calendar: Calendar) -> None:
    step(store, calendar, Loan(1, NOW + 3 * HOUR))
    calendar.moment = NOW + 2 * HOUR
    step(store, calendar, Loan(3, NOW + 9 * HOUR))
    assert numbers(store) == {1, 2, 3}

    calendar.moment = NOW + 3 * HOUR
    step(store, calendar, Loan(4, NOW + 9 * HOUR))
    assert numbers(store) == {2, 3, 4}


def test_a_record_that_expires_no_more_stays(store: Store, calendar: Calendar) -> None:
    step(store, calendar, Loan(1, None))
    calendar.moment = NOW + 2 * HOUR
    step(store, calendar, Loan(3, NOW + 9 * HOUR))

    assert numbers(store) == {1, 2, 3}


def test_what_belongs_to_it_expires_with_its_owner(store: Store, calendar: Calendar) -> None:
    store[SHELVES].put(Shelf("a"))
    step(store, calendar, Loan(3, NOW + HOUR, shelf="a"))
    store[SHELVES].delete("a")
    assert numbers(store) == {1, 2}

    calendar.moment = NOW + 2 * HOUR
    step(store, calendar, Loan(3, NOW + 3 * HOUR))
    assert numbers(store) == {2, 3}


def test_a_step_that_is_aborted_lets_nothing_expire(store: Store, calendar: Calendar) -> None:
    calendar.moment = NOW + 2 * HOUR
    store.begin(calendar)
    store[LOANS].put(Loan(3, NOW + 3 * HOUR))
    store.abort()
    assert numbers(store) == {1, 2}

    step(store, calendar, Loan(3, NOW + 3 * HOUR))
    assert numbers(store) == {2, 3}


def test_a_deletion_that_was_aborted_changes_nothing_of_it(store: Store, calendar: Calendar) -> None:
    store.begin(calendar)
    store[LOANS].delete(1)
    store.abort()
    assert numbers(store) == {1, 2}

    calendar.moment = NOW + 2 * HOUR
    step(store, calendar, Loan(3, NOW + 3 * HOUR))
    assert numbers(store) == {2, 3}


def test_what_expired_in_the_meantime_is_back_when_it_is_undone(store: Store, calendar: Calendar) -> None:
    with store.rolled_back():
        calendar.moment = NOW + 2 * HOUR
        step(store, calendar, Loan(3, NOW + 3 * HOUR))
        assert numbers(store) == {2, 3}
    assert numbers(store) == {1, 2}

    step(store, calendar, Loan(3, NOW + 3 * HOUR))
    assert numbers(store) == {2, 3}


def test_what_expires_never_piles_up(store: Store, calendar: Calendar) -> None:
    for number in range(3, 200):
        calendar.moment += HOUR
        step(store, calendar, Loan(number, calendar.moment + 2 * HOUR))
        assert len(store[LOANS]) <= 4


def test_an_observer_is_told_of_what_expired(store: Store, calendar: Calendar) -> None:
    told: list[tuple[object, object]] = []
    store.observers.append(lambda changes: told.extend((change.before, change.after) for change in changes))
    calendar.moment = NOW + 2 * HOUR
    step(store, calendar, Loan(3, NOW + 3 * HOUR))

    assert told == [(None, Loan(3, NOW + 3 * HOUR)), (Loan(1, NOW + HOUR), None)]
