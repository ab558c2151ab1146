"""Durations and moments as a test writes them."""

from __future__ import annotations

import datetime as dt

from pytest_cognito.kernel.errors import UsageError


def duration(
    by: object, *, days: float | None, hours: float | None, minutes: float | None, seconds: float | None
) -> dt.timedelta:
    """The duration that the arguments of `Clock.advance` name together; ``None`` is one that was not given."""
    if (by, days, hours, minutes, seconds) == (None,) * 5:
        raise UsageError("advance needs to know how far: write advance(hours=2), or days=…, minutes=…, seconds=…")
    units = dt.timedelta(days=days or 0, hours=hours or 0, minutes=minutes or 0, seconds=seconds or 0)
    if by is None:
        return units
    if isinstance(by, dt.timedelta):
        return by + units
    if isinstance(by, dt.date):
        raise UsageError(f"advance takes a duration, such as advance(hours=2); for a moment write move_to({by!r})")
    example = f"seconds={by!r}" if isinstance(by, int | float) else "seconds=60"
    raise UsageError(f"a duration needs its unit: write advance({example}), or minutes=…, hours=…, days=…; not {by!r}")


def moment(value: object, where: str) -> dt.datetime:
    """A moment as an aware datetime, from a datetime or ISO 8601; one without a time zone is taken as UTC.

    ``where`` is what the test has written, for the error.
    """
    found = _from_iso(value) if isinstance(value, str) else value
    if not isinstance(found, dt.datetime):
        raise UsageError(
            f"{where} takes a datetime, or a string such as '2030-01-01T12:00Z', not {value!r}; for a duration write "
            f"advance(hours=2)"
        )
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _from_iso(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None
