"""A world that goes on from another's snapshot, and has nothing to do with it any more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.cognito_idp import keys_of
from pytest_cognito.cognito_idp.records import POOLS
from pytest_cognito.world import World

PASSWORD = "Correct-horse-7"


@pytest.fixture
def first() -> Cognito:
    """A world in use: a pool with a user and a trigger, and a clock that was moved."""
    cognito = Cognito(World(seed="snapshots", region="eu-west-1", account_id="000000000001"))
    cognito.clock.advance(days=40)
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user(username="alice", password=PASSWORD)
    return cognito


def on_from(first: Cognito) -> Cognito:
    return Cognito(World.from_snapshot(first.world.snapshot()))


def keys(cognito: Cognito) -> list[tuple[str, str]]:
    pairs = [keys_of(cognito.world, pool) for pool in cognito.world.store[POOLS]]
    return [(pair.id.kid, pair.access.kid) for pair in pairs]


def test_it_has_the_records(first: Cognito) -> None:
    again = on_from(first)

    assert (again.region, again.account_id) == ("eu-west-1", "000000000001")
    assert [pool.id for pool in again.pools] == [pool.id for pool in first.pools]
    assert [user.username for user in again.pools[0].users] == ["alice"]
    assert again.pools[0].user("alice").sub == first.pools[0].user("alice").sub
    assert again.call("DescribeUserPool", UserPoolId=again.pools[0].id) == first.call(
        "DescribeUserPool", UserPoolId=first.pools[0].id
    )


def test_users_sign_in_to_it(first: Cognito) -> None:
    pool = on_from(first).pools[0]
    given = {"USERNAME": "alice", "PASSWORD": PASSWORD}
    answer = pool.call(
        "AdminInitiateAuth", ClientId=pool.client.id, AuthFlow="ADMIN_USER_PASSWORD_AUTH", AuthParameters=given
    )

    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"


def test_the_same_is_drawn_next(first: Cognito) -> None:
    again, and_again = on_from(first), on_from(first)
    drawn = [cognito.create_user_pool().id for cognito in (first, again, and_again)]

    assert len(set(drawn)) == 1
    assert len({cognito.pools[-1].create_user(username="bob").sub for cognito in (first, again, and_again)}) == 1
    again.world.ids.uuid()
    assert again.world.ids.uuid() != first.world.ids.uuid() == and_again.world.ids.uuid()


def test_the_clock_goes_on_by_itself(first: Cognito) -> None:
    again = on_from(first)
    assert again.clock.offset == first.clock.offset == dt.timedelta(days=40)

    again.clock.advance(hours=1)

    assert again.clock.offset - first.clock.offset == dt.timedelta(hours=1)


def test_the_keys_are_the_pools_own(first: Cognito) -> None:
    other = first.create_user_pool()
    again = on_from(first)

    assert keys(again) == keys(first)
    assert again.pools[-1].id == other.id
    slots = again.world.keys.slots()
    again.create_user_pool()
    assert len({kid for pair in keys(again) for kid in pair}) == 6
    assert len(keys(first)) == 2
    assert slots == first.world.keys.slots()


def test_the_functions_are_registered_in_it(first: Cognito) -> None:
    ran: list[str] = []

    def confirm(event: dict[str, Any], context: Any) -> dict[str, Any]:
        ran.append(event["userName"])
        event["response"]["autoConfirmUser"] = True
        return event

    first.pools[0].set_trigger("PreSignUp", confirm)
    again = on_from(first)
    pool = again.pools[0]
    again.call("SignUp", ClientId=pool.client.id, Username="eve", Password=PASSWORD)

    assert ran == ["eve"]
    assert (pool.user("eve").status, len(again.world.functions), len(first.world.functions)) == ("CONFIRMED", 1, 0)
    again.world.functions.register("arn:new", confirm)
    assert first.world.functions.get("arn:new") is None


def test_neither_sees_what_becomes_of_the_other(first: Cognito) -> None:
    snapshot = first.world.snapshot()
    one, other = Cognito(World.from_snapshot(snapshot)), Cognito(World.from_snapshot(snapshot))
    first.call("DeleteUserPool", UserPoolId=first.pools[0].id)
    one.pools[0].create_user(username="bob")

    assert first.pools == []
    assert [user.username for user in one.pools[0].users] == ["alice", "bob"]
    assert [user.username for user in other.pools[0].users] == ["alice"]


def test_what_a_test_has_seen_is_not_part_of_it(first: Cognito) -> None:
    first.faults.throttle()
    again = on_from(first)

    assert (len(again.calls), len(again.outbox), again.faults.pending("ListUsers")) == (0, 0, False)


def test_a_snapshot_of_a_snapshot_s_world(first: Cognito) -> None:
    again = on_from(first)
    again.pools[0].create_user(username="bob")

    assert [user.username for user in on_from(again).pools[0].users] == ["alice", "bob"]
    assert on_from(again).world.ids.uuid() == again.world.ids.uuid()


def test_simulated_providers_go_with_it(first: Cognito) -> None:
    first.providers.oidc("https://idp.example.com").add_user("1", email="ann@example.com")
    again = on_from(first)
    first.providers.oidc("https://idp.example.com").add_user("2")

    [ann] = again.providers.oidc("https://idp.example.com").users
    assert (ann.sub, ann.email) == ("1", "ann@example.com")
