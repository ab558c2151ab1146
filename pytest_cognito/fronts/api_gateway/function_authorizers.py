"""What a test may say of a Lambda authorizer, whatever the kind of API is."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_cognito.fronts.api_gateway import handlers
from pytest_cognito.kernel.errors import UsageError

LONGEST_TTL = 3600
"""For how many seconds an API may remember what an authorizer has answered."""


def check(function: object, ttl: object = 0, identity_sources: Sequence[str] | None = None) -> None:
    """Raise `UsageError` for what is no function, no time or no list, and for a time without identity sources."""
    handlers.function_of(function, "the function of a Lambda authorizer")
    if not isinstance(ttl, int) or isinstance(ttl, bool) or not 0 <= ttl <= LONGEST_TTL:
        raise UsageError(f"ttl is a number of seconds from 0 to {LONGEST_TTL}, not {ttl!r}")
    if isinstance(identity_sources, str):
        raise UsageError(f"identity_sources takes a list: write [{identity_sources!r}]")
    if ttl and identity_sources is not None and not identity_sources:
        raise UsageError(
            "answers of an authorizer are remembered by its identity sources: name them, identity_sources=[…], or "
            "write ttl=0"
        )
