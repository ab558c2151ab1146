"""Condition keys of the pools of a world, which a call names, and knows nothing else of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito import cognito_identity, cognito_idp
from pytest_cognito.aws.arn import arn
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context

_ABOUT_IDENTITIES = ("DeleteIdentities", "DescribeIdentity")


def resource_keys(context: Context, call: Call) -> dict[str, str | tuple[str, ...]]:
    """``aws:ResourceTag/…`` of a pool, and ``cognito-identity:IdentityPoolArn`` of the pool that identities are of."""
    keys: dict[str, str | tuple[str, ...]] = {}
    if call.service in ("cognito-idp", "cognito-identity"):
        keys.update({f"aws:ResourceTag/{key}": value for key, value in _tags(context, call).items()})
    if call.service == "cognito-identity" and call.operation in _ABOUT_IDENTITIES:
        keys["cognito-identity:IdentityPoolArn"] = tuple(_pools_of_identities(context, call.parameters))
    return keys


def _tags(context: Context, call: Call) -> Mapping[str, str]:
    parameters = call.parameters
    named = parameters.get("UserPoolId") or parameters.get("IdentityPoolId") or parameters.get("ResourceArn", "")
    pool_id = named.rpartition("/")[2]
    user_pool = context.table(cognito_idp.POOLS).get(pool_id)
    if user_pool is not None:
        tags: Mapping[str, str] = user_pool.settings.get("UserPoolTags", {})
        return tags
    identity_pool = context.table(cognito_identity.POOLS).get(pool_id)
    return {} if identity_pool is None else identity_pool.tags


def _pools_of_identities(context: Context, parameters: Mapping[str, Any]) -> dict[str, None]:
    """The ARNs of the pools, each once."""
    pools: dict[str, None] = {}
    for identity_id in parameters.get("IdentityIdsToDelete") or [parameters.get("IdentityId")]:
        identity = context.table(cognito_identity.IDENTITIES).get(identity_id)
        pool = None if identity is None else context.table(cognito_identity.POOLS).get(identity.pool_id)
        if pool is not None:
            pools[arn("cognito-identity", pool.region, pool.account, f"identitypool/{pool.id}")] = None
    return pools
