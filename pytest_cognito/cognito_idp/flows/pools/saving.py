"""Saving a changed user pool, which may be the replica of one in another region."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import POOLS, REPLICAS, UserPool
from pytest_cognito.cognito_idp.rules.pools import replicas
from pytest_cognito.world import Context


def save(context: Context, pool: UserPool) -> None:
    """Save a changed pool.

    Where it is a replica, only the settings for e-mail, SMS, Lambda functions and tags may change, and they change
    there alone. A pool that has a replica must go on meeting the conditions for one.
    """
    pools, table = context.table(POOLS), context.table(REPLICAS)
    if not pool.is_replica:
        if table.number_owned(POOLS, pool.id):
            replicas.check_conditions(pool.settings)
        pools.put(pool)
        return
    primary, replica = pools.get(pool.id), table.get((pool.id, pool.region))
    if primary is None or replica is None:
        raise errors.POOL_NOT_FOUND(pool_id=pool.id)
    settings = replicas.changed_own_settings(replicas.view(primary, replica), pool)
    table.put(replace(replica, settings=settings, modified=context.now()))
