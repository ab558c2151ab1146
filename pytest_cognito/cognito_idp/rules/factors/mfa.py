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

FACTORS = (SMS, TOTP, EMAIL)
"""All MFA factors, in the order of UserMFASettingList."""

ATTRIBUTE = {SMS: "phone_number", EMAIL: "email"}
"""The attribute that the code of a factor is sent to."""


class Requirement(NamedTuple):
    """The MFA challenge that a sign-in requires: a factor, ``SELECT`` or ``SETUP``.

    ``factors`` are the factors that the user can choose from or set up.
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
    OPTIONAL   several factors are active                   a choice of them
    OPTIONAL   one factor is active                         that factor
    OPTIONAL   no factor is active                          none
    ON         TOTP registered, no message available        TOTP
    ON         TOTP registered, messages available          a choice of TOTP and the messages
    ON         one message available                        the code in that message
    ON         both messages available                      a choice of them
    ON         none of these                                setup of a factor
    =========  ===========================================  ==================================================

    A message, SMS or e-mail, is available if the pool has the factor and the user has the attribute. If the pool has
    both, the one that account recovery uses first is not available.
    """
    if pool.mfa == "OFF":
        return None
    active_factors = active(pool, user)
    if user.mfa.preferred in active_factors:
        return Requirement(str(user.mfa.preferred))
    if pool.mfa == "OPTIONAL":
        return _factor_or_choice(active_factors) if active_factors else None
    messages = tuple(factor for factor in _messages(pool) if user.attributes.get(ATTRIBUTE[factor]))
    choices = tuple(factor for factor in FACTORS if factor in messages or (factor == TOTP and TOTP in active_factors))
    return _factor_or_choice(choices) if choices else Requirement(SETUP, available_for_setup(pool))


def _factor_or_choice(factors: tuple[str, ...]) -> Requirement:
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
