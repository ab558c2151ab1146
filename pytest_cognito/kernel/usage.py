"""Mistakes in using pytest-cognito. Each message says what to write instead."""

from __future__ import annotations


class UsageError(Exception):
    """pytest-cognito was used in a way that can't work."""


class NotMocked(UsageError):
    """A call would have left for AWS while no mock is active."""


class Unsupported(UsageError, NotImplementedError):
    """AWS has this and pytest-cognito has not, yet. Nothing was sent to AWS."""
