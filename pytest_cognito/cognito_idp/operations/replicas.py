"""Operations on the replicas of user pools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import POOLS, REPLICAS, Replica, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.pools import replicas, tag_rules
from pytest_cognito.world import Context


@operation
def create_user_pool_replica(
    context: Context, *, user_pool_id: str, region_name: str, user_pool_tags: Mapping[str, str] | None = None
) -> Response:
    """Create the replica of a pool in another region.

    It has the pool's settings, and tags of its own. It is in creation in this response, and inactive in the next.
    """
    pool = lookup.pool(context, user_pool_id)
    replicas.check_conditions(pool.settings)
    replicas.check_region(pool, region_name)
    tag_rules.check(user_pool_tags or {})
    table = context.table(REPLICAS)
    if table.number_owned(POOLS, pool.id) >= quotas.REPLICAS:
        raise errors.REPLICA_LIMIT()
    now = context.now()
    replica = Replica(
        pool_id=pool.id,
        region=region_name,
        account=pool.account,
        active=False,
        settings={**replicas.own_settings(pool.settings), "UserPoolTags": dict(user_pool_tags or {})},
        created=now,
        modified=now,
        number=context.world.store.serial(),
    )
    table.put(replica)
    return {"UserPoolReplica": _described(replica, "CREATING")}


@operation
def update_user_pool_replica(context: Context, *, user_pool_id: str, region_name: str, status: str) -> Response:
    """Let users sign in to a replica, or let them no longer. Both regions accept the request."""
    pool = lookup.pool(context, user_pool_id)
    replica = _replica(context, pool, region_name)
    changed = replace(replica, active=status == "ACTIVE", modified=context.now())
    context.table(REPLICAS).put(changed)
    return {"UserPoolReplica": _described(changed)}


@operation
def delete_user_pool_replica(context: Context, *, user_pool_id: str, region_name: str) -> Response:
    """Delete a replica, which must be inactive. Only the region of the pool accepts the request."""
    pool = lookup.pool(context, user_pool_id)
    replica = _replica(context, pool, region_name)
    if replica.active:
        raise errors.REPLICA_ACTIVE(region=region_name)
    context.table(REPLICAS).delete(REPLICAS.key(replica))
    return {"UserPoolReplica": _described(replica, "DELETING")}


@operation
def list_user_pool_replicas(context: Context, *, user_pool_id: str, next_token: str | None = None) -> Response:
    """List the pool itself, as the primary, and its replica. There is always one page."""
    pool = lookup.pool(context, user_pool_id)
    if next_token is not None:
        raise errors.PAGINATION_TOKEN_INVALID()
    primary = {
        "RegionName": pool.primary_region,
        "Status": "ACTIVE",
        "Role": "PRIMARY",
        "UserPoolArn": _arn(pool.primary_region, pool.account, pool.id),
    }
    secondaries = context.table(REPLICAS).owned(POOLS, pool.id)
    return {"UserPoolReplicas": [primary, *map(_described, secondaries)]}


def _replica(context: Context, pool: UserPool, region: str) -> Replica:
    """The replica of a pool in a region; raise if there is none, or if it is the region of the pool itself."""
    if region == pool.primary_region:
        raise errors.PRIMARY_HAS_NO_STATUS(region=region)
    found = context.table(REPLICAS).get((pool.id, region))
    if found is None:
        raise errors.REPLICA_NOT_FOUND(pool_id=pool.id, region=region)
    return found


def _described(replica: Replica, status: str | None = None) -> dict[str, Any]:
    return {
        "RegionName": replica.region,
        "Status": status or ("ACTIVE" if replica.active else "INACTIVE"),
        "Role": "SECONDARY",
        "UserPoolArn": _arn(replica.region, replica.account, replica.pool_id),
    }


def _arn(region: str, account: str, pool_id: str) -> str:
    return arn("cognito-idp", region, account, f"userpool/{pool_id}")
