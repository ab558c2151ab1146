"""Multi-factor authentication: which factors a pool offers, which a user has, and which is asked for at a sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..records import User, UserPool
from . import delivery

SMS = "SMS_MFA"
EMAIL = "EMAIL_OTP"
TOTP = "SOFTWARE_TOKEN_MFA"
SELECT = "SELECT_MFA_TYPE"
SETUP = "MFA_SETUP"

FACTORS = (SMS, TOTP, EMAIL)
"""Every factor, in the order in which they are listed."""

ATTRIBUTE = {SMS: "phone_number", EMAIL: "email"}
"""The attribute that a factor's code is sent to."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a sign-in asks for next: a factor, a choice of several, or to set one up. ``factors`` are those to name."""

    challenge: str
    factors: tuple[str, ...] = ()


def offered(pool: UserPool) -> tuple[str, ...]:
    """The factors that a pool offers."""
    return offered_by(pool.settings, pool.factors)


def offered_by(settings: Mapping[str, Any], factors: Mapping[str, Any]) -> tuple[str, ...]:
    """The factors that a pool of these settings and factors offers. SMS is one as soon as the pool can send any."""
    on = {
        SMS: bool(settings.get("SmsConfiguration")),
        TOTP: bool((factors.get("SoftwareTokenMfaConfiguration") or {}).get("Enabled")),
        EMAIL: "EmailMfaConfiguration" in factors,
    }
    return tuple(factor for factor in FACTORS if on[factor])


def active(pool: UserPool, user: User) -> tuple[str, ...]:
    """The factors that a user has turned on and can use. A registered TOTP outlives the pool's support for it."""
    return tuple(factor for factor in user.mfa.enabled if _usable(pool, user, factor))


def to_set_up(pool: UserPool) -> tuple[str, ...]:
    """The factors that a user who has none may set up at sign-in."""
    return tuple(factor for factor in offered(pool) if factor == TOTP or factor in _messages(pool))


def shown(user: User) -> dict[str, Any]:
    """What reading a user tells of his factors; ``None`` where there is nothing to tell."""
    options = [{"DeliveryMedium": "SMS", "AttributeName": ATTRIBUTE[SMS]}] if user.mfa.legacy_sms else None
    return {
        "MFAOptions": options,
        "PreferredMfaSetting": user.mfa.preferred,
        "UserMFASettingList": list(user.mfa.enabled) or None,
    }


def demand(pool: UserPool, user: User) -> Demand | None:
    """What is asked for after a correct password; ``None`` if nothing is.

    The rows are tried in order; the first whose condition holds decides:

    =========  ===========================================  ==================================================
    pool       user                                         asked for
    =========  ===========================================  ==================================================
    OFF        any                                          nothing
    any        prefers a factor that is active              that factor
    OPTIONAL   several factors are active                   a choice of them
    OPTIONAL   one factor is active                         that factor
    OPTIONAL   none is active                               nothing
    ON         TOTP registered, no message can reach him    TOTP
    ON         TOTP registered, messages can reach him      a choice of TOTP and the messages
    ON         one message can reach him                    that message's code
    ON         both messages can reach him                  a choice of them
    ON         none of these                                to set up a factor
    =========  ===========================================  ==================================================

    A message can reach him if the pool offers the factor, he has the attribute, and, where messages go by e-mail too,
    the pool doesn't recover accounts by that channel first.
    """
    if pool.mfa == "OFF":
        return None
    mine = active(pool, user)
    if user.mfa.preferred in mine:
        return Demand(str(user.mfa.preferred))
    if pool.mfa == "OPTIONAL":
        return _one_of(mine) if mine else None
    messages = tuple(factor for factor in _messages(pool) if user.attributes.get(ATTRIBUTE[factor]))
    choices = tuple(factor for factor in FACTORS if factor in messages or (factor == TOTP and TOTP in mine))
    return _one_of(choices) if choices else Demand(SETUP, to_set_up(pool))


def _one_of(factors: tuple[str, ...]) -> Demand:
    return Demand(factors[0]) if len(factors) == 1 else Demand(SELECT, factors)


def _messages(pool: UserPool) -> tuple[str, ...]:
    """The factors by message that a pool offers and doesn't recover accounts by in the first place.

    Where SMS is the only one, recovery gives way to it.
    """
    messages = tuple(factor for factor in offered(pool) if factor in ATTRIBUTE)
    if EMAIL not in messages:
        return messages
    first = next(iter(delivery.recovery_attributes(pool)), None)
    return tuple(factor for factor in messages if ATTRIBUTE[factor] != first)


def _usable(pool: UserPool, user: User, factor: str) -> bool:
    if factor == TOTP:
        return user.mfa.secret is not None
    return factor in offered(pool) and bool(user.attributes.get(ATTRIBUTE[factor]))
