"""The clock of a world: the only place where the time is read."""

from __future__ import annotations

import datetime as dt

UTC = dt.UTC


class Clock:
    """Cognito's time: the machine's time, as freezegun and time-machine show it, plus what a test has added to it."""

    def __init__(self) -> None:
        self._offset = dt.timedelta()

    def now(self) -> dt.datetime:
        """The current moment, aware, in UTC, in whole milliseconds (AWS's timestamps have no finer grain)."""
        moment = dt.datetime.now(UTC) + self._offset
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def unmoved(self) -> dt.datetime:
        """The machine's moment, whatever was added: what code under test takes for the time."""
        return dt.datetime.now(UTC)

    def timestamp(self) -> int:
        """The current moment in whole seconds since the epoch, as the claims of a token give it."""
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
        """Move this clock, and it alone, by a duration; gives the new time. A negative duration moves it back."""
        self._offset += by or dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.now()

    def move_to(self, moment: dt.datetime) -> dt.datetime:
        """Move this clock to a moment, from which it goes on running; a naive ``moment`` is taken as UTC."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        self._offset = aware - dt.datetime.now(UTC)
        return self.now()
