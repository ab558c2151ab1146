"""Step-up authentication: which challenges lead a user to an authentication level.

``methods`` are those that the user has proven, or is credited with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import acr, first_factors, mfa

_CODES = {mfa.SMS: first_factors.SMS_OTP, mfa.EMAIL: first_factors.EMAIL_OTP}


def second_factors(pool: UserPool, user: User) -> tuple[str, ...]:
    """The second factors that a user can prove: a registered software token, and messages that the pool sends.

    A step-up enrols nobody, but it asks for a factor that the user has not turned on.
    """
    return tuple(factor for factor in mfa.FACTORS if _has(pool, user, factor))


def requirement(pool: UserPool, user: User, level: int, methods: Collection[str]) -> mfa.Requirement | None:
    """The challenge for a second factor after a password, on the way to a level; ``None`` if there is none.

    The MFA that the pool requires is asked for in any case, for a lower level, too.
    """
    needs_mfa = first_factors.needs_mfa(pool, user) and not _has_second(methods)
    if acr.level_of(methods) >= level and not needs_mfa:
        return None
    wanted = [
        factor
        for factor in second_factors(pool, user)
        if acr.level_of((acr.PASSWORD, acr.SECOND_FACTORS[factor])) == level
    ]
    if wanted:
        return mfa.factor_or_choice(tuple(wanted))
    return mfa.requirement(pool, user) if needs_mfa else None


def password_leads(pool: UserPool, user: User, level: int, credit: Collection[str]) -> bool:
    """Whether a password, together with what is credited, leads to a level, perhaps by a second factor."""
    methods = {acr.PASSWORD, *credit}
    second = requirement(pool, user, level, methods)
    if second is None:
        return acr.level_of(methods) >= level
    factors = second.factors if second.challenge == mfa.SELECT else (second.challenge,)
    return any(
        acr.level_of({*methods, acr.SECOND_FACTORS[factor]}) >= level
        for factor in factors
        if factor in acr.SECOND_FACTORS
    )


def first_factor_leads(pool: UserPool, user: User, level: int, credit: Collection[str], method: str) -> bool:
    """Whether a first factor, by its method, leads to a level, by itself or with what is credited."""
    if method == acr.PASSWORD:
        return acr.PASSWORD not in credit and password_leads(pool, user, level, credit)
    return level in (acr.level_of((method,)), acr.level_of({method, *credit}))


def credit_leads(pool: UserPool, user: User, level: int, credit: Collection[str]) -> bool:
    """Whether a password that is credited leads to a level, so that a second factor is all that is missing."""
    return acr.PASSWORD in credit and password_leads(pool, user, level, credit)


def can_reach(pool: UserPool, user: User, level: int, credit: Collection[str], first_methods: Iterable[str]) -> bool:
    """Whether a user can reach a level, by what is credited, or by a first factor that they have."""
    return credit_leads(pool, user, level, credit) or any(
        first_factor_leads(pool, user, level, credit, method) for method in first_methods
    )


def _has(pool: UserPool, user: User, factor: str) -> bool:
    if factor == mfa.TOTP:
        return user.mfa.secret is not None
    sent = (pool.mfa != "OFF" and factor in mfa.offered(pool)) or _CODES[factor] in pool.first_factors
    return sent and bool(user.attributes.get(mfa.ATTRIBUTE[factor]))


def _has_second(methods: Collection[str]) -> bool:
    return any(method in methods for method in acr.SECOND_FACTORS.values())
