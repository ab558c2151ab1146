"""What there is in a user pool, for the loopback server's own pages: what a person may see, and so no secrets."""

from __future__ import annotations

from typing import NamedTuple

from pytest_cognito.cognito_idp.flows.users import membership
from pytest_cognito.cognito_idp.records import (
    CLIENTS,
    GROUPS,
    IDENTITY_PROVIDERS,
    POOLS,
    USERS,
    AppClient,
    Domain,
    Group,
    IdentityProvider,
    User,
    UserPool,
)
from pytest_cognito.cognito_idp.web.domains import domains_of
from pytest_cognito.world import Context, World


class Contents(NamedTuple):
    """What there is in a pool: of ``user_count`` users the first, each with the names of their groups."""

    pool: UserPool
    domains: list[Domain]
    clients: list[AppClient]
    groups: list[Group]
    providers: list[IdentityProvider]
    users: list[tuple[User, list[str]]]
    user_count: int


def every_pool(world: World) -> list[UserPool]:
    """The pools of all regions, oldest first in each."""
    return sorted(world.store[POOLS], key=lambda pool: (pool.region, pool.created))


def contents_of(world: World, pool_id: str, most_users: int) -> Contents | None:
    """What there is in a pool, with ``most_users`` users at most; None if there is no such pool."""
    pool = world.store[POOLS].get(pool_id)
    if pool is None:
        return None
    with world.handle_step("contents", pool.region) as context:
        users = [user for _, user in context.table(USERS).page("pool", pool_id)]
        return Contents(
            pool,
            domains_of(world, pool),
            [client for _, client in context.table(CLIENTS).page("pool", pool_id)],
            [group for _, group in context.table(GROUPS).page("pool", pool_id)],
            [provider for _, provider in context.table(IDENTITY_PROVIDERS).page("pool", pool_id)],
            [(user, _groups_of(context, user)) for user in users[:most_users]],
            len(users),
        )


def _groups_of(context: Context, user: User) -> list[str]:
    return [group.name for group in membership.groups_by_precedence(context, user)]
