"""The attributes that the scopes of OpenID Connect give, in ID tokens and at the user info endpoint."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pytest_cognito.cognito_idp.rules.clients.client_settings import PROFILE_ATTRIBUTES

OPENID = "openid"
_PAIRS = {
    "email": frozenset({"email", "email_verified"}),
    "phone": frozenset({"phone_number", "phone_number_verified"}),
}
_PROFILE = "profile"
_PROFILE_ATTRIBUTES = PROFILE_ATTRIBUTES | {"address", "updated_at"}
_CUSTOM = "custom:"


def visible(scopes: Collection[str], attributes: Iterable[str], readable: Collection[str] | None) -> frozenset[str]:
    """The attributes, out of those of a user, that an app client sees: all that it may read with ``openid`` alone.

    ``email``, ``phone`` and ``profile`` narrow that to their attributes; ``profile`` has custom attributes, too.
    ``readable`` is None for a client that may read all.
    """
    seen = (name for name in attributes if readable is None or name in readable)
    if _PROFILE not in scopes and _PAIRS.keys().isdisjoint(scopes):
        return frozenset(seen)
    return frozenset(name for name in seen if _is_given(name, scopes))


def are_readable(scopes: Collection[str], readable: Collection[str] | None) -> bool:
    """Whether an app client may read all that ``email`` and ``phone`` ask for: both attributes of each pair."""
    wanted = (attributes for scope, attributes in _PAIRS.items() if scope in scopes)
    return readable is None or all(attributes <= frozenset(readable) for attributes in wanted)


def _is_given(name: str, scopes: Collection[str]) -> bool:
    if any(name in attributes for scope, attributes in _PAIRS.items() if scope in scopes):
        return True
    return _PROFILE in scopes and (name in _PROFILE_ATTRIBUTES or name.startswith(_CUSTOM))
