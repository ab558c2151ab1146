"""What a world costs that begins with another's contents: what is changed in it counts, and not what it holds."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from functools import cache
from typing import Any

import boto3
import pytest

from pytest_cognito import mock_cognito
from pytest_cognito.mock import Mock
from pytest_cognito.world import World

FILTERS = ('status = "Enabled"', 'email ^= "user"', 'username = "alice"', 'cognito:user_status = "confirmed"')
POOL = "us-east-1_Seeded001"


@cache
def seeded(users: int) -> World:
    """A world with so many users in one pool, and with every index that a test may have made by listing them."""
    with mock_cognito(seed="seeded") as cognito:
        pool = cognito.create_user_pool(id=POOL)
        pool.create_client()
        pool.create_user("alice", email="alice@example.com", groups=["admins"])
        pool.create_users(users - 1, email="{}@example.com")
        for filtered in FILTERS:
            pool.call("ListUsers", Filter=filtered)
    return cognito.world


def use(world: World) -> None:
    """What a test may do: list users, sign one in, change one, delete one, make one."""
    with Mock(seed="a test", parent=world) as cognito:
        pool = cognito.pools[0]
        pool.call("ListUsers", Filter=FILTERS[1])
        pool.user("alice").sign_in()
        pool.call("AdminUpdateUserAttributes", Username="alice", UserAttributes=[{"Name": "email", "Value": "z@z.org"}])
        pool.call("AdminDisableUser", Username="alice")
        pool.call("AdminDeleteUser", Username="user00050")
        pool.create_user("bob", email="bob@example.com")


def test_each_test_has_all_users_as_they_were() -> None:
    world = seeded(10_000)
    for _ in range(2):
        use(world)
        with Mock(seed="another test", parent=world) as cognito:
            idp = boto3.client("cognito-idp", region_name="us-east-1")
            pages = idp.get_paginator("list_users").paginate(UserPoolId=POOL)
            names = [user["Username"] for page in pages for user in page["Users"]]
            found = idp.list_users(UserPoolId=POOL, Filter='email = "alice@example.com"')["Users"]
            assert names == ["alice", *(f"user{number:05d}" for number in range(1, 10_000))]
            assert [(user["Username"], user["Enabled"]) for user in found] == [("alice", True)]
            assert idp.list_users(UserPoolId=POOL, Filter='status = "Disabled"')["Users"] == []
            assert cognito.pools[0].user("alice").groups == ["admins"]


@pytest.mark.parametrize("measured", ["steps", "memory"])
def test_a_test_costs_the_same_on_many_users_as_on_few(measured: str) -> None:
    cost = {"steps": steps, "memory": memory}[measured]
    few, many = cost(lambda: use(seeded(100))), cost(lambda: use(seeded(10_000)))
    assert many <= 1.05 * few


def steps(work: Callable[[], object]) -> int:
    """How many functions are called, in Python or in C."""
    work()
    called = 0

    def count(*_: Any) -> None:
        nonlocal called
        called += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return called


def memory(work: Callable[[], object]) -> int:
    """How many bytes are held at once, at most: a copy of all users, say, would show."""
    work()
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
