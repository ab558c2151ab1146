"""Where a message goes, and how much of that is told."""

from __future__ import annotations

import zlib
from typing import Any

from ..records import User, UserPool

MEDIUM = {"email": "EMAIL", "phone_number": "SMS"}
_SMS_FIRST = ("phone_number", "email")
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


def to_verify(pool: UserPool, user: User) -> str | None:
    """The attribute that a sign-up code goes to: an auto-verified one that has a value, the phone number first.

    A user who is confirmed already gets one only for what is still to be verified.
    """
    for attribute in _SMS_FIRST:
        possible = attribute in pool.auto_verified and user.attributes.get(attribute)
        if possible and not (user.status == "CONFIRMED" and user.verified(attribute)):
            return attribute
    return None


def simulated(pool: UserPool, username: str, attributes: tuple[str, ...] = ()) -> dict[str, str]:
    """``CodeDeliveryDetails`` for a user that does not exist, where a client hides that: made up from the name alone.

    ``attributes`` are those which a real code could go to; without more said, the ones that the pool verifies.
    """
    verified = tuple(attribute for attribute in _SMS_FIRST if attribute in pool.auto_verified)
    attribute = next(iter(attributes or verified), "email")
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


def recovery_attributes(pool: UserPool) -> tuple[str, ...]:
    """The attributes that the pool recovers accounts by, by priority."""
    mechanisms = recovery_mechanisms(pool)
    return tuple(_ATTRIBUTE_OF_MECHANISM[name] for name in mechanisms if name in _ATTRIBUTE_OF_MECHANISM)


def to_recover(pool: UserPool, user: User) -> str | None:
    """The verified attribute that a password reset code goes to: never one that also brings the second factor."""
    return next(
        (name for name in recovery_attributes(pool) if user.verified(name) and not _brings_second_factor(user, name)),
        None,
    )


def _brings_second_factor(user: User, attribute: str) -> bool:
    """Whether codes for MFA go there: SMS once it is turned on, e-mail once it is preferred."""
    return "SMS_MFA" in user.mfa.enabled if attribute == "phone_number" else user.mfa.preferred == "EMAIL_OTP"
