"""Creating and finding the identity pools of a world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito import cognito_identity
from pytest_cognito.aws.places import region_of_identity_pool
from pytest_cognito.handles import finding
from pytest_cognito.handles.calls import call
from pytest_cognito.handles.identity_pool import IdentityPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

_KIND = "identity pool"
_DEFAULTS: Mapping[str, Any] = {"IdentityPoolName": "pytest", "AllowUnauthenticatedIdentities": False}


def create(world: World, id: str | None, region: str | None, parameters: Mapping[str, Any]) -> IdentityPool:
    """See `Cognito.create_identity_pool`."""
    pool_region = region or (region_of_identity_pool(id) if id is not None else world.region)
    if id is not None and region_of_identity_pool(id) != pool_region:
        raise UsageError(
            f"the id {id!r} is of an identity pool in {region_of_identity_pool(id)}: leave out region={region!r}"
        )
    result = call(
        world,
        "CreateIdentityPool",
        service="cognito-identity",
        region=pool_region,
        pins={"identity_pool": id},
        **{**_DEFAULTS, **parameters},
    )
    return IdentityPool(world, result["IdentityPoolId"], pool_region)


def pools_of(world: World) -> list[IdentityPool]:
    """The identity pools of the world's region, oldest first."""
    records = [record for record in world.store[cognito_identity.POOLS] if record.region == world.region]
    return [IdentityPool(world, record.id, record.region) for record in sorted(records, key=lambda one: one.created)]


def find(world: World, id: str) -> IdentityPool:
    """The identity pool with an id. Raises `UsageError` that says which there are if there is none."""
    return IdentityPool(world, id, finding.by_id(_KIND, world.store[cognito_identity.POOLS], id).region)


def only_pool(world: World, hint: str) -> IdentityPool:
    """The only identity pool of the world's region. Raises `UsageError` with ``hint`` if there are several, or none."""
    return finding.only(_KIND, pools_of(world), hint)
