"""Codes that were sent."""

from __future__ import annotations

from pytest_cognito.kernel.outbox import Outbox


def last_code(outbox: Outbox, to: str | None = None) -> str:
    """The code, or the temporary password, in the newest message, or in the newest to one address."""
    code = outbox.last(to).code
    assert code is not None
    return code


def wrong(code: str) -> str:
    """Another code of six digits."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
