"""First factors of choice-based sign-in (``USER_AUTH``)."""

from __future__ import annotations

from pytest_cognito.cognito_idp.records import User, UserPool

PASSWORD = "PASSWORD"
ATTRIBUTE = {"EMAIL_OTP": "email", "SMS_OTP": "phone_number"}
"""The attribute that the one-time code of a factor is sent to. It need not be verified before."""


def available(pool: UserPool, user: User) -> tuple[str, ...]:
    """The first factors that the pool allows and the user has. One-time codes are not available if MFA is required."""
    factors = [PASSWORD] if user.password is not None else []
    if not _needs_mfa(pool, user):
        factors += [factor for factor, attribute in ATTRIBUTE.items() if user.attributes.get(attribute)]
    return tuple(factor for factor in factors if factor in pool.first_factors)


def _needs_mfa(pool: UserPool, user: User) -> bool:
    return pool.mfa == "ON" or (pool.mfa == "OPTIONAL" and bool(user.mfa.enabled))
