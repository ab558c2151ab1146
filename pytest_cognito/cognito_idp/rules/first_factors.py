"""First factors: what a user can begin a choice-based sign-in with."""

from __future__ import annotations

from ..records import User, UserPool

PASSWORD = "PASSWORD"
ATTRIBUTE = {"EMAIL_OTP": "email", "SMS_OTP": "phone_number"}
"""The attribute that the code of a factor is sent to. It need not be verified: the code does that."""


def available(pool: UserPool, user: User) -> tuple[str, ...]:
    """The factors that the pool allows and the user has. A sign-in that needs MFA can't begin with a code."""
    had = [PASSWORD] if user.password is not None else []
    if not _needs_mfa(pool, user):
        had += [factor for factor, attribute in ATTRIBUTE.items() if user.attributes.get(attribute)]
    return tuple(factor for factor in had if factor in pool.first_factors)


def _needs_mfa(pool: UserPool, user: User) -> bool:
    return pool.mfa == "ON" or (pool.mfa == "OPTIONAL" and bool(user.mfa.enabled))
