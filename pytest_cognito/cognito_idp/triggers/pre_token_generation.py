"""PreTokenGeneration: running the trigger, and applying its response to the claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AppClient, UserPool
from pytest_cognito.cognito_idp.rules.tokens.claims import Claims, Groups
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.cognito_idp.triggers import engine, events
from pytest_cognito.world import Context

_PROTECTED = frozenset(
    {
        *("acr", "amr", "at_hash", "auth_time", "azp", "exp", "iat", "iss", "jti", "nbf", "nonce", "origin_jti"),
        *("token_use", "sub", "identities", "event_id", "device_key", "version", "client_id", "username"),
    }
)
_SCALAR_CLAIMS = ("phone_number_verified", "email_verified", "updated_at", "address")
_GROUP_CLAIMS = ("cognito:groups", "cognito:roles", "cognito:preferred_role")
_MAX_CHANGES = 5000


class Changes(NamedTuple):
    """The changes to claims, scopes and groups in the response of the trigger."""

    id_add: Mapping[str, Any] = MappingProxyType({})
    id_suppress: frozenset[str] = frozenset()
    access_add: Mapping[str, Any] = MappingProxyType({})
    access_suppress: frozenset[str] = frozenset()
    scopes_add: tuple[str, ...] = ()
    scopes_suppress: frozenset[str] = frozenset()
    override: Mapping[str, Any] | None = None

    def groups(self, groups: Groups) -> Groups:
        """Apply ``groupOverrideDetails``. A list replaces the groups or roles; an empty list removes them."""
        if self.override is None:
            return groups
        names = self.override.get("groupsToOverride")
        roles = self.override.get("iamRolesToOverride")
        preferred = self.override.get("preferredRole")
        return Groups(
            groups.names if names is None else tuple(names),
            groups.roles if roles is None else tuple(roles),
            groups.preferred_role if preferred is None else preferred,
        )

    def scopes(self, scopes: tuple[str, ...]) -> list[str]:
        """Apply ``scopesToSuppress`` and ``scopesToAdd``."""
        kept = [scope for scope in scopes if scope not in self.scopes_suppress]
        return list(dict.fromkeys((*kept, *self.scopes_add)))

    def id_token(self, claims: Claims) -> Claims:
        """Apply the changes to the claims of an ID token. ``aud`` can't be changed."""
        return _changed(claims, self.id_add, self.id_suppress, lambda name, _: name != "aud")

    def access_token(self, claims: Claims, client_id: str) -> Claims:
        """Apply the changes to the claims of an access token. ``aud`` can be added, but only with the client id."""
        return _changed(
            claims,
            self.access_add,
            self.access_suppress,
            lambda name, value: name != "scope" and (name != "aud" or value == client_id),
        )


NO_CHANGES = Changes()
CLIENT_CREDENTIALS = "ClientCredentials"
"""The source for tokens of app clients, and the user name in its events."""


def run(
    context: Context,
    issuance: Issuance,
    groups: Groups,
) -> Changes:
    """Run the trigger and return the changes in its response; no changes if the pool has no such trigger."""
    pool, user = issuance.pool, issuance.user
    version = engine.version_of(pool, "PreTokenGeneration")
    if version is None:
        return NO_CHANGES
    request = events.pre_token_generation(user, groups, issuance.requested_scopes, version, issuance.metadata)
    response = engine.run(
        context,
        pool,
        "PreTokenGeneration",
        issuance.source,
        username=user.username,
        client_id=issuance.client.id,
        request=request,
    )
    return _version_1(response or {}) if version == "1" else _version_2(response or {})


def run_for_client(
    context: Context, pool: UserPool, client: AppClient, scopes: tuple[str, ...], metadata: Mapping[str, str] | None
) -> Changes:
    """Run the trigger for the token of an app client. It has event version 3, or there is none for such tokens."""
    if engine.version_of(pool, "PreTokenGeneration") != "3":
        return NO_CHANGES
    response = engine.run(
        context,
        pool,
        "PreTokenGeneration",
        CLIENT_CREDENTIALS,
        username=CLIENT_CREDENTIALS,
        client_id=client.id,
        request=events.client_token_generation(scopes, metadata),
    )
    return _version_2(response or {})


def _version_1(response: Mapping[str, Any]) -> Changes:
    """Read a response of version V1_0: string claims of the ID token, and the groups in both tokens."""
    details = _object(response, "claimsOverrideDetails")
    add = _object(details, "claimsToAddOrOverride")
    for name, value in add.items():
        if not isinstance(value, str):
            raise errors.CLAIM_NOT_A_STRING(name=name)
    return _limited(
        Changes(
            id_add=add,
            id_suppress=frozenset(_strings(details, "claimsToSuppress")),
            override=_override(details),
        )
    )


def _version_2(response: Mapping[str, Any]) -> Changes:
    """Read a response of version V2_0 or V3_0: claims of any type in both tokens, scopes and groups."""
    details = _object(response, "claimsAndScopeOverrideDetails")
    in_id = _object(details, "idTokenGeneration")
    in_access = _object(details, "accessTokenGeneration")
    changes = Changes(
        id_add=_object(in_id, "claimsToAddOrOverride"),
        id_suppress=frozenset(_strings(in_id, "claimsToSuppress")),
        access_add=_object(in_access, "claimsToAddOrOverride"),
        access_suppress=frozenset(_strings(in_access, "claimsToSuppress")),
        scopes_add=tuple(_strings(in_access, "scopesToAdd")),
        scopes_suppress=frozenset(_strings(in_access, "scopesToSuppress")),
        override=_override(details),
    )
    for name in _SCALAR_CLAIMS:
        if any(isinstance(add.get(name), dict | list) for add in (changes.id_add, changes.access_add)):
            raise errors.CLAIM_NOT_SIMPLE(name=name)
    for scope in changes.scopes_add:
        if any(character.isspace() for character in scope):
            raise errors.SCOPE_WITH_BLANK(scope=scope)
    return _limited(changes)


def _limited(changes: Changes) -> Changes:
    if len(changes.id_add) + len(changes.access_add) + len(changes.scopes_add) > _MAX_CHANGES:
        raise errors.CLAIM_LIMIT()
    return changes


def _override(details: Mapping[str, Any]) -> Mapping[str, Any] | None:
    override = _object(details, "groupOverrideDetails")
    if not override:
        return None
    _strings(override, "groupsToOverride")
    _strings(override, "iamRolesToOverride")
    if not isinstance(override.get("preferredRole"), str | None):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return override


def _changed(
    claims: Claims, add: Mapping[str, Any], suppress: frozenset[str], allowed: Callable[[str, Any], bool]
) -> Claims:
    """Add and suppress claims. Changes of protected claims are ignored."""
    if not add and not suppress:
        return claims
    changed = dict(claims)
    changed.update(
        (name, value)
        for name, value in add.items()
        if not _protected(name) and not name.startswith("dev:") and allowed(name, value)
    )
    for name in suppress:
        if name == "cognito:groups":
            for claim in _GROUP_CLAIMS:
                changed.pop(claim, None)
        elif not _protected(name) and allowed(name, None):
            changed.pop(name, None)
    return changed


def _protected(name: str) -> bool:
    return name in _PROTECTED or name.startswith("cognito:")


def _object(holder: Mapping[str, Any], member: str) -> dict[str, Any]:
    value = holder.get(member)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return value


def _strings(holder: Mapping[str, Any], member: str) -> list[str]:
    value = holder.get(member)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return value
