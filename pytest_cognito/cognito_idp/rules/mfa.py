"""Multi-factor authentication: which factors a pool offers, which a user has, and which is asked for at a sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import User, UserPool
from . import delivery

SMS = "SMS_MFA"
EMAIL = "EMAIL_OTP"
TOTP = "SOFTWARE_TOKEN_MFA"
SELECT = "SELECT_MFA_TYPE"
SETUP = "MFA_SETUP"

ATTRIBUTE = {SMS: "phone_number", EMAIL: "email"}
"""The attribute that a factor's code is sent to."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a sign-in asks for next: a factor, a choice of several, or to set one up. ``factors`` are those to name."""

    challenge: str
    factors: tuple[str, ...] = ()


def offered(pool: UserPool) -> tuple[str, ...]:
    """The factors that a pool offers. SMS is one as soon as the pool can send any."""
    settings = pool.factors
    return tuple(
        factor
        for factor, on in (
            (SMS, bool(pool.settings.get("SmsConfiguration"))),
            (TOTP, bool((settings.get("SoftwareTokenMfaConfiguration") or {}).get("Enabled"))),
            (EMAIL, "EmailMfaConfiguration" in settings),
        )
        if on
    )


def active(user: User) -> tuple[str, ...]:
    """The factors that a user has turned on and can use. A registered TOTP outlives the pool's support for it."""
    return tuple(factor for factor in user.mfa.enabled if _usable(user, factor))


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

    A message can reach him if the pool offers the factor, he has the attribute, and the pool doesn't recover accounts by
    that channel first.
    """
    if pool.mfa == "OFF":
        return None
    mine = active(user)
    if user.mfa.preferred in mine:
        return Demand(str(user.mfa.preferred))
    if pool.mfa == "OPTIONAL":
        return _one_of(mine) if mine else None
    messages = tuple(factor for factor in _messages(pool) if user.attributes.get(ATTRIBUTE[factor]))
    choices = ((TOTP,) if TOTP in mine else ()) + messages
    if choices:
        return _one_of(choices)
    return Demand(SETUP, tuple(factor for factor in offered(pool) if factor == TOTP or factor in _messages(pool)))


def _one_of(factors: tuple[str, ...]) -> Demand:
    return Demand(factors[0]) if len(factors) == 1 else Demand(SELECT, factors)


def _messages(pool: UserPool) -> tuple[str, ...]:
    """The factors by message that a pool offers and doesn't recover accounts by in the first place."""
    first = next(iter(delivery.recovery_attributes(pool)), None)
    return tuple(factor for factor in offered(pool) if factor in ATTRIBUTE and ATTRIBUTE[factor] != first)


def _usable(user: User, factor: str) -> bool:
    return user.mfa.secret is not None if factor == TOTP else bool(user.attributes.get(ATTRIBUTE[factor]))
