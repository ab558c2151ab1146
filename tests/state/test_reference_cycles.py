"""A world that nobody holds is freed at once: the garbage collector would find it later, at the cost of other tests."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from pytest_cognito import gateway
from pytest_cognito.world import World

PASSWORD = "Correct-horse-7"


@pytest.fixture
def no_collection() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
def test_a_world_and_its_tables_are_freed_without_the_garbage_collector() -> None:
    world = World(seed="freed")
    ask_for_a_challenge(world)
    parts = [weakref.ref(part) for part in (world, world.store, *world.store.tables(with_history=True).values())]
    del world

    assert len(parts) > 5
    assert [part() for part in parts if part() is not None] == []


def ask_for_a_challenge(world: World) -> None:
    """Use tables with owners and with expiry."""

    def call(operation: str, **parameters: object) -> dict[str, dict[str, str]]:
        return gateway.call(world, gateway.find_target("cognito-idp", operation), parameters)

    pool = call("CreateUserPool", PoolName="app")["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH"]
    made = call("CreateUserPoolClient", UserPoolId=pool, ClientName="web", ExplicitAuthFlows=flows)
    call("AdminCreateUser", UserPoolId=pool, Username="alice", TemporaryPassword=PASSWORD)
    challenge = call(
        "InitiateAuth",
        ClientId=made["UserPoolClient"]["ClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
    )
    assert challenge["Session"]
