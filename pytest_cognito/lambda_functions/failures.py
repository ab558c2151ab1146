"""Why an invocation has no result. Each service has errors of its own for it."""

from __future__ import annotations


class Failure(Exception):
    """An invocation that has no result; ``reason`` in words for an error of AWS."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class NotInvoked(Failure):
    """Lambda refused to invoke the function; ``reason`` is the code of its error."""


class TimedOut(Failure):
    """The function did not return in time. ``here`` is whether it is a callable of the test, which can be run again."""

    def __init__(self, *, here: bool) -> None:
        super().__init__("Socket timeout while invoking Lambda function")
        self.here = here


class Raised(Failure):
    """The function raised an error, whose message is the ``reason``."""


class NotJSON(Failure):
    """The function returned what JSON cannot hold."""
