"""The clock stops the application's clock with its own, beside freezes of the test's and travels of time-machine."""

from __future__ import annotations

import asyncio
import datetime as dt
import subprocess
import sys
import time
from collections.abc import Iterator

import freezegun
import pytest
import time_machine

from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.errors import UsageError

NOON = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2031, 6, 1, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    yield clock
    clock.unfreeze()
    assert running()


def running() -> bool:
    return time.time() < NOON.timestamp() and dt.datetime.now(dt.UTC) < NOON


def both(clock: Clock) -> set[dt.datetime]:
    """What the application's clocks say, and Cognito's."""
    return {clock.now(), dt.datetime.now(dt.UTC), dt.datetime.fromtimestamp(time.time(), dt.UTC)}


@pytest.mark.parametrize(
    "moment",
    [
        NOON,
        NOON.replace(tzinfo=None),
        NOON.astimezone(dt.timezone(dt.timedelta(hours=5))),
        "2030-01-01T12:00Z",
        "2030-01-01T12:00:00.000Z",
        "2030-01-01 12:00",
        "2030-01-01T13:00+01:00",
    ],
)
def test_both_clocks_stop(clock: Clock, moment: dt.datetime | str) -> None:
    assert clock.freeze(moment) == NOON
    assert both(clock) == {NOON}

    clock.unfreeze()

    assert running()
    assert clock.now() < NOON


def test_both_are_moved(clock: Clock) -> None:
    clock.freeze(NOON)

    assert clock.advance(hours=2, seconds=1) == NOON + dt.timedelta(hours=2, seconds=1)
    assert both(clock) == {NOON + dt.timedelta(hours=2, seconds=1)}
    clock.advance(dt.timedelta(days=-1))
    assert both(clock) == {NOON + dt.timedelta(days=-1, hours=2, seconds=1)}
    assert clock.move_to("2031-06-01") == LATER
    assert both(clock) == {LATER}
    clock.freeze(NOON)
    assert both(clock) == {NOON}


def test_what_was_advanced_before_is_forgotten(clock: Clock) -> None:
    clock.advance(days=3)
    clock.freeze(NOON)
    assert both(clock) == {NOON}


def test_the_test_may_freeze_inside(clock: Clock) -> None:
    clock.freeze(NOON)
    with freezegun.freeze_time(LATER):
        assert both(clock) == {LATER}
        clock.advance(days=1)
        assert both(clock) == {LATER + dt.timedelta(days=1)}
    assert both(clock) == {NOON}


@pytest.mark.parametrize("tick", [False, True])
def test_a_freeze_of_the_tests_own_is_moved_and_moved_back(tick: bool) -> None:
    clock = Clock()
    with freezegun.freeze_time(LATER, tick=tick):
        clock.freeze(NOON)
        assert NOON <= min(both(clock)) <= max(both(clock)) < NOON + dt.timedelta(minutes=1)
        clock.unfreeze()
        assert LATER <= clock.now() < LATER + dt.timedelta(minutes=1)
    assert running()


def test_a_freeze_of_the_tests_own_may_end_before() -> None:
    clock = Clock()
    with freezegun.freeze_time(LATER):
        clock.freeze(NOON)
    assert running()
    clock.advance(days=1)
    assert clock.now() > dt.datetime.now(dt.UTC) + dt.timedelta(hours=23)
    clock.unfreeze()
    assert running()


@pytest.mark.parametrize("first_ends_first", [True, False])
def test_clocks_of_two_worlds(first_ends_first: bool) -> None:
    first, second = Clock(), Clock()
    first.freeze(NOON)
    second.freeze(LATER)
    assert both(first) == both(second) == {LATER}

    for clock in (first, second) if first_ends_first else (second, first):
        clock.unfreeze()

    assert running()


def test_time_machine_outside() -> None:
    clock = Clock()
    with time_machine.travel(LATER):
        clock.freeze(NOON)
        assert both(clock) == {NOON}
        clock.unfreeze()
        assert clock.now() >= LATER
    assert running()


def test_event_loops_go_on(clock: Clock) -> None:
    async def sleep() -> dt.datetime:
        await asyncio.wait_for(asyncio.sleep(0.01), timeout=10)
        return clock.now()

    before = asyncio.BaseEventLoop.time
    clock.freeze(NOON)

    assert asyncio.run(sleep()) == NOON
    clock.unfreeze()
    assert asyncio.BaseEventLoop.time is before


@pytest.mark.parametrize("method", ["freeze", "move_to"])
@pytest.mark.parametrize("moment", ["tomorrow", "", 1893499200, dt.date(2030, 1, 1), dt.timedelta(hours=1), None])
def test_what_is_no_moment(clock: Clock, method: str, moment: object) -> None:
    with pytest.raises(UsageError, match=rf"{method} takes a datetime, or a string such as '2030-01-01T12:00Z', not "):
        getattr(clock, method)(moment)
    assert running()


@pytest.mark.parametrize(
    ("by", "words"), [(60, "seconds=60"), (0.5, "seconds=0.5"), ("60", "seconds=60"), (NOON, r"move_to\(datetime")]
)
def test_what_is_no_duration(clock: Clock, by: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        clock.advance(by)  # type: ignore[arg-type]


def test_freezegun_is_imported_when_it_is_used() -> None:
    code = """
    import sys
    from pytest_cognito import mock_cognito
    with mock_cognito() as cognito:
        cognito.clock.advance(hours=1)
        cognito.clock.move_to("2030-01-01")
        assert "freezegun" not in sys.modules
        cognito.clock.freeze("2030-01-01")
        assert "freezegun" in sys.modules
    import datetime
    assert datetime.datetime.__name__ == "datetime"
    """
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(line[4:] for line in code.splitlines())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
