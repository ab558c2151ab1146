"""Finding the user pools of a world."""

from __future__ import annotations

from pytest_cognito import cognito_idp
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World


def pools_of(world: World, region: str | None = None) -> list[UserPool]:
    """The user pools of a region, by default the world's, oldest first."""
    with world.handle_step("pools", region) as context:
        return [UserPool(world, record.id, record.region) for record in cognito_idp.pools_of(context)]


def find_pool(world: World, id: str) -> UserPool:
    """The user pool with an id. Raises `UsageError` that says which there are if there is none."""
    pools = {record.id: record for record in world.store[cognito_idp.POOLS]}
    if id not in pools:
        there = ", ".join(f"{record.id} ({record.name})" for record in pools.values()) or "there is none"
        raise UsageError(f"there is no user pool with the id {id!r}: {there}")
    return UserPool(world, id, pools[id].region)


def only_pool(world: World, hint: str) -> UserPool:
    """The only user pool of the world's region. Raises `UsageError` with ``hint`` if there are several, or none."""
    pools = pools_of(world)
    if len(pools) != 1:
        raise UsageError(f"there are {len(pools)} user pools; say which one: {hint}")
    return pools[0]
