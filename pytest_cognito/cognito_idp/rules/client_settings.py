"""The settings of an app client: completed with AWS's defaults, checked, and what they allow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from .. import errors
from ..records import AppClient, UserPool
from . import oauth_settings, tiers, token_validity

Settings = dict[str, Any]
Request = Mapping[str, Any]

PROFILE = "oidc:profile"
"""The name that stands for all attributes of OpenID Connect's scope ``profile``."""

_PROFILE_ATTRIBUTES = frozenset(
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
_GIVEN_OR_ABSENT = (
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
_NEW = "ALLOW_"
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
    providers: Collection[str] = ("COGNITO",),
    scopes: Collection[str] = (),
) -> Settings:
    """All settings of a client as CreateUserPoolClient and UpdateUserPoolClient take them, with defaults, checked.

    ``doing`` is the word of AWS's messages, ``creating`` or ``updating``; ``providers`` and ``scopes`` are the identity
    providers and the custom scopes that the pool has. An empty list is as good as none.
    """
    settings: Settings = {
        "ClientName": request["ClientName"],
        "RefreshTokenValidity": request.get("RefreshTokenValidity") or 30,
        "TokenValidityUnits": dict(request.get("TokenValidityUnits") or {}),
        "AuthSessionValidity": request.get("AuthSessionValidity") or 3,
        **{switch: _either(request.get(switch), default) for switch, default in _SWITCHES.items()},
        **{member: request[member] for member in _GIVEN_OR_ABSENT if request.get(member)},
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
    """The sign-in flows that a client may use, as the values ``ALLOW_…`` of ExplicitAuthFlows.

    A legacy value adds its flow to those of the default; ``CUSTOM_AUTH_FLOW_ONLY`` takes SRP away.
    """
    flows = client.settings.get("ExplicitAuthFlows") or ()
    if any(flow.startswith(_NEW) for flow in flows):
        return frozenset(flows)
    allowed = _DEFAULT_FLOWS.union(_LEGACY_FLOWS[flow] for flow in flows)
    return allowed - {"ALLOW_USER_SRP_AUTH"} if "CUSTOM_AUTH_FLOW_ONLY" in flows else allowed


def readable(client: AppClient, pool: UserPool) -> frozenset[str] | None:
    """The pool's attributes that a client may read, ``sub`` always among them; ``None`` if nothing restricts it."""
    names = client.settings.get("ReadAttributes")
    if not names:
        return None
    return (_expanded(names) | {"sub"}) & {attribute["Name"] for attribute in pool.schema}


def writable(client: AppClient, pool: UserPool) -> frozenset[str] | None:
    """The attributes that a client may write, the pool's required ones always among them; ``None``: no restriction."""
    names = client.settings.get("WriteAttributes")
    if not names:
        return None
    required = {attribute["Name"] for attribute in pool.schema if attribute["Required"]}
    return _expanded(names) | (required - _NOT_WRITABLE)


def _either(given: bool | None, default: bool) -> bool:
    return default if given is None else given


def _expanded(names: Iterable[str]) -> frozenset[str]:
    given = frozenset(names)
    return given - {PROFILE} | _PROFILE_ATTRIBUTES if PROFILE in given else given


def _check_attributes(settings: Settings, pool: UserPool, doing: str) -> None:
    """A client can't be given an attribute that the schema doesn't have, nor one that only developers write."""
    known = {attribute["Name"] for attribute in pool.schema if not attribute["DeveloperOnlyAttribute"]}
    if not _expanded(settings.get("ReadAttributes") or ()) <= known:
        raise errors.READ_ATTRIBUTES_INVALID(doing=doing)
    if not _expanded(settings.get("WriteAttributes") or ()) <= known - _NOT_WRITABLE:
        raise errors.WRITE_ATTRIBUTES_INVALID(doing=doing)


def _check_flows(settings: Settings) -> None:
    flows = settings.get("ExplicitAuthFlows") or ()
    if len({flow.startswith(_NEW) for flow in flows}) > 1:
        raise errors.EXPLICIT_FLOWS_MIXED()
    rotates = settings.get("RefreshTokenRotation", {}).get("Feature") == "ENABLED"
    if rotates and "ALLOW_REFRESH_TOKEN_AUTH" in flows:
        raise errors.ROTATION_WITH_REFRESH_FLOW()


def _check_providers(settings: Settings, pool: UserPool, known: Collection[str]) -> None:
    for name in settings.get("SupportedIdentityProviders") or ():
        if name not in known:
            raise errors.PROVIDER_OF_CLIENT_NOT_FOUND(name=name, pool_id=pool.id)
