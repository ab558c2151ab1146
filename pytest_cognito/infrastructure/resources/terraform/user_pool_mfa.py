"""The multi-factor authentication of ``aws_cognito_user_pool``, which one operation sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.resources.terraform import shapes
from pytest_cognito.infrastructure.resources.terraform.shapes import block

_ARGUMENTS = (
    "email_mfa_configuration",
    "mfa_configuration",
    "sms_authentication_message",
    "sms_configuration",
    "software_token_mfa_configuration",
    "web_authn_configuration",
)


def request(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The request of SetUserPoolMfaConfig without the pool; empty where nothing is sent."""
    mode = properties.get("mfa_configuration") or "OFF"
    email, passkeys = block(properties, "email_mfa_configuration"), block(properties, "web_authn_configuration")
    sent: dict[str, Any] = {}
    if mode != "OFF":
        sent["mfa_configuration"] = mode
        sms, token = block(properties, "sms_configuration"), block(properties, "software_token_mfa_configuration")
        if sms is not None:
            message = properties.get("sms_authentication_message")
            sent["sms_mfa_configuration"] = {"sms_configuration": sms, "sms_authentication_message": message}
        if token is not None:
            sent["software_token_mfa_configuration"] = token
    if email is not None:
        sent["email_mfa_configuration"] = email
    if passkeys is not None:
        sent["web_authn_configuration"] = passkeys
    return shapes.request("cognito-idp", "SetUserPoolMfaConfig", sent)


def differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether two pools differ in what the operation sets."""
    return any((before.get(name) or None) != (after.get(name) or None) for name in _ARGUMENTS)
