"""The destinations of messages, and ``CodeDeliveryDetails``."""

from __future__ import annotations

import zlib
from typing import Any

from pytest_cognito.cognito_idp.records import User, UserPool

MEDIUM = {"email": "EMAIL", "phone_number": "SMS"}
_BY_PRIORITY = ("phone_number", "email")
_ATTRIBUTE_OF_MECHANISM = {"verified_email": "email", "verified_phone_number": "phone_number"}


def mask(attribute: str, destination: str) -> str:
    """Mask a destination as ``CodeDeliveryDetails`` has it: ``f***@e***``, ``+*******1234``."""
    if attribute == "email":
        local, _, domain = destination.partition("@")
        return f"{local[:1]}***@{domain[:1]}***"
    return f"+*******{destination[-4:]}"


def delivery_details(attribute: str, destination: str) -> dict[str, str]:
    """``CodeDeliveryDetails`` of a code that was sent to an attribute."""
    return {
        "Destination": mask(attribute, destination),
        "DeliveryMedium": MEDIUM[attribute],
        "AttributeName": attribute,
    }


def sign_up_code_attribute(pool: UserPool, user: User) -> str | None:
    """The attribute that the sign-up code is sent to; ``None`` if no code is sent.

    It is an auto-verified attribute that has a value, the phone number first. For a user who is confirmed already, it
    must not be verified yet.
    """
    for attribute in _BY_PRIORITY:
        possible = attribute in pool.auto_verified and user.attributes.get(attribute)
        if possible and not (user.status == "CONFIRMED" and user.verified(attribute)):
            return attribute
    return None


def simulated_details(pool: UserPool, username: str, attributes: tuple[str, ...] = ()) -> dict[str, str]:
    """``CodeDeliveryDetails`` for a user who does not exist, if the app client hides that.

    The destination is derived from the user name. ``attributes`` are those that a code could be sent to, by priority;
    by default the auto-verified ones.
    """
    auto_verified = tuple(attribute for attribute in _BY_PRIORITY if attribute in pool.auto_verified)
    attribute = next(iter(attributes or auto_verified), "email")
    if attribute == "phone_number":
        digits = f"{zlib.crc32(username.encode()) % 10_000:04d}"
        return delivery_details(attribute, f"+1555555{digits}")
    return delivery_details(attribute, username if "@" in username else f"{username}@{username}")


def recovery_mechanisms(pool: UserPool) -> list[str]:
    """The names of the pool's RecoveryMechanisms, by priority."""
    mechanisms: list[dict[str, Any]] = (pool.settings.get("AccountRecoverySetting") or {}).get(
        "RecoveryMechanisms"
    ) or []
    return [option["Name"] for option in sorted(mechanisms, key=lambda option: int(option["Priority"]))]


def recovery_attributes(pool: UserPool) -> tuple[str, ...]:
    """The attributes that password reset codes can be sent to, by priority."""
    mechanisms = recovery_mechanisms(pool)
    return tuple(_ATTRIBUTE_OF_MECHANISM[name] for name in mechanisms if name in _ATTRIBUTE_OF_MECHANISM)


def reset_code_attribute(pool: UserPool, user: User) -> str | None:
    """The verified attribute that a password reset code is sent to: never one that also receives MFA codes."""
    return next(
        (name for name in recovery_attributes(pool) if user.verified(name) and not _receives_mfa_codes(user, name)),
        None,
    )


def _receives_mfa_codes(user: User, attribute: str) -> bool:
    """Whether MFA codes go to an attribute: to the phone number if SMS is enabled, to e-mail if it is preferred."""
    return "SMS_MFA" in user.mfa.enabled if attribute == "phone_number" else user.mfa.preferred == "EMAIL_OTP"
