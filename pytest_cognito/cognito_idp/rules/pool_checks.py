"""What AWS refuses in the settings of a user pool, beyond what its model says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import errors
from . import tags, tiers

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


def check(settings: Settings) -> None:
    """Raise for settings, complete with defaults, that a pool can't have."""
    _check_aliases(settings)
    _check_verification(settings)
    _check_sms(settings)
    _check_first_factors(settings)
    _check_recovery(settings)
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


def _check_sms(settings: Settings) -> None:
    if settings.get("SmsConfiguration"):
        return
    if settings["MfaConfiguration"] != "OFF":
        raise errors.MFA_NEEDS_SMS()
    if "phone_number" in (settings.get("AutoVerifiedAttributes") or ()):
        raise errors.PHONE_VERIFICATION_NEEDS_SMS()


def _check_first_factors(settings: Settings) -> None:
    """Where MFA is required, a one-time password can't be the first factor.

    A passkey could if it verifies the user, which only SetUserPoolMfaConfig can ask for.
    """
    factors = set(settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"])
    if "SOFTWARE_TOKEN" in factors:
        raise errors.FIRST_FACTOR_NOT_SUPPORTED(factor="SOFTWARE_TOKEN")
    if "PASSWORD" not in factors:
        raise errors.FIRST_FACTORS_NEED_PASSWORD()
    if settings["MfaConfiguration"] == "ON" and factors != {"PASSWORD"}:
        raise errors.FIRST_FACTORS_WITH_MFA()


def _check_recovery(settings: Settings) -> None:
    """Users whose second factor is SMS could not recover by SMS alone; administrators recover for all or for none."""
    mechanisms = settings["AccountRecoverySetting"]["RecoveryMechanisms"]
    names = [mechanism["Name"] for mechanism in mechanisms]
    if len(mechanisms) != len({mechanism["Priority"] for mechanism in mechanisms}) or len(names) != len(set(names)):
        raise errors.RECOVERY_PRIORITIES_NOT_UNIQUE()
    if "admin_only" in names and len(names) > 1:
        raise errors.ADMIN_ONLY_IS_ALONE()
    if names == ["verified_phone_number"] and settings["MfaConfiguration"] != "OFF":
        raise errors.PHONE_RECOVERY_WITH_SMS_MFA()
