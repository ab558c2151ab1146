"""Errors in the use of pytest-cognito. Each message says what to write instead."""

from __future__ import annotations


class UsageError(Exception):
    """pytest-cognito was used incorrectly."""


class NotMocked(UsageError):
    """A call would have reached AWS because no mock is active."""


class Unsupported(UsageError, NotImplementedError):
    """A feature of AWS that pytest-cognito does not implement yet. Nothing was sent to AWS."""
