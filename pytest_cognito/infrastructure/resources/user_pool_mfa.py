"""What a user pool says of MFA and passkeys, which ``SetUserPoolMfaConfig`` sets all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.infrastructure.errors import InvalidProperties, refusals
from pytest_cognito.infrastructure.resources.modelled import with_hint

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
            hint = f"{factor} is none of {', '.join(_FACTORS)}"
            raise InvalidProperties([refusals.NOT_IN_ENUM.format(path=f"#/EnabledMfas/{index}")], hint, "EnabledMfas")


@contextmanager
def hinted(given: Mapping[str, Any]) -> Iterator[None]:
    """Say of a refusal what to write where YAML has made a boolean of ``ON`` or ``OFF``."""
    try:
        yield
    except AWSError as error:
        read = given.get("MfaConfiguration")
        if read not in ("true", "false"):
            raise
        written = "ON" if read == "true" else "OFF"
        hint = f'YAML reads {written} without quotes as a boolean: write MfaConfiguration: "{written}"'
        raise with_hint(error, hint) from error


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
