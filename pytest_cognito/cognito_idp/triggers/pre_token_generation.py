"""PreTokenGeneration: what the function is told, and what its answer changes in the tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...world import Context
from .. import errors
from ..records import AppClient, User, UserPool
from ..rules.claims import Claims, Groups
from . import engine, events

_PROTECTED = frozenset(
    {
        *("acr", "amr", "at_hash", "auth_time", "azp", "exp", "iat", "iss", "jti", "nbf", "nonce", "origin_jti"),
        *("token_use", "sub", "identities", "event_id", "device_key", "version", "client_id", "username"),
    }
)
_SIMPLE_ONLY = ("phone_number_verified", "email_verified", "updated_at", "address")
_GROUP_CLAIMS = ("cognito:groups", "cognito:roles", "cognito:preferred_role")
_MOST = 5000


@dataclass(frozen=True)
class Changes:
    """What a function's answer changes; without a function, nothing."""

    id_add: Mapping[str, Any] = field(default_factory=dict)
    id_suppress: frozenset[str] = frozenset()
    access_add: Mapping[str, Any] = field(default_factory=dict)
    access_suppress: frozenset[str] = frozenset()
    scopes_add: tuple[str, ...] = ()
    scopes_suppress: frozenset[str] = frozenset()
    override: Mapping[str, Any] | None = None

    def groups(self, groups: Groups) -> Groups:
        """The groups after ``groupOverrideDetails``: a list that is given replaces, an empty one removes."""
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
        kept = [scope for scope in scopes if scope not in self.scopes_suppress]
        return list(dict.fromkeys((*kept, *self.scopes_add)))

    def id_token(self, claims: Claims) -> Claims:
        return _changed(claims, self.id_add, self.id_suppress, lambda name, _: name != "aud")

    def access_token(self, claims: Claims, client_id: str) -> Claims:
        """The claims of an access token; ``aud`` may be added, but only with the client's id for its value."""
        return _changed(
            claims,
            self.access_add,
            self.access_suppress,
            lambda name, value: name != "scope" and (name != "aud" or value == client_id),
        )


NONE = Changes()


def ask(
    context: Context,
    pool: UserPool,
    client: AppClient,
    user: User,
    source: str,
    groups: Groups,
    scopes: tuple[str, ...],
    metadata: Mapping[str, str] | None,
) -> Changes:
    """Run the pool's function and read its answer."""
    configured = engine.version_of(pool, "PreTokenGeneration")
    if configured is None:
        return NONE
    request = events.pre_token_generation(user, groups, scopes, configured, metadata)
    response = engine.run(
        context, pool, "PreTokenGeneration", source, username=user.username, client_id=client.id, request=request
    )
    return _version_1(response or {}) if configured == "1" else _version_2(response or {})


def _version_1(response: Mapping[str, Any]) -> Changes:
    """V1_0 changes the ID token, with strings only, and the groups of both."""
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
    """V2_0 and V3_0 change both tokens, with values of any type, and the scopes."""
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
    for name in _SIMPLE_ONLY:
        if any(isinstance(add.get(name), dict | list) for add in (changes.id_add, changes.access_add)):
            raise errors.CLAIM_NOT_SIMPLE(name=name)
    for scope in changes.scopes_add:
        if any(character.isspace() for character in scope):
            raise errors.SCOPE_WITH_BLANK(scope=scope)
    return _limited(changes)


def _limited(changes: Changes) -> Changes:
    if len(changes.id_add) + len(changes.access_add) + len(changes.scopes_add) > _MOST:
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
    """Claims after additions and suppressions; what AWS protects stays as it is, silently."""
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
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return value
