"""Reading a JWT without verification of its signature."""

from __future__ import annotations

import base64
from typing import Any

from pytest_cognito.kernel import strict_json

_PARTS = 3  # header, claims and signature (RFC 7515); an encrypted token has five and can't be read


def unverified_claims(token: str) -> dict[str, Any] | None:
    """The claims of a signed JWT; ``None`` if the string is not one."""
    return _json_part(token, 1)


def unverified_header(token: str) -> dict[str, Any] | None:
    """The header of a signed JWT; ``None`` if the string is not one."""
    return _json_part(token, 0)


def _json_part(token: str, place: int) -> dict[str, Any] | None:
    parts = token.split(".")
    if len(parts) != _PARTS:
        return None
    try:
        value = strict_json.load(base64.urlsafe_b64decode(parts[place] + "=" * (-len(parts[place]) % 4)))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
