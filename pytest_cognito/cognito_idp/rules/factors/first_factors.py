"""First factors of choice-based sign-in (``USER_AUTH``), by their names in ``AllowedFirstAuthFactors``."""

from __future__ import annotations

from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import passkeys

PASSWORD = "PASSWORD"
EMAIL_OTP = "EMAIL_OTP"
SMS_OTP = "SMS_OTP"
PASSKEY = "WEB_AUTHN"
ATTRIBUTE = {EMAIL_OTP: "email", SMS_OTP: "phone_number"}
"""The attribute that the one-time code of a factor is sent to. It need not be verified before."""


def available(pool: UserPool, user: User, *, passkey: bool) -> tuple[str, ...]:
    """The first factors that the pool allows and the user has. ``passkey`` says that they have registered one.

    One-time codes are not available to a user who must prove a second factor or replace a temporary password. Nor are
    passkeys, unless they are MFA themselves. A user of an identity provider has none: they sign in there.
    """
    if user.status == "EXTERNAL_PROVIDER":
        return ()
    factors = [PASSWORD] if user.has_password or user.status == "RESET_REQUIRED" else []
    temporary, both = user.status == "FORCE_CHANGE_PASSWORD", needs_mfa(pool, user)
    if not both and not temporary:
        factors += [factor for factor, attribute in ATTRIBUTE.items() if user.attributes.get(attribute)]
    if passkey and not temporary and (not both or passkeys.is_mfa_of(pool, user)):
        factors.append(PASSKEY)
    return tuple(factor for factor in factors if factor in pool.first_factors)


def simulated(pool: UserPool, preferred: str | None) -> tuple[str, ...]:
    """The first factor of a user who does not exist, if the app client hides that.

    It is the ``preferred`` one if the pool allows it, else a one-time code if possible. Sign-ins with one name are
    answered alike.
    """
    possible = [factor for factor in pool.first_factors if factor not in ATTRIBUTE or pool.mfa != "ON"]
    if preferred in possible:
        return (preferred,)
    return (next((factor for factor in possible if factor in ATTRIBUTE), PASSWORD),)


def needs_mfa(pool: UserPool, user: User) -> bool:
    """Whether a user must prove a second factor after a password."""
    return pool.mfa == "ON" or (pool.mfa == "OPTIONAL" and bool(user.mfa.enabled))
