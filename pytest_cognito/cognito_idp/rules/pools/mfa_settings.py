"""The MFA configuration of a pool: requests of SetUserPoolMfaConfig and their response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import mfa, passkeys, relying_parties
from pytest_cognito.cognito_idp.rules.messages import sms_senders, templates
from pytest_cognito.cognito_idp.rules.pools import pool_checks, tiers

Request = Mapping[str, Any]
_TOTP = "SoftwareTokenMfaConfiguration"
_FACTOR_MEMBERS = ("SmsMfaConfiguration", _TOTP, "EmailMfaConfiguration")
_STORED = (_TOTP, "EmailMfaConfiguration", "WebAuthnConfiguration")
_SMS = ("SmsAuthenticationMessage", "SmsConfiguration")
_OTP_FACTORS = frozenset({"EMAIL_OTP", "SMS_OTP"})


def apply(pool: UserPool, request: Request) -> UserPool:
    """Apply a request of SetUserPoolMfaConfig to a pool, or raise the error of AWS.

    The request replaces the whole configuration: factors and messages that it leaves out are removed. Only
    ``SmsConfiguration`` stays.
    """
    _check(pool, request)
    settings = {**pool.settings, "MfaConfiguration": request["MfaConfiguration"]}
    sms = request.get("SmsMfaConfiguration")
    if sms is not None:
        settings.pop("SmsAuthenticationMessage", None)
        settings.update({member: sms[member] for member in _SMS if sms.get(member)})
    mfa_config = {member: request[member] for member in _STORED if member in request}
    if "WebAuthnConfiguration" in mfa_config:
        mfa_config["WebAuthnConfiguration"] = {**passkeys.DEFAULTS, **mfa_config["WebAuthnConfiguration"]}
    pool_checks.check_recovery(settings, mfa_config)
    return replace(pool, settings=settings, mfa_config=mfa_config)


def describe(pool: UserPool) -> dict[str, Any]:
    """The response of GetUserPoolMfaConfig."""
    settings = pool.settings
    sms = {member: settings[member] for member in _SMS if settings.get(member)}
    return {
        "SmsMfaConfiguration": sms if settings.get("SmsConfiguration") and pool.mfa != "OFF" else None,
        **{member: pool.mfa_config.get(member) for member in _STORED},
        "MfaConfiguration": pool.mfa,
    }


def check_usable(pool: UserPool, user: User, factor: str) -> None:
    """Raise if a user can't turn a factor on: without the attribute for its codes, or without a software token."""
    if factor == mfa.TOTP:
        if user.mfa.secret is None and user.mfa.pending:
            raise errors.TOKEN_NOT_VERIFIED()
        if user.mfa.secret is None:
            raise errors.NO_DELIVERY_FOR_FACTOR(factor=factor)
    elif factor not in mfa.offered(pool) or not user.attributes.get(mfa.ATTRIBUTE[factor]):
        raise errors.NO_DELIVERY_FOR_FACTOR(factor=factor)


def _check(pool: UserPool, request: Request) -> None:
    _check_factors(request)
    mode, sms = request["MfaConfiguration"], request.get("SmsMfaConfiguration")
    sms_senders.check((sms or {}).get("SmsConfiguration"), pool.region)
    if sms is not None and not (sms.get("SmsConfiguration") or pool.settings.get("SmsConfiguration")):
        raise errors.SMS_MFA_WITHOUT_CONFIGURATION()
    if mode == "ON" and not _OTP_FACTORS.isdisjoint(pool.first_factors):
        raise errors.FIRST_FACTORS_WITH_MFA()
    _check_web_authn(pool, mode, request.get("WebAuthnConfiguration") or {})
    if "EmailMfaConfiguration" in request:
        tiers.check_email_mfa(pool)
        if not templates.uses_ses_identity(pool):
            raise errors.EMAIL_MFA_NEEDS_SES()


def _check_factors(request: Request) -> None:
    """Raise if the factors of a request contradict its MfaConfiguration.

    ``OFF`` allows no member for a factor, not even one that turns software tokens off. ``ON`` and ``OPTIONAL`` need at
    least one factor. A request need not repeat the SMS configuration of the pool, and SMS stays a factor without it.
    """
    present = [member for member in _FACTOR_MEMBERS if member in request]
    if request["MfaConfiguration"] == "OFF":
        if present:
            raise errors.MFA_OFF_WITH_FACTOR()
    elif not any(member != _TOTP or request[member].get("Enabled") for member in present):
        raise errors.MFA_WITHOUT_FACTOR()


def _check_web_authn(pool: UserPool, mode: str, configuration: Mapping[str, Any]) -> None:
    single = configuration.get("FactorConfiguration", "SINGLE_FACTOR") == "SINGLE_FACTOR"
    if configuration:
        tiers.check_passkeys(pool)
    if mode == "ON" and single and "WEB_AUTHN" in pool.first_factors:
        raise errors.WEB_AUTHN_SINGLE_FACTOR()
    if configuration.get("RelyingPartyId"):
        relying_parties.check(configuration["RelyingPartyId"])
