"""A pool full of users who have a value for everything that ListUsers can search."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.world import World

_ATTRIBUTES = {
    "email": "{}@example.com",
    "phone_number": "+15555550123",
    "name": "{} of Somewhere",
    "given_name": "given {}",
    "family_name": "family {}",
    "preferred_username": "also {}",
}
NAME = "user000050"
"""A user whom there is in every pool of fifty or more."""
SEARCHED: Mapping[str, str] = {
    "username": NAME,
    "status": "Enabled",
    "cognito:user_status": "CONFIRMED",
    **{attribute: value.replace("{}", NAME) for attribute, value in _ATTRIBUTES.items()},
}
"""What can be searched, but for ``sub``, and a value of it."""


@cache
def world(users: int) -> World:
    """A world with a pool of so many users, made once."""
    with mock_cognito(seed=f"{users} users") as cognito:
        search(make(cognito, users))
        cognito.calls.clear()
    return cognito.world


def make(cognito: Cognito, users: int) -> UserPool:
    """A pool of so many users."""
    pool = cognito.create_user_pool(PoolName="benchmarks")
    pool.create_users(users, prefix="user0" if users < 10**5 else "user", **_ATTRIBUTES)
    return pool


def search(pool: UserPool) -> None:
    """List users by everything, which makes what listings need."""
    pool.call("ListUsers")
    for attribute, value in {**SEARCHED, "sub": ""}.items():
        pool.call("ListUsers", Filter=f'{attribute} ^= "{value}"')
