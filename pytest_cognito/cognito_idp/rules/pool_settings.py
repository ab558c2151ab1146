"""The settings of a user pool: completed with AWS's defaults, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import message_settings, pool_checks, schema, tiers

Settings = dict[str, Any]
Request = Mapping[str, Any]

DEFAULT_VALIDITY_DAYS = 7
"""How long a temporary password is good for, in days, unless the pool says otherwise."""

_LISTS = ("AutoVerifiedAttributes",)
_PLAIN = (
    "SmsAuthenticationMessage",
    "UserAttributeUpdateSettings",
    "SmsConfiguration",
    "UserPoolAddOns",
    "KeyConfiguration",
    "IssuerConfiguration",
    "AcrConfiguration",
    "DcrConfiguration",
)
_REQUIREMENTS = ("RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols")
_RECOVERY = (
    {"Priority": 1, "Name": "verified_email"},
    {"Priority": 2, "Name": "verified_phone_number"},
)


def complete(request: Request, before: Mapping[str, Any] | None = None, factors: Request | None = None) -> Settings:
    """All settings of a pool as a request of CreateUserPool asks for them, with defaults for what it leaves out.

    With the settings ``before``, a request of UpdateUserPool: name and plan stay unless given, what a pool is born with
    (schema, aliases, user names) stays, and anything else that the request leaves out goes back to its default. It is
    checked against the ``factors`` of MFA that the pool has.
    """
    pool_checks.check_request(request)
    settings: Settings = {
        **_identity(request, before),
        "Policies": _policies(request),
        "DeletionProtection": request.get("DeletionProtection") or "INACTIVE",
        "LambdaConfig": _triggers(request.get("LambdaConfig") or {}),
        "MfaConfiguration": request.get("MfaConfiguration") or "OFF",
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT", **(request.get("EmailConfiguration") or {})},
        "UserPoolTags": dict(request.get("UserPoolTags") or {}),
        "AccountRecoverySetting": _recovery(request),
        **message_settings.complete(request),
        **{member: request[member] for member in _LISTS if request.get(member)},
        **{member: request[member] for member in _PLAIN if request.get(member) is not None},
        **_devices(request),
    }
    settings["AdminCreateUserConfig"] = _admin_create_user(request, settings)
    settings["UserPoolTier"] = _tier(request, settings, before)
    pool_checks.check(settings, factors or {})
    return settings


def _identity(request: Request, before: Mapping[str, Any] | None) -> Settings:
    """The name, and what never changes after a pool's creation."""
    if before is not None:
        fixed = ("Name", "SchemaAttributes", "AliasAttributes", "UsernameAttributes", "UsernameConfiguration")
        kept = {member: before[member] for member in fixed if member in before}
        return {**kept, "Name": request.get("PoolName") or before["Name"]}
    given = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration")
    return {
        "Name": request["PoolName"],
        "SchemaAttributes": schema.complete(request.get("Schema")),
        **{member: request[member] for member in given if request.get(member)},
    }


def _policies(request: Request) -> Settings:
    policies = request.get("Policies") or {}
    sign_in = policies.get("SignInPolicy") or {}
    return {
        "PasswordPolicy": _password_policy(policies.get("PasswordPolicy"), request),
        "SignInPolicy": {"AllowedFirstAuthFactors": sign_in.get("AllowedFirstAuthFactors") or ["PASSWORD"]},
    }


def _password_policy(given: Mapping[str, Any] | None, request: Request) -> Settings:
    """Without a policy every class of characters is required; a policy requires those that it names.

    The validity of temporary passwords is in days; 0 stands for the default. The legacy member of
    ``AdminCreateUserConfig`` gives it where the policy doesn't.
    """
    policy = given or {}
    legacy = (request.get("AdminCreateUserConfig") or {}).get("UnusedAccountValidityDays")
    history = policy.get("PasswordHistorySize")
    return {
        "MinimumLength": policy.get("MinimumLength", 8),
        **{member: policy.get(member, given is None) for member in _REQUIREMENTS},
        **({"PasswordHistorySize": history} if history else {}),
        "TemporaryPasswordValidityDays": policy.get("TemporaryPasswordValidityDays") or legacy or DEFAULT_VALIDITY_DAYS,
    }


def _admin_create_user(request: Request, settings: Settings) -> Settings:
    given = request.get("AdminCreateUserConfig") or {}
    days = settings["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"]
    return {"AllowAdminCreateUserOnly": False, **given, "UnusedAccountValidityDays": days}


def _triggers(given: Mapping[str, Any]) -> Settings:
    """The triggers, with the two ways to name the one of PreTokenGeneration in step."""
    triggers = dict(given)
    config, function = triggers.get("PreTokenGenerationConfig"), triggers.get("PreTokenGeneration")
    if config is not None:
        triggers["PreTokenGeneration"] = config["LambdaArn"]
    elif function is not None:
        triggers["PreTokenGenerationConfig"] = {"LambdaVersion": "V1_0", "LambdaArn": function}
    return triggers


def _recovery(request: Request) -> Settings:
    given = request.get("AccountRecoverySetting") or {}
    return {"RecoveryMechanisms": given.get("RecoveryMechanisms") or [dict(option) for option in _RECOVERY]}


def _devices(request: Request) -> Settings:
    """Devices are remembered as soon as either member is given, whatever its value."""
    given = request.get("DeviceConfiguration")
    if not given:
        return {}
    off = {"ChallengeRequiredOnNewDevice": False, "DeviceOnlyRememberedOnUserPrompt": False}
    return {"DeviceConfiguration": {**off, **given}}


def _tier(request: Request, settings: Settings, before: Mapping[str, Any] | None) -> str:
    tier: str | None = request.get("UserPoolTier") or (before or {}).get("UserPoolTier")
    return tier or tiers.default(settings)
