"""The MFA configuration of a pool: what may be set together, how it is kept, how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .. import errors
from ..records import User, UserPool
from . import mfa, pool_checks, templates, tiers

Request = Mapping[str, Any]
_TOTP = "SoftwareTokenMfaConfiguration"
_BLOCKS = ("SmsMfaConfiguration", _TOTP, "EmailMfaConfiguration")
_KEPT = (_TOTP, "EmailMfaConfiguration", "WebAuthnConfiguration")
_SMS = ("SmsAuthenticationMessage", "SmsConfiguration")
_WEB_AUTHN_DEFAULTS = {"UserVerification": "preferred", "FactorConfiguration": "SINGLE_FACTOR"}
_OTP_FACTORS = frozenset({"EMAIL_OTP", "SMS_OTP"})


def applied(pool: UserPool, request: Request) -> UserPool:
    """The pool with a request of SetUserPoolMfaConfig applied, or the error that AWS gives for it.

    The request replaces what was: a factor or a message that it leaves out is gone, but for the configuration of SMS.
    """
    _check(pool, request)
    settings = {**pool.settings, "MfaConfiguration": request["MfaConfiguration"]}
    sms = request.get("SmsMfaConfiguration")
    if sms is not None:
        settings.pop("SmsAuthenticationMessage", None)
        settings.update({member: sms[member] for member in _SMS if sms.get(member)})
    factors = {member: request[member] for member in _KEPT if member in request}
    if request["MfaConfiguration"] == "OFF":
        factors.pop(_TOTP, None)
    if "WebAuthnConfiguration" in factors:
        factors["WebAuthnConfiguration"] = {**_WEB_AUTHN_DEFAULTS, **factors["WebAuthnConfiguration"]}
    pool_checks.check_recovery(settings, factors)
    return replace(pool, settings=settings, factors=factors)


def described(pool: UserPool) -> dict[str, Any]:
    """What GetUserPoolMfaConfig answers."""
    settings = pool.settings
    sms = {member: settings[member] for member in _SMS if settings.get(member)}
    return {
        "SmsMfaConfiguration": sms if settings.get("SmsConfiguration") and pool.mfa != "OFF" else None,
        **{member: pool.factors.get(member) for member in _KEPT},
        "MfaConfiguration": pool.mfa,
    }


def check_usable(pool: UserPool, user: User, factor: str) -> None:
    """Raise if a user can't turn a factor on: nothing to send to, or no software token."""
    if factor == mfa.TOTP:
        if user.mfa.secret is None:
            raise (errors.TOKEN_NOT_VERIFIED if user.mfa.pending else errors.TOKEN_NOT_SET_UP)()
    elif factor not in mfa.offered(pool) or not user.attributes.get(mfa.ATTRIBUTE[factor]):
        raise errors.NO_DELIVERY_FOR_FACTOR(factor=factor)


def _check(pool: UserPool, request: Request) -> None:
    _check_factors(pool, request)
    mode, sms = request["MfaConfiguration"], request.get("SmsMfaConfiguration")
    if sms is not None and not (sms.get("SmsConfiguration") or pool.settings.get("SmsConfiguration")):
        raise errors.SMS_MFA_WITHOUT_CONFIGURATION()
    if mode == "ON" and not _OTP_FACTORS.isdisjoint(pool.first_factors):
        raise errors.FIRST_FACTORS_WITH_MFA()
    _check_web_authn(pool, mode, request.get("WebAuthnConfiguration") or {})
    if "EmailMfaConfiguration" in request:
        tiers.check_email_mfa(pool)
        if not templates.own_sender(pool):
            raise errors.EMAIL_MFA_NEEDS_SES()


def _check_factors(pool: UserPool, request: Request) -> None:
    """Raise if the factors don't go with the mode: none with ``OFF``, else at least one, and SMS once it is there."""
    given = [member for member in _BLOCKS if member in request]
    on = [member for member in given if member != _TOTP or request[member].get("Enabled")]
    if request["MfaConfiguration"] == "OFF":
        if on:
            raise errors.MFA_OFF_WITH_FACTOR()
    elif given and pool.settings.get("SmsConfiguration") and "SmsMfaConfiguration" not in given:
        raise errors.SMS_MFA_STAYS()
    elif not on:
        raise errors.MFA_WITHOUT_FACTOR()


def _check_web_authn(pool: UserPool, mode: str, configuration: Mapping[str, Any]) -> None:
    single = configuration.get("FactorConfiguration", "SINGLE_FACTOR") == "SINGLE_FACTOR"
    if mode == "ON" and single and "WEB_AUTHN" in pool.first_factors:
        raise errors.WEB_AUTHN_SINGLE_FACTOR()
