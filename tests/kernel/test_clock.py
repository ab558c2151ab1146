"""The clock follows the machine, freezegun and time-machine, and can be moved on its own."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from freezegun import freeze_time

from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.errors import UsageError

MOMENT = dt.datetime(2026, 3, 2, 10, 0, 0, 123456, dt.UTC)


def test_the_machine_s_time_in_whole_milliseconds() -> None:
    before = dt.datetime.now(dt.UTC)
    now = Clock().now()
    assert before - dt.timedelta(milliseconds=1) <= now <= dt.datetime.now(dt.UTC)
    assert now.tzinfo is dt.UTC
    assert now.microsecond % 1000 == 0


def test_freezegun() -> None:
    clock = Clock()
    with freeze_time(MOMENT) as frozen:
        assert clock.now() == MOMENT.replace(microsecond=123000)
        frozen.tick(dt.timedelta(minutes=5))
        assert clock.now() == MOMENT.replace(minute=5, microsecond=123000)


def test_time_machine() -> None:
    clock = Clock()
    with time_machine.travel(MOMENT, tick=False) as traveller:
        assert clock.timestamp() == int(MOMENT.timestamp())
        traveller.shift(60)
        assert clock.timestamp() == int(MOMENT.timestamp()) + 60


@time_machine.travel(MOMENT, tick=False)
def test_advance() -> None:
    clock = Clock()
    assert clock.advance(hours=1, minutes=2, seconds=3) == clock.now()
    assert clock.now() - dt.datetime.now(dt.UTC) == dt.timedelta(hours=1, minutes=2, seconds=3, microseconds=-456)
    clock.advance(dt.timedelta(days=-1))
    assert clock.now() < dt.datetime.now(dt.UTC)


@time_machine.travel(MOMENT, tick=False)
def test_a_duration_and_units_add_up() -> None:
    clock = Clock()
    clock.advance(dt.timedelta(days=1), hours=1)
    assert clock.offset == dt.timedelta(days=1, hours=1)


def test_no_duration() -> None:
    clock = Clock()
    with pytest.raises(UsageError, match=r"write advance\(hours=2\), or days=…"):
        clock.advance()
    assert clock.offset == dt.timedelta()
    clock.advance(seconds=0)


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (60, r"a duration needs its unit: write advance\(seconds=60\), or minutes=…"),
        (1.5, r"write advance\(seconds=1.5\)"),
        ("1h", r"write advance\(seconds=60\), .* not '1h'"),
        (dt.datetime(2030, 1, 1, tzinfo=dt.UTC), r"for a moment write move_to\(datetime.datetime\(2030"),
        (dt.date(2030, 1, 1), r"for a moment write move_to\("),
    ],
)
def test_what_is_no_duration(by: object, message: str) -> None:
    clock = Clock()
    with pytest.raises(UsageError, match=message):
        clock.advance(by)  # type: ignore[arg-type]
    assert clock.offset == dt.timedelta()


@pytest.mark.parametrize("time", ["tomorrow", dt.date(2030, 1, 1), 1893456000, dt.timedelta(hours=1), None])
def test_what_is_no_moment(time: object) -> None:
    clock = Clock()
    with pytest.raises(UsageError, match="move_to takes a datetime, or a string such as"):
        clock.move_to(time)  # type: ignore[arg-type]
    assert clock.offset == dt.timedelta()


@time_machine.travel(MOMENT, tick=False)
@pytest.mark.parametrize("moment", [dt.datetime(2030, 1, 1, tzinfo=dt.UTC), dt.datetime(2030, 1, 1)])  # noqa: DTZ001
def test_move_to(moment: dt.datetime) -> None:
    clock = Clock()
    clock.move_to(moment)
    assert clock.now() == dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    clock.advance(days=1)
    assert clock.now() == dt.datetime(2030, 1, 2, tzinfo=dt.UTC)


def test_a_clock_that_was_moved_runs_on_with_the_machine() -> None:
    clock = Clock()
    with freeze_time(MOMENT) as frozen:
        clock.move_to(dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
        frozen.tick(dt.timedelta(seconds=7))
        assert clock.now() == dt.datetime(2030, 1, 1, 0, 0, 7, tzinfo=dt.UTC)
