"""Validation of the settings of a user pool, beyond the constraints of the service model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.cognito_idp.rules.pools import tag_rules, tiers

Settings = Mapping[str, Any]

_CUSTOM_SENDERS = ("CustomSMSSender", "CustomEmailSender")


def check_request(request: Settings) -> None:
    """Raise for contradictory members of a request, before defaults are filled in."""
    if request.get("AliasAttributes") and request.get("UsernameAttributes"):
        raise errors.ALIAS_AND_USERNAME_ATTRIBUTES()
    policy = (request.get("Policies") or {}).get("PasswordPolicy") or {}
    invitations = request.get("AdminCreateUserConfig") or {}
    if "TemporaryPasswordValidityDays" in policy and "UnusedAccountValidityDays" in invitations:
        raise errors.UNUSED_ACCOUNT_VALIDITY_MOVED()
    _check_triggers(request.get("LambdaConfig") or {})
    tag_rules.check(request.get("UserPoolTags") or {})


def check(settings: Settings, mfa_config: Settings) -> None:
    """Raise for contradictory settings, with defaults filled in. ``mfa_config`` is that of the pool."""
    _check_aliases(settings)
    _check_verification(settings)
    _check_sender(settings["EmailConfiguration"])
    _check_sms(settings, mfa_config)
    _check_first_factors(settings, mfa_config)
    check_recovery(settings, mfa_config)
    tiers.check_pool(settings)


def _check_triggers(triggers: Settings) -> None:
    if any(triggers.get(sender) for sender in _CUSTOM_SENDERS) and not triggers.get("KMSKeyID"):
        raise errors.CUSTOM_SENDER_NEEDS_KEY()
    config, function = triggers.get("PreTokenGenerationConfig"), triggers.get("PreTokenGeneration")
    if config is not None and function is not None and config["LambdaArn"] != function:
        raise errors.PRE_TOKEN_ARNS_DIFFER()


def _check_aliases(settings: Settings) -> None:
    """Raise if ``preferred_username`` is an alias and required: users can set this alias only after sign-up."""
    required = {attribute["Name"] for attribute in settings["SchemaAttributes"] if attribute["Required"]}
    if "preferred_username" in required.intersection(settings.get("AliasAttributes") or ()):
        raise errors.PREFERRED_USERNAME_REQUIRED_AND_ALIAS()


def _check_verification(settings: Settings) -> None:
    verified = settings.get("AutoVerifiedAttributes") or ()
    updates = settings.get("UserAttributeUpdateSettings") or {}
    if not set(updates.get("AttributesRequireVerificationBeforeUpdate") or ()) <= set(verified):
        raise errors.VERIFY_BEFORE_UPDATE_NOT_VERIFIED()


def _check_sender(email: Settings) -> None:
    """Raise for a ``From`` address of Cognito's own e-mail account, which has one."""
    if email["EmailSendingAccount"] == "COGNITO_DEFAULT" and email.get("From"):
        raise errors.FROM_OF_DEFAULT_SENDER()


def _check_sms(settings: Settings, mfa_config: Settings) -> None:
    """Raise if MFA or the verification of phone numbers needs an SMS configuration.

    MFA needs it unless SetUserPoolMfaConfig has set another factor.
    """
    if settings.get("SmsConfiguration"):
        return
    if settings["MfaConfiguration"] != "OFF" and not mfa.offered_by(settings, mfa_config):
        raise errors.MFA_NEEDS_SMS()
    if "phone_number" in (settings.get("AutoVerifiedAttributes") or ()):
        raise errors.PHONE_VERIFICATION_NEEDS_SMS()


def _check_first_factors(settings: Settings, mfa_config: Settings) -> None:
    """Raise for first factors that are not supported, or not supported where MFA is required.

    If MFA is required, one-time codes are not allowed, and passkeys only if they count as multi-factor, which
    SetUserPoolMfaConfig sets.
    """
    factors = set(settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"])
    if "SOFTWARE_TOKEN" in factors:
        raise errors.FIRST_FACTOR_NOT_SUPPORTED(factor="SOFTWARE_TOKEN")
    if "PASSWORD" not in factors:
        raise errors.FIRST_FACTORS_NEED_PASSWORD()
    if settings["MfaConfiguration"] != "ON":
        return
    if not factors <= {"PASSWORD", "WEB_AUTHN"}:
        raise errors.FIRST_FACTORS_WITH_MFA()
    passkey = (mfa_config.get("WebAuthnConfiguration") or {}).get("FactorConfiguration", "SINGLE_FACTOR")
    if "WEB_AUTHN" in factors and passkey == "SINGLE_FACTOR":
        raise errors.WEB_AUTHN_NOT_FOR_MFA()


def check_recovery(settings: Settings, mfa_config: Settings) -> None:
    """Raise for account recovery settings that are not allowed.

    Names and priorities must be unique, and ``admin_only`` must be alone. SMS or e-mail can't be the only mechanism if
    it is also an MFA factor.
    """
    mechanisms = settings["AccountRecoverySetting"]["RecoveryMechanisms"]
    names = [mechanism["Name"] for mechanism in mechanisms]
    if len(mechanisms) != len({mechanism["Priority"] for mechanism in mechanisms}) or len(names) != len(set(names)):
        raise errors.RECOVERY_PRIORITIES_NOT_UNIQUE()
    if "admin_only" in names and len(names) > 1:
        raise errors.ADMIN_ONLY_IS_ALONE()
    offered = mfa.offered_by(settings, mfa_config) if settings["MfaConfiguration"] != "OFF" else ()
    if names == ["verified_phone_number"] and mfa.SMS in offered:
        raise errors.PHONE_RECOVERY_WITH_SMS_MFA()
    if names == ["verified_email"] and mfa.EMAIL in offered:
        raise errors.EMAIL_RECOVERY_WITH_EMAIL_MFA()
