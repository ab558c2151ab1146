"""The MFA configuration of a pool: what may be set together, how it is kept, how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .. import errors
from ..records import User, UserPool
from . import mfa, templates, tiers

Request = Mapping[str, Any]
_BLOCKS = ("SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration")
_KEPT = ("SoftwareTokenMfaConfiguration", "EmailMfaConfiguration", "WebAuthnConfiguration")
_WEB_AUTHN_DEFAULTS = {"UserVerification": "preferred", "FactorConfiguration": "SINGLE_FACTOR"}
_MFA_DEFAULT_SUBJECT = "Your authentication code"
_OTP_FACTORS = frozenset({"EMAIL_OTP", "SMS_OTP"})


def applied(pool: UserPool, request: Request) -> UserPool:
    """The pool with a request of SetUserPoolMfaConfig applied, or the error that AWS gives for it."""
    _check(pool, request)
    settings = {**pool.settings, "MfaConfiguration": request["MfaConfiguration"]}
    sms = request.get("SmsMfaConfiguration") or {}
    for member in ("SmsAuthenticationMessage", "SmsConfiguration"):
        if sms.get(member):
            settings[member] = sms[member]
    factors = {member: request[member] for member in _KEPT if member in request}
    if "WebAuthnConfiguration" in factors:
        factors["WebAuthnConfiguration"] = {**_WEB_AUTHN_DEFAULTS, **factors["WebAuthnConfiguration"]}
    changed = replace(pool, settings=settings, factors=factors)
    if request["MfaConfiguration"] != "OFF" and not mfa.offered(changed):
        raise errors.MFA_WITHOUT_FACTOR()
    return changed


def described(pool: UserPool) -> dict[str, Any]:
    """What GetUserPoolMfaConfig answers."""
    settings = pool.settings
    sms = {
        member: settings[member] for member in ("SmsAuthenticationMessage", "SmsConfiguration") if settings.get(member)
    }
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
    elif not user.attributes.get(mfa.ATTRIBUTE[factor]):
        raise errors.NO_DELIVERY_FOR_FACTOR(factor=factor)
    elif factor not in mfa.offered(pool):
        raise errors.NO_DELIVERY_FOR_FACTOR(factor=factor)


def _check(pool: UserPool, request: Request) -> None:
    mode = request["MfaConfiguration"]
    blocks = [member for member in _BLOCKS if request.get(member) and request[member] != {"Enabled": False}]
    if mode == "OFF":
        if blocks:
            raise errors.MFA_OFF_WITH_FACTOR()
    elif not blocks:
        raise errors.MFA_WITHOUT_FACTOR()
    elif pool.settings.get("SmsConfiguration") and "SmsMfaConfiguration" not in request:
        raise errors.SMS_MFA_STAYS()
    sms = request.get("SmsMfaConfiguration")
    if sms is not None and not (sms.get("SmsConfiguration") or pool.settings.get("SmsConfiguration")):
        raise errors.SMS_MFA_WITHOUT_CONFIGURATION()
    if mode == "ON" and not _OTP_FACTORS.isdisjoint(pool.first_factors):
        raise errors.FIRST_FACTORS_WITH_MFA()
    _check_web_authn(pool, mode, request.get("WebAuthnConfiguration") or {})
    if request.get("EmailMfaConfiguration") is not None:
        tiers.check_email_mfa(pool)
        if not templates.own_sender(pool):
            raise errors.EMAIL_MFA_NEEDS_SES()


def _check_web_authn(pool: UserPool, mode: str, configuration: Mapping[str, Any]) -> None:
    single = configuration.get("FactorConfiguration", "SINGLE_FACTOR") == "SINGLE_FACTOR"
    if mode == "ON" and single and "WEB_AUTHN" in pool.first_factors:
        raise errors.WEB_AUTHN_SINGLE_FACTOR()
