"""Errors in the use of pytest-cognito, whose messages say what to write instead; and what errors hold in memory."""

from __future__ import annotations


def release_frames(error: BaseException) -> None:
    """Drop the traceback of a handled error, and the exception that was handled when it was raised.

    Their frames hold all that the call had in memory, for as long as the log of calls has the error.
    """
    error.__traceback__ = error.__context__ = None


class UsageError(Exception):
    """pytest-cognito was used incorrectly."""


class NotMocked(UsageError):
    """A call would have reached AWS: nothing in the test answers it."""


class Unsupported(UsageError, NotImplementedError):
    """A feature of AWS that pytest-cognito does not implement yet. Nothing was sent to AWS."""
