"""What a user pool says of MFA and passkeys, which ``SetUserPoolMfaConfig`` sets all at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.infrastructure import refusals
from pytest_cognito.infrastructure.errors import InvalidProperties

_FACTORS: Final = ("SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP")
EMAIL: Final[Mapping[str, str]] = {"EmailAuthenticationMessage": "Message", "EmailAuthenticationSubject": "Subject"}
"""The properties that are members of EmailMfaConfiguration."""
WEB_AUTHN: Final[Mapping[str, str]] = {
    "WebAuthnRelyingPartyID": "RelyingPartyId",
    "WebAuthnUserVerification": "UserVerification",
    "WebAuthnFactorConfiguration": "FactorConfiguration",
}
"""The properties that are members of WebAuthnConfiguration."""


def is_declared(given: Mapping[str, Any]) -> bool:
    """Whether a pool has properties that only SetUserPoolMfaConfig takes."""
    return any(given.get(name) for name in ("EnabledMfas", *EMAIL, *WEB_AUTHN))


def check(given: Mapping[str, Any]) -> None:
    """Raise for a factor that there is not."""
    for index, factor in enumerate(given.get("EnabledMfas", ())):
        if factor not in _FACTORS:
            raise InvalidProperties([refusals.NOT_IN_ENUM.format(path=f"#/EnabledMfas/{index}", value=factor)])


def check_change(before: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Raise where a change takes SMS from the factors of a pool that keeps its SMS configuration and other factors."""
    factors = given.get("EnabledMfas") or ()
    removed = "SMS_MFA" in (before.get("EnabledMfas") or ()) and factors and "SMS_MFA" not in factors
    if removed and given.get("SmsConfiguration"):
        raise refusals.SMS_STAYS()


def parameters(given: Mapping[str, Any]) -> dict[str, Any]:
    """The request of SetUserPoolMfaConfig, without the pool."""
    factors = given.get("EnabledMfas") or ()
    request: dict[str, Any] = {}
    if given.get("MfaConfiguration"):
        request["MfaConfiguration"] = given["MfaConfiguration"]
    if "SMS_MFA" in factors:
        sms = ("SmsAuthenticationMessage", "SmsConfiguration")
        request["SmsMfaConfiguration"] = {name: given[name] for name in sms if given.get(name)}
    if "SOFTWARE_TOKEN_MFA" in factors:
        request["SoftwareTokenMfaConfiguration"] = {"Enabled": True}
    email = _members(given, EMAIL)
    if "EMAIL_OTP" in factors or email:
        request["EmailMfaConfiguration"] = email
    passkeys = _members(given, WEB_AUTHN)
    if passkeys:
        request["WebAuthnConfiguration"] = passkeys
    return request


def _members(given: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {member: given[name] for name, member in names.items() if given.get(name)}
