"""The modes of threat protection, and how its events name what was proven."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.cognito_idp.records import UserPool

OFF = "OFF"
AUDIT = "AUDIT"
ENFORCED = "ENFORCED"
MALFORMED = "InvalidParameterException"
"""The code of requests that don't get as far as being an attempt: nothing is recorded of them."""
_CUSTOM = "CUSTOM_AUTH"
_PASSWORD = "PASSWORD"
_PASSWORD_ROLES = (_PASSWORD, "PASSWORD_SRP", "PASSWORD_VERIFIER")
_MFA_ROLES = ("SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA")


def is_on(pool: UserPool) -> bool:
    """Whether a pool has threat protection, in audit mode or in full."""
    add_ons = pool.settings.get("UserPoolAddOns")
    return add_ons is not None and add_ons["AdvancedSecurityMode"] != OFF


def mode(pool: UserPool, flow: str = "") -> str:
    """The mode of a pool. Custom authentication has a mode of its own, and is not watched without it."""
    if not is_on(pool):
        return OFF
    add_ons = pool.settings["UserPoolAddOns"]
    additional: Mapping[str, str] = add_ons.get("AdvancedSecurityAdditionalFlows") or {}
    found: str = additional.get("CustomAuthMode", OFF) if flow == _CUSTOM else add_ons["AdvancedSecurityMode"]
    return found


def adds_mfa(flow: str) -> bool:
    """Whether a second factor can be asked for because of a risk. In custom authentication the functions decide."""
    return flow != _CUSTOM


def proven(parameters: Mapping[str, str], role: str, *, second_factor: bool) -> str | None:
    """The ChallengeName of an event for what a request has proven, or has tried to; ``None`` if events don't tell.

    ``role`` is the challenge that the request answers; it is empty for the first request, which may have a password.
    """
    if second_factor:
        return "Mfa"
    return "Password" if _PASSWORD in parameters or role in _PASSWORD_ROLES else None


def is_second_factor(role: str) -> bool:
    """Whether the answers to the challenge with a role are codes of a second factor."""
    return role in _MFA_ROLES
