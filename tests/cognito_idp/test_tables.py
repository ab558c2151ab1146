"""What is deleted takes along all that belongs to it, in every table that there is."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp import records
from pytest_cognito.kernel.outbox import Outbox
from pytest_cognito.state.schema import Schema
from tests.support.app import PASSWORD, App, MakeApp
from tests.support.filled_tables import EMAIL, FILLERS

SCHEMAS: dict[str, Schema[Any]] = {
    schema.name: schema for schema in vars(records).values() if isinstance(schema, Schema)
}


def rows(cognito: Cognito, *, with_history: bool = False) -> dict[str, int]:
    """How many records each table has; the empty ones are left out."""
    tables = cognito.world.store.tables(with_history=with_history)
    return {name: len(table) for name, table in tables.items() if len(table)}


OF_ACCOUNTS = {records.PROVISIONED_LIMITS.name, records.SENT_EMAILS.name}
"""What belongs to an account, and stays when a user pool goes."""


def belonging_to(owner: Schema[Any]) -> set[str]:
    """The tables whose records belong to one of another table, be it through others."""
    direct = {name for name, schema in SCHEMAS.items() if owner in schema.owners}
    return direct.union(*(belonging_to(SCHEMAS[name]) for name in direct))


def delete_pool(app: App) -> None:
    """Delete the pool, and before it what it can't be deleted with."""
    app.call("delete_user_pool_domain", UserPoolId=app.pool_id, Domain="notes-tables")
    with app.pool.world.handle_step("delete") as context:  # an older botocore lacks the operation
        context.table(records.REPLICAS).delete((app.pool_id, "eu-west-1"))
    app.call("delete_user_pool", UserPoolId=app.pool_id)


@pytest.fixture
def app(make_app: MakeApp, cognito_outbox: Outbox) -> App:
    """A pool in which ann has done a little of everything, so that no table is empty."""
    app = make_app(
        {"PreventUserExistenceErrors": "ENABLED"},
        AutoVerifiedAttributes=["email"],
        Policies={"PasswordPolicy": {"MinimumLength": 8}},
    )
    for fill in FILLERS:
        fill(app)
    return app


def test_the_tests_of_this_file_fill_every_table(cognito: Cognito, app: App) -> None:
    assert set(rows(cognito, with_history=True)) == set(SCHEMAS), (
        "let tests/support/filled_tables.py make a record of each new table"
    )


def test_every_record_belongs_to_a_user_pool() -> None:
    assert belonging_to(records.POOLS) == set(SCHEMAS) - {records.POOLS.name} - OF_ACCOUNTS, (
        "give the schema its owners"
    )


@pytest.mark.parametrize("how", ["user", "administrator"])
def test_a_deleted_user_leaves_nothing(cognito: Cognito, app: App, how: str) -> None:
    simulated = 1  # the sign-in of a user who doesn't exist
    if how == "user":
        app.call("delete_user", AccessToken=app.access_token("ann"))
    else:
        app.admin("admin_delete_user", "ann")
    left = rows(cognito)
    assert left.pop(records.SESSIONS.name) == simulated
    assert left.keys().isdisjoint(belonging_to(records.USERS))
    assert records.USERS.name not in left


def test_a_deleted_client_leaves_nothing(cognito: Cognito, app: App) -> None:
    app.call("delete_user_pool_client", UserPoolId=app.pool_id, ClientId=app.client_id)
    assert rows(cognito).keys().isdisjoint({records.CLIENTS.name, *belonging_to(records.CLIENTS)})


def test_a_deleted_group_leaves_no_member(cognito: Cognito, app: App) -> None:
    for name in app.pool.groups:
        app.call("delete_group", UserPoolId=app.pool_id, GroupName=name)
    assert rows(cognito).keys().isdisjoint({records.GROUPS.name, records.MEMBERSHIPS.name})


def test_a_deleted_pool_leaves_nothing(cognito: Cognito, app: App) -> None:
    delete_pool(app)
    assert rows(cognito, with_history=True).keys() == OF_ACCOUNTS


def test_another_pool_is_left_alone(cognito: Cognito, app: App, make_app: MakeApp) -> None:
    other = make_app()
    other.confirmed("ann", EMAIL)
    tokens = other.sign_in("ann", PASSWORD)
    delete_pool(app)
    assert other.call("get_user", AccessToken=tokens["AccessToken"])["Username"] == "ann"


def test_what_has_expired_goes_as_soon_as_there_is_something_new(cognito: Cognito, make_app: MakeApp) -> None:
    app = make_app(AutoVerifiedAttributes=["email"])
    app.confirmed("ann")

    def begin(number: int) -> None:
        """A sign-up that is never confirmed, a sign-in that is never finished, and one that is."""
        app.sign_up(f"bob{number}", {"email": f"bob{number}@example.com"})
        app.initiate_auth("USER_SRP_AUTH", USERNAME="ann", SRP_A="a" * 32)
        app.sign_in("ann")

    for number in range(4):
        begin(number)
    cognito.clock.advance(days=400)
    begin(4)

    left = rows(cognito)
    kept = (records.SESSIONS, records.CODES, records.TOKEN_SETS)
    assert {schema.name: left[schema.name] for schema in kept} == {schema.name: 1 for schema in kept}
