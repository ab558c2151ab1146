"""The clock of a world: the only place where the time is read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pytest_cognito.kernel.durations import duration, moment

if TYPE_CHECKING:
    from pytest_cognito.kernel.freeze import Freeze

UTC = dt.UTC


class Clock:
    """Cognito's time: the system time, as freezegun and time-machine may have set it, plus an offset of the test.

    `freeze` stops the application's clock as well; from then on both are moved together.
    """

    def __init__(self, offset: dt.timedelta = dt.timedelta()) -> None:
        self._offset = offset
        self._freeze: Freeze | None = None

    @property
    def offset(self) -> dt.timedelta:
        """The difference to the system time."""
        return self._offset

    def now(self) -> dt.datetime:
        """The current time, aware, in UTC, in whole milliseconds, the precision of AWS's timestamps."""
        now = dt.datetime.now(UTC)
        if self._offset:
            now += self._offset
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def timestamp(self) -> int:
        """The current time in whole seconds since the epoch, as in the claims of a token."""
        return int(self.now().timestamp())

    def advance(
        self,
        by: dt.timedelta | None = None,
        *,
        days: float | None = None,
        hours: float | None = None,
        minutes: float | None = None,
        seconds: float | None = None,
    ) -> dt.datetime:
        """Move the time by a duration and return the new time. A negative duration moves it back.

        Where `freeze` has stopped the clocks, this moves the application's and Cognito's, otherwise Cognito's alone.
        """
        moved = duration(by, days=days, hours=hours, minutes=minutes, seconds=seconds)
        freeze = self._freeze_in_force()
        if freeze is None:
            self._offset += moved
        else:
            freeze.advance(moved)
        return self.now()

    def move_to(self, time: dt.datetime | str) -> dt.datetime:
        """Set the time, a ``datetime`` or in ISO 8601 (``"2030-01-01T12:00Z"``); without a time zone it is UTC.

        Where `freeze` has stopped the clocks, this moves the application's and Cognito's; otherwise it moves Cognito's
        alone, which continues to run.
        """
        aware = moment(time, "move_to")
        freeze = self._freeze_in_force()
        if freeze is None:
            self._offset = aware - dt.datetime.now(UTC)
        else:
            freeze.move_to(aware)
        return self.now()

    def freeze(self, time: dt.datetime | str) -> dt.datetime:
        """Stop the application's clock and Cognito's at a moment, until the test or the mock ends; see `move_to`."""
        aware = moment(time, "freeze")
        self._offset = dt.timedelta()
        freeze = self._freeze_in_force()
        if freeze is None:
            from pytest_cognito.kernel.freeze import Freeze  # imports freezegun, which few tests need

            self._freeze = Freeze(aware)
        else:
            freeze.move_to(aware)
        return self.now()

    def unfreeze(self) -> None:
        """Let the clocks run again, as they do by themselves when the test or the mock ends."""
        if self._freeze is not None:
            self._freeze.end()
            self._freeze = None

    def _freeze_in_force(self) -> Freeze | None:
        return self._freeze if self._freeze is not None and self._freeze.in_force else None
