"""The settings of a user pool: defaults and validation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp.rules.factors import acr
from pytest_cognito.cognito_idp.rules.pools import client_registration, message_settings, pool_checks, schema, tiers

Settings = dict[str, Any]
Request = Mapping[str, Any]

DEFAULT_VALIDITY_DAYS = 7
"""The default validity of temporary passwords, in days."""

_IMMUTABLE = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration")
_LISTS = ("AutoVerifiedAttributes",)
_PLAIN = (
    "SmsAuthenticationMessage",
    "UserAttributeUpdateSettings",
    "SmsConfiguration",
    "UserPoolAddOns",
    "KeyConfiguration",
    "IssuerConfiguration",
)
MEMBERS = frozenset(
    {
        *("PoolName", "Policies", "DeletionProtection", "LambdaConfig", "MfaConfiguration", "EmailConfiguration"),
        *("UserPoolTags", "AccountRecoverySetting", "DeviceConfiguration", "AdminCreateUserConfig", "UserPoolTier"),
        *message_settings.MEMBERS,
        *_LISTS,
        *_PLAIN,
        *("AcrConfiguration", "DcrConfiguration"),
    }
)
"""The members of UpdateUserPool requests that are settings."""
MEMBERS_AT_CREATION = MEMBERS | {"Schema", *_IMMUTABLE}
"""The members of CreateUserPool requests."""
_REQUIREMENTS = ("RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols")
_RECOVERY = (
    {"Priority": 1, "Name": "verified_email"},
    {"Priority": 2, "Name": "verified_phone_number"},
)


def complete(request: Request, current: Mapping[str, Any] | None = None, mfa_config: Request | None = None) -> Settings:
    """All settings of a pool from a request, with AWS's defaults; raise the error of AWS if they are not allowed.

    ``current`` are the settings of the pool for a request of UpdateUserPool, ``None`` for CreateUserPool.
    UpdateUserPool keeps the settings that can't change (schema, aliases, user name attributes). Unless the request has
    them, it keeps the name, the feature plan, the tags, MfaConfiguration, DcrConfiguration, and PasswordPolicy and
    SignInPolicy each by itself. It resets all other members that the request leaves out to their defaults.
    ``mfa_config`` is the MFA configuration of the pool.
    """
    pool_checks.check_request(request)
    kept = current or {}
    settings: Settings = {
        **_identity(request, current),
        "Policies": _policies(request, kept),
        "DeletionProtection": request.get("DeletionProtection") or "INACTIVE",
        "LambdaConfig": _triggers(request.get("LambdaConfig") or {}),
        "MfaConfiguration": request.get("MfaConfiguration") or kept.get("MfaConfiguration") or "OFF",
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT", **(request.get("EmailConfiguration") or {})},
        "UserPoolTags": dict(request.get("UserPoolTags", kept.get("UserPoolTags")) or {}),
        "AccountRecoverySetting": _recovery(request),
        **message_settings.complete(request),
        **{member: request[member] for member in _LISTS if request.get(member)},
        **{member: request[member] for member in _PLAIN if request.get(member) is not None},
        **_devices(request),
        **client_registration.complete(request, kept),
        "AcrConfiguration": acr.complete(request.get("AcrConfiguration")),
    }
    settings["AdminCreateUserConfig"] = _admin_create_user(request, settings)
    settings["UserPoolTier"] = request.get("UserPoolTier") or kept.get("UserPoolTier") or tiers.default(settings)
    pool_checks.check(settings, mfa_config or {})
    return settings


def _identity(request: Request, current: Mapping[str, Any] | None) -> Settings:
    """The name, and the settings that can't change after the creation of the pool."""
    if current is not None:
        unchanged = {member: current[member] for member in ("SchemaAttributes", *_IMMUTABLE) if member in current}
        return {**unchanged, "Name": request.get("PoolName") or current["Name"]}
    return {
        "Name": request["PoolName"],
        "SchemaAttributes": schema.complete(request.get("Schema")),
        **{member: request[member] for member in _IMMUTABLE if request.get(member)},
    }


def _policies(request: Request, kept: Mapping[str, Any]) -> Settings:
    """The policies of a request; those of ``kept`` where the request has none."""
    policies = {**(kept.get("Policies") or {}), **(request.get("Policies") or {})}
    sign_in = policies.get("SignInPolicy") or {}
    return {
        "PasswordPolicy": _password_policy(policies.get("PasswordPolicy"), request),
        "SignInPolicy": {"AllowedFirstAuthFactors": sign_in.get("AllowedFirstAuthFactors") or ["PASSWORD"]},
    }


def _password_policy(policy: Mapping[str, Any] | None, request: Request) -> Settings:
    """The password policy, with defaults.

    Without a policy all classes of characters are required, else those that the policy names. The validity of temporary
    passwords is in days; 0 means the default. Its legacy name is UnusedAccountValidityDays in AdminCreateUserConfig.
    """
    members = policy or {}
    legacy = (request.get("AdminCreateUserConfig") or {}).get("UnusedAccountValidityDays")
    history = members.get("PasswordHistorySize")
    return {
        "MinimumLength": members.get("MinimumLength", 8),
        **{member: members.get(member, policy is None) for member in _REQUIREMENTS},
        **({"PasswordHistorySize": history} if history else {}),
        "TemporaryPasswordValidityDays": legacy
        or members.get("TemporaryPasswordValidityDays")
        or DEFAULT_VALIDITY_DAYS,
    }


def _admin_create_user(request: Request, settings: Settings) -> Settings:
    config = request.get("AdminCreateUserConfig") or {}
    days = settings["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"]
    return {"AllowAdminCreateUserOnly": False, **config, "UnusedAccountValidityDays": days}


def _triggers(lambda_config: Mapping[str, Any]) -> Settings:
    """LambdaConfig, with PreTokenGeneration and PreTokenGenerationConfig completed from each other."""
    triggers = dict(lambda_config)
    config, function = triggers.get("PreTokenGenerationConfig"), triggers.get("PreTokenGeneration")
    if config is not None:
        triggers["PreTokenGeneration"] = config["LambdaArn"]
    elif function is not None:
        triggers["PreTokenGenerationConfig"] = {"LambdaVersion": "V1_0", "LambdaArn": function}
    return triggers


def _recovery(request: Request) -> Settings:
    setting = request.get("AccountRecoverySetting") or {}
    return {"RecoveryMechanisms": setting.get("RecoveryMechanisms") or [dict(option) for option in _RECOVERY]}


def _devices(request: Request) -> Settings:
    """DeviceConfiguration with defaults for its members; missing if the request has none of them."""
    configuration = request.get("DeviceConfiguration")
    if not configuration:
        return {}
    off = {"ChallengeRequiredOnNewDevice": False, "DeviceOnlyRememberedOnUserPrompt": False}
    return {"DeviceConfiguration": {**off, **configuration}}
