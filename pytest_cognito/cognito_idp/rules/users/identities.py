"""The identities of a user at identity providers, as the attribute ``identities`` and as the claim of that name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pytest_cognito.cognito_idp.records import Identity

ATTRIBUTE = "identities"
_JSON = json.JSONEncoder(separators=(",", ":"))


def attribute(identities: Iterable[Identity]) -> str:
    """The value of the attribute: a JSON array of objects. ``dateCreated`` is in milliseconds since the epoch."""
    return _JSON.encode(
        [
            {
                "userId": identity.value,
                "providerName": identity.provider,
                "providerType": identity.provider_type,
                "issuer": identity.issuer,
                "primary": identity.primary,
                "dateCreated": int(identity.created.timestamp() * 1000),
            }
            for identity in identities
        ]
    )


def claim(value: str) -> list[dict[str, Any]]:
    """The claim of an ID token from the value of the attribute: all scalars are strings, but ``null`` stays."""
    return [{name: _string(member) for name, member in identity.items()} for identity in json.loads(value)]


def _string(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)
