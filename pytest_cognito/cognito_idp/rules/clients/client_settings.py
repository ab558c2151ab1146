"""The settings of an app client: defaults, validation and permissions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AppClient, UserPool
from pytest_cognito.cognito_idp.rules.clients import oauth_settings, token_validity
from pytest_cognito.cognito_idp.rules.pools import tiers

Settings = dict[str, Any]
Request = Mapping[str, Any]

PROFILE = "oidc:profile"
"""The name that stands for all attributes of the OpenID Connect scope ``profile``."""

PROFILE_ATTRIBUTES = frozenset(
    {
        "name",
        "family_name",
        "given_name",
        "middle_name",
        "nickname",
        "preferred_username",
        "profile",
        "picture",
        "website",
        "gender",
        "birthdate",
        "zoneinfo",
        "locale",
    }
)
_NOT_WRITABLE = frozenset({"sub", "identities", "email_verified", "phone_number_verified"})
_OPTIONAL = (
    "AccessTokenValidity",
    "IdTokenValidity",
    "ReadAttributes",
    "WriteAttributes",
    "ExplicitAuthFlows",
    "SupportedIdentityProviders",
    "CallbackURLs",
    "LogoutURLs",
    "DefaultRedirectURI",
    "AllowedOAuthFlows",
    "AllowedOAuthScopes",
    "AnalyticsConfiguration",
    "PreventUserExistenceErrors",
)
_SWITCHES = {
    "AllowedOAuthFlowsUserPoolClient": False,
    "EnableTokenRevocation": True,
    "EnablePropagateAdditionalUserContextData": False,
}
MEMBERS = frozenset(
    {
        *("ClientName", "RefreshTokenValidity", "TokenValidityUnits", "AuthSessionValidity", "RefreshTokenRotation"),
        *_OPTIONAL,
        *_SWITCHES,
    }
)
"""The members of CreateUserPoolClient and UpdateUserPoolClient requests that are settings."""
_ALLOW = "ALLOW_"
_CLIENT_TOKEN = "ALLOW_CLIENT_TOKEN_AUTH"
_DEFAULT_FLOWS = frozenset({"ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"})
_LEGACY_FLOWS = {
    "ADMIN_NO_SRP_AUTH": "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "USER_PASSWORD_AUTH": "ALLOW_USER_PASSWORD_AUTH",
    "CUSTOM_AUTH_FLOW_ONLY": "ALLOW_CUSTOM_AUTH",
}


def complete(
    request: Request,
    pool: UserPool,
    *,
    has_secret: bool,
    doing: str,
    providers: Collection[str],
    scopes: Collection[str],
) -> Settings:
    """All settings of an app client from a CreateUserPoolClient or UpdateUserPoolClient request, with AWS's defaults.

    Raises the error of AWS for settings that are not allowed. ``doing`` is ``creating`` or ``updating``, for its
    message; ``providers`` and ``scopes`` are the names of the pool's identity providers and custom scopes. An empty
    list in the request counts as missing.
    """
    settings: Settings = {
        "ClientName": request["ClientName"],
        "RefreshTokenValidity": request.get("RefreshTokenValidity") or 30,
        "TokenValidityUnits": dict(request.get("TokenValidityUnits") or {}),
        "AuthSessionValidity": request.get("AuthSessionValidity") or 3,
        **{switch: _or_default(request.get(switch), default) for switch, default in _SWITCHES.items()},
        **{member: request[member] for member in _OPTIONAL if request.get(member)},
    }
    rotation = request.get("RefreshTokenRotation")
    if rotation is not None:
        settings["RefreshTokenRotation"] = {"RetryGracePeriodSeconds": 0, **rotation}
    token_validity.check(settings)
    _check_attributes(settings, pool, doing)
    _check_flows(settings)
    _check_providers(settings, pool, providers)
    oauth_settings.check(settings, has_secret=has_secret, scopes=scopes)
    if settings["EnablePropagateAdditionalUserContextData"] and not has_secret:
        raise errors.CONTEXT_DATA_NEEDS_SECRET()
    tiers.check_client(pool.tier, settings)
    return settings


def allowed_flows(client: AppClient) -> frozenset[str]:
    """The sign-in flows that an app client may use, as values ``ALLOW_…`` of ExplicitAuthFlows.

    Legacy values (without ``ALLOW_``) add to the default flows; ``CUSTOM_AUTH_FLOW_ONLY`` removes SRP from them.
    """
    flows = client.settings.get("ExplicitAuthFlows") or ()
    if any(flow.startswith(_ALLOW) for flow in flows):
        return frozenset(flows)
    allowed = _DEFAULT_FLOWS.union(_LEGACY_FLOWS[flow] for flow in flows)
    return allowed - {"ALLOW_USER_SRP_AUTH"} if "CUSTOM_AUTH_FLOW_ONLY" in flows else allowed


def readable(client: AppClient, pool: UserPool) -> frozenset[str] | None:
    """The attributes that an app client may read, always with ``sub``; ``None`` if it may read all."""
    names = client.settings.get("ReadAttributes")
    if not names:
        return None
    return (_expanded(names) | {"sub"}) & {attribute["Name"] for attribute in pool.schema}


def writable(client: AppClient, pool: UserPool) -> frozenset[str] | None:
    """The attributes that an app client may write, always with the required ones; ``None`` if it may write all."""
    names = client.settings.get("WriteAttributes")
    if not names:
        return None
    required = {attribute["Name"] for attribute in pool.schema if attribute["Required"]}
    return _expanded(names) | (required - _NOT_WRITABLE)


def _or_default(value: bool | None, default: bool) -> bool:
    return default if value is None else value


def _expanded(names: Iterable[str]) -> frozenset[str]:
    """The names of attributes, with ``oidc:profile`` replaced by the attributes that it stands for."""
    expanded = frozenset(names)
    return expanded - {PROFILE} | PROFILE_ATTRIBUTES if PROFILE in expanded else expanded


def _check_attributes(settings: Settings, pool: UserPool, doing: str) -> None:
    """Raise for an attribute that is not in the schema or is developer-only."""
    available = {attribute["Name"] for attribute in pool.schema if not attribute["DeveloperOnlyAttribute"]}
    if not _expanded(settings.get("ReadAttributes") or ()) <= available:
        raise errors.READ_ATTRIBUTES_INVALID(doing=doing)
    if not _expanded(settings.get("WriteAttributes") or ()) <= available - _NOT_WRITABLE:
        raise errors.WRITE_ATTRIBUTES_INVALID(doing=doing)


def _check_flows(settings: Settings) -> None:
    flows = settings.get("ExplicitAuthFlows") or ()
    if len({flow.startswith(_ALLOW) for flow in flows}) > 1:
        raise errors.EXPLICIT_FLOWS_MIXED()
    if _CLIENT_TOKEN in flows and set(flows) != {_CLIENT_TOKEN}:
        raise errors.CLIENT_TOKEN_FLOW_ALONE()
    rotates = settings.get("RefreshTokenRotation", {}).get("Feature") == "ENABLED"
    if rotates and "ALLOW_REFRESH_TOKEN_AUTH" in flows:
        raise errors.ROTATION_WITH_REFRESH_FLOW()


def _check_providers(settings: Settings, pool: UserPool, providers: Collection[str]) -> None:
    for name in settings.get("SupportedIdentityProviders") or ():
        if name not in providers:
            raise errors.PROVIDER_OF_CLIENT_NOT_FOUND(name=name, pool_id=pool.id)
