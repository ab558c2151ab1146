"""Whatever a test does to a seeded world, the next one begins as it did: every table, and all that a world has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import boto3
import pytest

from pytest_cognito import Cognito, mock_cognito
from pytest_cognito.cognito_identity import records as identity_records
from pytest_cognito.cognito_idp import records
from pytest_cognito.cognito_sync import records as sync_records
from pytest_cognito.http.messages import Response
from pytest_cognito.iam import records as iam_records
from pytest_cognito.mock import Mock
from pytest_cognito.providers.registry import Registry
from pytest_cognito.state.schema import Schema
from pytest_cognito.state.store import Store
from pytest_cognito.sts import records as sts_records
from pytest_cognito.world import Snapshot, World
from tests.support import filled_identity_tables, filled_sync_tables
from tests.support.app import App
from tests.support.consistency import inconsistencies
from tests.support.filled_tables import FILLERS

NAMES = {
    schema.name
    for declared in (records, identity_records, iam_records, sts_records, sync_records)
    for schema in vars(declared).values()
    if isinstance(schema, Schema)
}
SETTINGS: dict[str, Any] = {
    "AutoVerifiedAttributes": ["email"],
    "Policies": {"PasswordPolicy": {"MinimumLength": 8}},
}
URL = "https://idp.example.com/metadata.xml"


def _tables(store: Store) -> dict[str, Any]:
    """All records in writing, so that a change inside a record shows as well, and what leads to them."""
    return {
        name: (
            {table.schema.key(record): repr(record) for record in table},
            table.snapshot().holders,
        )
        for name, table in store.tables(with_history=True).items()
        if len(table)
    }


def _sites(world: World) -> dict[str, object]:
    """What answers at each host; of simulated providers all that they remember."""
    return {
        host: sorted((key[1], repr(vars(one) | {"world": None})) for key, one in site._providers.items())
        if isinstance(site, Registry)
        else site
        for host, site in world.sites.registered().items()
    }


STATE: Mapping[str, Callable[[World], object]] = {
    "account_id": lambda world: world.account_id,
    "region": lambda world: world.region,
    "clock": lambda world: world.clock.offset,
    "ids": lambda world: world.ids.state(),
    "keys": lambda world: world.keys.slots(),
    "functions": lambda world: (world.functions.registered(), list(world.functions)),
    "documents": lambda world: dict(world.documents),
    "outbox": lambda world: list(world.outbox),
    "calls": lambda world: list(world.calls),
    "faults": lambda world: (world.faults._faults, world.faults.rates),
    "threats": lambda world: (world.threats.compromised, world.threats.risks, world.threats.places),
    "logs": lambda world: list(world.logs),
    "streams": lambda world: (list(world.streams), list(world.streams.failures)),
    "sites": _sites,
    "local_issuer": lambda world: world.local_issuer,
    "enforces": lambda world: world.enforces,
    "store": lambda world: (_tables(world.store), sorted(world.store._expiries.entries()), world.store.observers),
}
"""What each member of a world has, in a form that later changes leave alone."""
OF_ITSELF = {"_parent", "_changes", "_endings"}
KEPT_BY_RESET = {"clock", "enforces", "ids", "keys", "local_issuer"}
"""The clock stays as it is set, policies stay enforced, what is drawn next is new, and a loopback server that is the
issuer goes on.
"""


def state(world: World, *but: str) -> dict[str, object]:
    return {name: read(world) for name, read in STATE.items() if name not in but}


def fill(cognito: Cognito, url: str) -> App:
    """Records in every table, and something in every other member of the world."""
    pool = cognito.create_user_pool(**SETTINGS)
    app = App(boto3.client("cognito-idp"), pool, pool.create_client(PreventUserExistenceErrors="ENABLED"))
    for each in FILLERS:
        each(app)
    filled_identity_tables.fill(cognito)
    filled_sync_tables.fill(cognito)
    pool.set_trigger("PostAuthentication", lambda event, context: event)
    pool.create_user("bea").sign_in()
    cognito.publish(url, "<metadata/>")
    cognito.threats.compromise(password=url)
    cognito.threats.risk(level="High", ip="203.0.113.0/24")
    cognito.threats.locate("203.0.113.0/24", city=url)
    for provider in (cognito.providers.google, cognito.providers.oidc("https://idp.example.com")):
        provider.add_user(url, email="ann@example.com")
    return app


@cache
def seeded() -> World:
    with mock_cognito(seed="seeded") as cognito:
        fill(cognito, URL)
    cognito.world.store.seal()
    return cognito.world


def disturb(cognito: Cognito) -> None:
    """Delete all that there is, table by table, make as much anew, and change all else that the world has."""
    world = cognito.world
    with world.handle_step("delete") as context:
        context.table(records.WRITE_PAUSES).delete(next(iter(context.table(records.POOLS))).id)
    for table in world.store.tables(with_history=True).values():
        with world.handle_step("delete"):
            for record in table:
                table.delete(table.schema.key(record))
    fill(cognito, f"{URL}?2")
    world.documents[URL] = "another"
    world.store.observers.append(lambda changes: None)
    world.sites.register("other.example.com", lambda request: Response(200))
    world.local_issuer = "http://127.0.0.1:9229"
    cognito.providers.google.deny()
    cognito.providers.saml("https://idp.example.com").fail("sso")
    cognito.faults.enforce_quotas()
    cognito.faults.throttle("ListUsers")
    cognito.iam.enforce()
    cognito.clock.advance(days=40)
    cognito.create_user_pool().create_client()  # which lets all go that has expired by then


def test_every_table_and_every_member_is_looked_at() -> None:
    world = seeded()
    assert _tables(world.store).keys() == NAMES
    assert STATE.keys() | OF_ITSELF == vars(world).keys(), "say in STATE what the new member has"


def test_the_next_test_begins_as_this_one() -> None:
    before = state(seeded())
    with Mock(seed="test", parent=seeded()) as cognito:
        first = state(cognito.world)
        disturb(cognito)
        assert [name for name in STATE if state(cognito.world)[name] == first[name]] == ["account_id", "region"]
        cognito.faults.clear()  # no call is to meet them
    assert state(seeded()) == before
    assert inconsistencies(seeded().store) == []
    with Mock(seed="test", parent=seeded()) as cognito:
        assert state(cognito.world) == first


def test_a_reset_world_is_as_in_the_beginning() -> None:
    with Mock(seed="test", parent=seeded()) as cognito:
        first = state(cognito.world, *KEPT_BY_RESET)
        disturb(cognito)
        cognito.reset()
        assert state(cognito.world, *KEPT_BY_RESET) == first
        assert inconsistencies(cognito.world.store) == []


@pytest.mark.parametrize("paused", [False, True])
def test_a_world_without_a_seed_is_empty_after_a_reset(paused: bool) -> None:
    """Also while a recovery keeps its users from being deleted."""
    with mock_cognito(seed="test") as cognito:
        first = state(cognito.world, *KEPT_BY_RESET)
        app = fill(cognito, URL)
        with cognito.world.handle_step("pause") as context:
            until = context.now().replace(year=context.now().year + 1) if paused else context.now()
            context.table(records.WRITE_PAUSES).put(records.WritePause(app.pool_id, until))
        cognito.reset()
        found = state(cognito.world, *KEPT_BY_RESET)
        assert found.pop("store")[0] == {}  # type: ignore[index]
        first.pop("store")
        assert found == first


def test_a_world_from_a_snapshot_has_its_state_and_shares_nothing() -> None:
    snapshot = seeded().snapshot()
    before = state(seeded())
    world = World.from_snapshot(snapshot)
    has = {"store", "ids", "keys", "functions", "documents", "sites", "account_id", "region"}
    assert {name.removesuffix("_offset") for name in Snapshot._fields} == has | {"clock"}
    assert STATE["store"](world)[0] == before["store"][0]  # type: ignore[index]
    for name in has - {"store", "functions"}:
        assert STATE[name](world) == before[name]
    assert world.functions.registered() == seeded().functions.registered()
    assert inconsistencies(world.store) == []
    with mock_cognito(seed="test") as cognito:
        cognito.world.store, cognito.world.documents = world.store, world.documents
        disturb(cognito)
        cognito.faults.clear()  # no call is to meet them
    assert state(seeded()) == before
    assert STATE["store"](World.from_snapshot(snapshot))[0] == before["store"][0]  # type: ignore[index]
