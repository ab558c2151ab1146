"""The application's clock, stopped by freezegun. Imported when a test first stops it."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import ExitStack
from typing import Any

from freezegun import api

_IGNORED = ["_pytest.timing"]
"""The modules that go on seeing the real time: pytest measures durations with this one."""


class Freeze:
    """The application's clock, stopped at a moment until `end`.

    freezegun ends its freezes in reverse order only. So a freeze that the test has begun itself is moved, and moved
    back at the end, instead of a second one being begun that might outlive it.
    """

    def __init__(self, moment: dt.datetime) -> None:
        self._end = ExitStack()
        if api.freeze_factories:
            self._factory = api.freeze_factories[-1]
            self._end.callback(self._move_back, self._factory())
            self._factory.move_to(moment)
        else:
            self._keep_event_loops_running()
            self._factory = self._end.enter_context(api.freeze_time(moment, ignore=_IGNORED))

    @property
    def in_force(self) -> bool:
        """Whether the clock is still stopped: a freeze of the test's own may have ended."""
        return self._factory in api.freeze_factories

    @staticmethod
    def advance(by: dt.timedelta) -> None:
        """Move the stopped clock; inside a further freeze of the test's own, that one."""
        api.freeze_factories[-1].tick(by)

    @staticmethod
    def move_to(moment: dt.datetime) -> None:
        """Set the stopped clock to another moment; inside a further freeze of the test's own, that one."""
        api.freeze_factories[-1].move_to(moment)

    def end(self) -> None:
        """Let the clock run again."""
        self._end.close()

    def _keep_event_loops_running(self) -> None:
        """Let the event loops of asyncio see the real time: with a clock that stands, no sleep would end."""
        loops: Any = asyncio.BaseEventLoop
        self._end.callback(setattr, loops, "time", loops.time)
        loops.time = lambda _: api.real_monotonic()

    def _move_back(self, before: dt.datetime) -> None:
        if self.in_force:
            self._factory.move_to(before)
