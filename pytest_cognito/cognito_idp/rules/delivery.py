"""Where a message goes, and how much of that is told."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from ..records import User, UserPool

MEDIUM = {"email": "EMAIL", "phone_number": "SMS"}
_ATTRIBUTE_OF_MECHANISM = {"verified_email": "email", "verified_phone_number": "phone_number"}


def mask(attribute: str, destination: str) -> str:
    """A destination as ``CodeDeliveryDetails`` tells it: ``f***@e***``, ``+*******1234``."""
    if attribute == "email":
        local, _, domain = destination.partition("@")
        return f"{local[:1]}***@{domain[:1]}***"
    return f"+*******{destination[-4:]}"


def details(attribute: str, destination: str) -> dict[str, str]:
    """``CodeDeliveryDetails`` of a code that was sent to an attribute."""
    return {
        "Destination": mask(attribute, destination),
        "DeliveryMedium": MEDIUM[attribute],
        "AttributeName": attribute,
    }


def to_verify(pool: UserPool, attributes: Mapping[str, str]) -> str | None:
    """The attribute that a confirmation code goes to: an auto-verified one that has a value, the phone number first."""
    for attribute in ("phone_number", "email"):
        if attribute in pool.auto_verified and attributes.get(attribute):
            return attribute
    return None


def simulated(pool: UserPool, username: str, attributes: tuple[str, ...] = ()) -> dict[str, str]:
    """``CodeDeliveryDetails`` for a user that does not exist, where a client hides that: made up from the name alone.

    ``attributes`` are those which a real code could go to; without more said, the ones that the pool verifies.
    """
    attribute = next(iter(attributes or pool.auto_verified), "email")
    if attribute == "phone_number":
        digits = f"{zlib.crc32(username.encode()) % 10_000:04d}"
        return details(attribute, f"+1555555{digits}")
    return details(attribute, username if "@" in username else f"{username}@{username}")


def recovery_mechanisms(pool: UserPool) -> list[str]:
    """The names of the pool's account recovery mechanisms, by priority."""
    mechanisms: list[dict[str, Any]] = (pool.settings.get("AccountRecoverySetting") or {}).get(
        "RecoveryMechanisms"
    ) or []
    return [one["Name"] for one in sorted(mechanisms, key=lambda one: int(one["Priority"]))]


def to_recover(pool: UserPool, user: User) -> str | None:
    """The verified attribute that a password reset code goes to."""
    for mechanism in recovery_mechanisms(pool):
        attribute = _ATTRIBUTE_OF_MECHANISM.get(mechanism)
        if attribute is not None and user.verified(attribute):
            return attribute
    return None
