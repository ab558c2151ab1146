"""The keys of a pool: one for ID tokens, one for access tokens."""

from __future__ import annotations

from pytest_cognito import UserPool
from pytest_cognito.cognito_idp import keys_of
from pytest_cognito.cognito_idp.records import POOLS


def test_keys_are_found_by_id(cognito_user_pool: UserPool) -> None:
    world = cognito_user_pool.world
    pool = world.store[POOLS].get(cognito_user_pool.id)
    assert pool is not None

    pair = keys_of(world, pool)

    assert pair.find(pair.access.kid) is pair.access
    assert pair.find(pair.id.kid) is pair.id
    assert pair.find("another") is None
