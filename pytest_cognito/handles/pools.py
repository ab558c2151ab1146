"""Finding the user pools of a world."""

from __future__ import annotations

from pytest_cognito import cognito_idp
from pytest_cognito.handles import finding
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.world import World

_KIND = "user pool"


def pools_of(world: World, region: str | None = None) -> list[UserPool]:
    """The user pools of a region, by default the world's, oldest first."""
    with world.handle_step("pools", region) as context:
        return [UserPool(world, record.id, record.region) for record in cognito_idp.pools_of(context)]


def find_pool(world: World, id: str) -> UserPool:
    """The user pool with an id. Raises `UsageError` that says which there are if there is none."""
    return UserPool(world, id, finding.by_id(_KIND, world.store[cognito_idp.POOLS], id).region)


def only_pool(world: World, hint: str) -> UserPool:
    """The only user pool of the world's region. Raises `UsageError` with ``hint`` if there are several, or none."""
    return finding.only(_KIND, pools_of(world), hint)
