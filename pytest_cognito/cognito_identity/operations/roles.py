"""Operations on the roles that the identities of a pool get."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.arn import partition
from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_identity import errors, lookup
from pytest_cognito.cognito_identity.records import POOLS, IdentityPool
from pytest_cognito.cognito_identity.rules import pool_providers, quotas
from pytest_cognito.world import Context

_ROLE = re.compile(r"arn:([\w-]+):iam::([0-9]{12}):role/[\w+=,.@/-]+", re.ASCII)


@operation
def set_identity_pool_roles(
    context: Context,
    *,
    identity_pool_id: str,
    roles: Mapping[str, str],
    role_mappings: Mapping[str, Mapping[str, Any]] | None = None,
) -> Response:
    """Replace the roles of an identity pool and the mappings that choose among further roles.

    A mapping that the request leaves out is removed. Roles are of the pool's account; they need not exist yet.
    """
    pool = lookup.pool(context, identity_pool_id)
    mappings = role_mappings or {}
    configured = set(pool_providers.role_mapping_names(pool))
    for provider, mapping in mappings.items():
        if provider not in configured:
            raise errors.ROLE_MAPPING_PROVIDER_UNKNOWN(provider=provider)
        _check_mapping(provider, mapping)
    for role_arn in (*roles.values(), *_mapped_roles(mappings)):
        if not _is_of_account(pool, role_arn):
            raise errors.ROLE_FORBIDDEN(role_arn=role_arn)
    context.table(POOLS).put(replace(pool, roles=roles, role_mappings=mappings))
    return {}


@operation
def get_identity_pool_roles(context: Context, *, identity_pool_id: str) -> Response:
    """Get the roles of an identity pool and its role mappings."""
    pool = lookup.pool(context, identity_pool_id)
    return {"IdentityPoolId": pool.id, "Roles": pool.roles, "RoleMappings": pool.role_mappings or None}


def _check_mapping(provider: str, mapping: Mapping[str, Any]) -> None:
    if mapping.get("AmbiguousRoleResolution") is None:
        raise errors.RESOLUTION_MISSING(provider=provider)
    if mapping["Type"] == "Rules" and mapping.get("RulesConfiguration") is None:
        raise errors.RULES_MISSING(provider=provider)
    if len(_rules(mapping)) > quotas.ROLE_MAPPING_RULES:
        raise errors.RULES_LIMIT(provider=provider)


def _mapped_roles(mappings: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for mapping in mappings.values():
        for rule in _rules(mapping):
            yield rule["RoleARN"]


def _rules(mapping: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rules: list[Mapping[str, Any]] = (mapping.get("RulesConfiguration") or {}).get("Rules", [])
    return rules


def _is_of_account(pool: IdentityPool, role_arn: str) -> bool:
    match = _ROLE.fullmatch(role_arn)
    return match is not None and match.group(1, 2) == (partition(pool.region), pool.account)
