"""An identity pool, an identity or a dataset by what a request names, or AWS's error."""

from __future__ import annotations

from pytest_cognito.cognito_identity import IDENTITIES, POOLS, Identity, IdentityPool
from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.records import DATASETS, Dataset
from pytest_cognito.world import Context


def pool(context: Context, pool_id: str) -> IdentityPool:
    """The identity pool with an id, in the region and the account of the call."""
    found = context.table(POOLS).get(pool_id)
    if found is None or (found.account, found.region) != (context.account, context.region):
        raise errors.POOL_NOT_FOUND(pool_id=pool_id)
    return found


def identity(context: Context, pool: IdentityPool, identity_id: str) -> Identity:
    """The identity of a pool with an id. One that was merged into another is forbidden."""
    found = context.table(IDENTITIES).get(identity_id)
    if found is None or found.pool_id != pool.id:
        raise errors.IDENTITY_NOT_FOUND(identity_id=identity_id)
    if found.disabled:
        raise errors.IDENTITY_FORBIDDEN(identity_id=identity_id)
    return found


def dataset(context: Context, identity_id: str, name: str) -> Dataset:
    """The dataset of an identity with a name."""
    found = find_dataset(context, identity_id, name)
    if found is None or not found.exists:
        raise errors.DATASET_NOT_FOUND(name=name)
    return found


def find_dataset(context: Context, identity_id: str, name: str) -> Dataset | None:
    """The dataset of an identity with a name: one that exists, or one that was deleted."""
    return context.table(DATASETS).get((identity_id, name))
