"""Reading a JWT without verification of its signature."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pytest_cognito.kernel import strict_json

_PARTS = 3  # header, claims and signature (RFC 7515); an encrypted token has five and can't be read


def unverified(token: str) -> tuple[Mapping[str, Any], dict[str, Any]] | None:
    """The header and the claims of a signed JWT; ``None`` if the string is not one."""
    parts = token.split(".")
    if len(parts) != _PARTS:
        return None
    header, claims = _header(parts[0]), _json(parts[1])
    return None if header is None or claims is None else (header, claims)


def unverified_claims(token: str) -> dict[str, Any] | None:
    """The claims of a signed JWT; ``None`` if the string is not one."""
    parts = token.split(".")
    return _json(parts[1]) if len(parts) == _PARTS else None


def unverified_header(token: str) -> Mapping[str, Any] | None:
    """The header of a signed JWT; ``None`` if the string is not one."""
    parts = token.split(".")
    return _header(parts[0]) if len(parts) == _PARTS else None


def _json(part: str) -> dict[str, Any] | None:
    try:
        value = strict_json.load(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


@lru_cache(maxsize=64)
def _header(part: str) -> Mapping[str, Any] | None:
    """All tokens that a key signs have the same header."""
    return _json(part)
