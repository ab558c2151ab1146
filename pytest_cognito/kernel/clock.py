"""The clock of a world: the only place where the time is read."""

from __future__ import annotations

import datetime as dt

UTC = dt.UTC


class Clock:
    """Cognito's time: the system time, as freezegun and time-machine may have set it, plus an offset of the test."""

    def __init__(self, offset: dt.timedelta = dt.timedelta()) -> None:
        self._offset = offset

    @property
    def offset(self) -> dt.timedelta:
        """The difference to the system time."""
        return self._offset

    def now(self) -> dt.datetime:
        """The current time, aware, in UTC, in whole milliseconds, the precision of AWS's timestamps."""
        moment = dt.datetime.now(UTC) + self._offset
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def timestamp(self) -> int:
        """The current time in whole seconds since the epoch, as in the claims of a token."""
        return int(self.now().timestamp())

    def advance(
        self,
        by: dt.timedelta | None = None,
        *,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
    ) -> dt.datetime:
        """Move this clock, not the system time, by a duration and return the new time. A negative one moves it back."""
        self._offset += by or dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.now()

    def move_to(self, moment: dt.datetime) -> dt.datetime:
        """Set this clock to a time, from which it continues to run; a naive ``moment`` is taken as UTC."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        self._offset = aware - dt.datetime.now(UTC)
        return self.now()
