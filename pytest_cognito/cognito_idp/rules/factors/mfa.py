"""Multi-factor authentication: the factors of a pool and of a user, and the challenge that a sign-in requires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.messages import delivery

SMS = "SMS_MFA"
EMAIL = "EMAIL_OTP"
TOTP = "SOFTWARE_TOKEN_MFA"
SELECT = "SELECT_MFA_TYPE"
SETUP = "MFA_SETUP"
UNAVAILABLE = "unavailable"
"""In place of a challenge: a second factor is required, and there is none that the user can prove or set up."""

FACTORS = (SMS, TOTP, EMAIL)
"""All MFA factors, in the order of UserMFASettingList."""

ATTRIBUTE = {SMS: "phone_number", EMAIL: "email"}
"""The attribute that the code of a factor is sent to."""


class Requirement(NamedTuple):
    """The MFA challenge that a sign-in requires: a factor, ``SELECT`` or ``SETUP``, or that it is ``UNAVAILABLE``.

    ``factors`` are the factors that the user can choose from or set up. If none is available, they are those that pages
    alone can set up: SMS.
    """

    challenge: str
    factors: tuple[str, ...] = ()


def offered(pool: UserPool) -> tuple[str, ...]:
    """The MFA factors of a pool."""
    return offered_by(pool.settings, pool.mfa_config)


def offered_by(settings: Mapping[str, Any], mfa_config: Mapping[str, Any]) -> tuple[str, ...]:
    """The MFA factors of a pool with given settings. SMS is one if the pool has an SMS configuration."""
    on = {
        SMS: bool(settings.get("SmsConfiguration")),
        TOTP: bool((mfa_config.get("SoftwareTokenMfaConfiguration") or {}).get("Enabled")),
        EMAIL: "EmailMfaConfiguration" in mfa_config,
    }
    return tuple(factor for factor in FACTORS if on[factor])


def active(pool: UserPool, user: User) -> tuple[str, ...]:
    """The factors that a user has turned on and can use.

    A registered software token stays usable when the pool turns software tokens off.
    """
    return tuple(factor for factor in user.mfa.enabled if _usable(pool, user, factor))


def available_for_setup(pool: UserPool) -> tuple[str, ...]:
    """The factors that a user without one can set up at sign-in."""
    return tuple(factor for factor in offered(pool) if factor == TOTP or factor in _messages(pool))


def can_be_proven(pool: UserPool, user: User) -> bool:
    """Whether a sign-in requires a second factor that the user has and can prove."""
    required = requirement(pool, user)
    return required is not None and required.challenge not in (SETUP, UNAVAILABLE)


def response_members(user: User) -> dict[str, Any]:
    """The members of a GetUser response about MFA. A member is ``None`` if the response leaves it out."""
    options = [{"DeliveryMedium": "SMS", "AttributeName": ATTRIBUTE[SMS]}] if user.mfa.legacy_sms else None
    return {
        "MFAOptions": options,
        "PreferredMfaSetting": user.mfa.preferred,
        "UserMFASettingList": list(user.mfa.enabled) or None,
    }


def requirement(pool: UserPool, user: User) -> Requirement | None:
    """The MFA challenge after a correct password; ``None`` if there is none.

    The first row that applies decides:

    =========  ===========================================  ==================================================
    pool       user                                         challenge
    =========  ===========================================  ==================================================
    OFF        any                                          none
    any        prefers a factor that is active              that factor
    any        prefers a factor whose address is missing    unavailable
    OPTIONAL   several factors are active                   a choice of them
    OPTIONAL   one factor is active                         that factor
    ON         TOTP registered, no message available        TOTP
    ON         TOTP registered, messages available          a choice of TOTP and the messages
    ON         one message available                        the code in that message
    ON         both messages available                      a choice of them
    any        of a factor turned on, the address is gone   unavailable
    OPTIONAL   none of these                                none
    ON         none of these, but a factor can be set up    setup of a factor
    ON         none of these                                unavailable
    =========  ===========================================  ==================================================

    A message, SMS or e-mail, is available if the pool has the factor and the user has the attribute. If the pool has
    both, the one that account recovery uses first is not available. A phone number can't be set up during a sign-in.
    """
    if pool.mfa == "OFF":
        return None
    active_factors, lost, preferred = active(pool, user), _lost(pool, user), user.mfa.preferred
    if preferred in (*active_factors, *lost):
        return Requirement(UNAVAILABLE if preferred in lost else str(preferred))
    choices = active_factors if pool.mfa == "OPTIONAL" else _choices(pool, user, active_factors)
    if choices:
        return factor_or_choice(choices)
    if lost:
        return Requirement(UNAVAILABLE)
    return None if pool.mfa == "OPTIONAL" else _setup(pool)


def requirement_at_risk(pool: UserPool, user: User) -> Requirement | None:
    """The MFA challenge for a sign-in that is at risk; ``None`` if the user can prove no factor of the pool.

    It is that of any sign-in if there is one. Otherwise also an address counts whose factor the user has not turned on,
    and a software token that they have registered.
    """
    if pool.mfa == "OFF":
        return None
    required = requirement(pool, user)
    if required is not None and required.challenge not in (SETUP, UNAVAILABLE):
        return required
    choices = _choices(pool, user, (TOTP,) if user.mfa.secret is not None else ())
    return factor_or_choice(choices) if choices else None


def _setup(pool: UserPool) -> Requirement:
    factors = available_for_setup(pool)
    return Requirement(UNAVAILABLE if set(factors) <= {SMS} else SETUP, factors)


def _choices(pool: UserPool, user: User, active_factors: tuple[str, ...]) -> tuple[str, ...]:
    """The factors that a user can prove where everybody must: also messages that they have not turned on."""
    messages = tuple(factor for factor in _messages(pool) if user.attributes.get(ATTRIBUTE[factor]))
    return tuple(factor for factor in FACTORS if factor in messages or (factor == TOTP and TOTP in active_factors))


def _lost(pool: UserPool, user: User) -> tuple[str, ...]:
    """The factors of the pool that a user has turned on, and whose codes could be sent nowhere."""
    offered_here = offered(pool) if user.mfa.enabled else ()
    return tuple(
        factor
        for factor in user.mfa.enabled
        if factor in offered_here and factor in ATTRIBUTE and not user.attributes.get(ATTRIBUTE[factor])
    )


def factor_or_choice(factors: tuple[str, ...]) -> Requirement:
    """The challenge of the only factor, or the choice of several."""
    return Requirement(factors[0]) if len(factors) == 1 else Requirement(SELECT, factors)


def _messages(pool: UserPool) -> tuple[str, ...]:
    """The factors of a pool that send a message, without the one that account recovery uses first.

    SMS is included in any case if it is the only one.
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
