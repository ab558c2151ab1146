"""What AWS refuses in the settings of a user pool, beyond what its model says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import errors
from . import mfa, tags, tiers

Settings = Mapping[str, Any]

_CUSTOM_SENDERS = ("CustomSMSSender", "CustomEmailSender")


def check_request(request: Settings) -> None:
    """Raise for members of a request that don't go together, before defaults hide what was given."""
    if request.get("AliasAttributes") and request.get("UsernameAttributes"):
        raise errors.ALIAS_AND_USERNAME_ATTRIBUTES()
    policy = (request.get("Policies") or {}).get("PasswordPolicy") or {}
    invitations = request.get("AdminCreateUserConfig") or {}
    if "TemporaryPasswordValidityDays" in policy and "UnusedAccountValidityDays" in invitations:
        raise errors.UNUSED_ACCOUNT_VALIDITY_MOVED()
    _check_triggers(request.get("LambdaConfig") or {})
    tags.check(request.get("UserPoolTags") or {})


def check(settings: Settings, factors: Settings) -> None:
    """Raise for settings, complete with defaults, that a pool can't have beside its ``factors`` of MFA."""
    _check_aliases(settings)
    _check_verification(settings)
    _check_sms(settings, factors)
    _check_first_factors(settings, factors)
    check_recovery(settings, factors)
    tiers.check_pool(settings)


def _check_triggers(triggers: Settings) -> None:
    if any(triggers.get(sender) for sender in _CUSTOM_SENDERS) and not triggers.get("KMSKeyID"):
        raise errors.CUSTOM_SENDER_NEEDS_KEY()
    config, function = triggers.get("PreTokenGenerationConfig"), triggers.get("PreTokenGeneration")
    if config is not None and function is not None and config["LambdaArn"] != function:
        raise errors.PRE_TOKEN_ARNS_DIFFER()


def _check_aliases(settings: Settings) -> None:
    """A user may give the alias ``preferred_username`` only later, so it can't be required at sign-up."""
    required = {attribute["Name"] for attribute in settings["SchemaAttributes"] if attribute["Required"]}
    if "preferred_username" in required.intersection(settings.get("AliasAttributes") or ()):
        raise errors.PREFERRED_USERNAME_REQUIRED_AND_ALIAS()


def _check_verification(settings: Settings) -> None:
    verified = settings.get("AutoVerifiedAttributes") or ()
    updates = settings.get("UserAttributeUpdateSettings") or {}
    if not set(updates.get("AttributesRequireVerificationBeforeUpdate") or ()) <= set(verified):
        raise errors.VERIFY_BEFORE_UPDATE_NOT_VERIFIED()


def _check_sms(settings: Settings, factors: Settings) -> None:
    """MFA needs SMS, until SetUserPoolMfaConfig has given the pool another factor."""
    if settings.get("SmsConfiguration"):
        return
    if settings["MfaConfiguration"] != "OFF" and not mfa.offered_by(settings, factors):
        raise errors.MFA_NEEDS_SMS()
    if "phone_number" in (settings.get("AutoVerifiedAttributes") or ()):
        raise errors.PHONE_VERIFICATION_NEEDS_SMS()


def _check_first_factors(settings: Settings, configured: Settings) -> None:
    """Where MFA is required, a one-time password can't be the first factor.

    A passkey can if it verifies the user, which only SetUserPoolMfaConfig can ask for.
    """
    factors = set(settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"])
    if "SOFTWARE_TOKEN" in factors:
        raise errors.FIRST_FACTOR_NOT_SUPPORTED(factor="SOFTWARE_TOKEN")
    if "PASSWORD" not in factors:
        raise errors.FIRST_FACTORS_NEED_PASSWORD()
    passkey = (configured.get("WebAuthnConfiguration") or {}).get("FactorConfiguration", "SINGLE_FACTOR")
    possible = {"PASSWORD"} if passkey == "SINGLE_FACTOR" else {"PASSWORD", "WEB_AUTHN"}
    if settings["MfaConfiguration"] == "ON" and not factors <= possible:
        raise errors.FIRST_FACTORS_WITH_MFA()


def check_recovery(settings: Settings, factors: Settings) -> None:
    """Users whose second factor comes by SMS or e-mail could not recover by the same alone; administrators recover for
    all or for none.
    """
    mechanisms = settings["AccountRecoverySetting"]["RecoveryMechanisms"]
    names = [mechanism["Name"] for mechanism in mechanisms]
    if len(mechanisms) != len({mechanism["Priority"] for mechanism in mechanisms}) or len(names) != len(set(names)):
        raise errors.RECOVERY_PRIORITIES_NOT_UNIQUE()
    if "admin_only" in names and len(names) > 1:
        raise errors.ADMIN_ONLY_IS_ALONE()
    offered = mfa.offered_by(settings, factors) if settings["MfaConfiguration"] != "OFF" else ()
    if names == ["verified_phone_number"] and mfa.SMS in offered:
        raise errors.PHONE_RECOVERY_WITH_SMS_MFA()
    if names == ["verified_email"] and mfa.EMAIL in offered:
        raise errors.EMAIL_RECOVERY_WITH_EMAIL_MFA()
