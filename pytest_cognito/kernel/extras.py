"""Libraries that an extra of pytest-cognito installs, and the error where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_cognito.kernel.errors import UsageError


@contextmanager
def needed(extra: str, feature: str) -> Iterator[None]:
    """Import modules of an extra inside of this. Where one is missing, `UsageError` says how to install it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(
            f'{feature} need {error.name}, which is not installed: pip install "pytest-cognito[{extra}]"'
        ) from None
