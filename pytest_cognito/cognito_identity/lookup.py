"""An identity pool or an identity by what a request names, or AWS's error."""

from __future__ import annotations

from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.records import IDENTITIES, POOLS, Identity, IdentityPool
from pytest_cognito.world import Context


def pool(context: Context, pool_id: str) -> IdentityPool:
    """The identity pool with an id, in the region and the account of the call."""
    found = context.table(POOLS).get(pool_id)
    if found is None or (found.account, found.region) != (context.account, context.region):
        raise errors.POOL_NOT_FOUND(pool_id=pool_id)
    return found


def identity(context: Context, identity_id: str) -> Identity:
    """The identity with an id, in the region and the account of the call."""
    found = find_identity(context, identity_id)
    if found is None:
        raise errors.IDENTITY_NOT_FOUND(identity_id=identity_id)
    return found


def find_identity(context: Context, identity_id: str) -> Identity | None:
    """The identity with an id, if there is one in the region and the account of the call."""
    found = context.table(IDENTITIES).get(identity_id)
    owner = None if found is None else context.table(POOLS).get(found.pool_id)
    if owner is None or (owner.account, owner.region) != (context.account, context.region):
        return None
    return found
