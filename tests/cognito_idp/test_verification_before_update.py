"""AttributesRequireVerificationBeforeUpdate: the old value stays until the new one is verified."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App, MakeApp
from tests.support.attribute_updates import (
    BOTH,
    NEW,
    NEW_DETAILS,
    OLD,
    PHONE_NUMBER,
    WAITING,
    Change,
    admin_update,
    email_of,
    request_code,
    update,
    user_of,
    verify,
)
from tests.support.codes import last_code
from tests.support.refusals import CODE_EXPIRED, CODE_MISMATCH, EMAIL_TAKEN, refusal
from tests.support.settings import VERIFY


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(**WAITING)
    pool.create_user("alice", email=OLD)
    return pool


@BOTH
def test_the_old_value_stays_until_then(cognito: Cognito, app: App, change: Change) -> None:
    change(app, email=NEW, given_name="Alice")
    assert email_of(app) == (OLD, "true")
    assert user_of(app).attributes["given_name"] == "Alice"
    verify(app, last_code(cognito.outbox, NEW))
    assert email_of(app) == (NEW, "true")


def test_the_answer_tells_where_the_code_went(app: App) -> None:
    assert update(app, email=NEW) == [NEW_DETAILS]


def test_an_administrator_may_skip_it(cognito: Cognito, app: App) -> None:
    admin_update(app, email=NEW, email_verified="true")
    assert email_of(app) == (NEW, "true")
    assert len(cognito.outbox) == 0


def test_but_not_by_saying_that_it_is_not_verified(app: App) -> None:
    admin_update(app, email=NEW, email_verified="false")
    assert email_of(app) == (OLD, "true")


def test_a_first_value_waits_too(cognito: Cognito, app: App) -> None:
    update(app, phone_number=PHONE_NUMBER)
    assert {"phone_number", "phone_number_verified"}.isdisjoint(user_of(app).attributes)
    verify(app, last_code(cognito.outbox, PHONE_NUMBER), "phone_number")
    assert (user_of(app).attributes["phone_number"], user_of(app).attributes["phone_number_verified"]) == (
        PHONE_NUMBER,
        "true",
    )


def test_another_code_goes_to_the_new_value(cognito: Cognito, app: App) -> None:
    update(app, email=NEW)
    cognito.clock.advance(hours=25)
    assert refusal(verify, app=app, code=last_code(cognito.outbox, NEW)) == CODE_EXPIRED
    assert request_code(app) == NEW_DETAILS
    verify(app, last_code(cognito.outbox, NEW))
    assert email_of(app) == (NEW, "true")


def test_the_last_of_several_values_counts(cognito: Cognito, app: App) -> None:
    update(app, email=NEW)
    earlier = last_code(cognito.outbox, NEW)
    update(app, email="third@example.com")
    assert refusal(verify, app=app, code=earlier) == CODE_MISMATCH
    verify(app, last_code(cognito.outbox, "third@example.com"))
    assert email_of(app) == ("third@example.com", "true")


@pytest.mark.parametrize("back", [{"email": OLD}, {"email": "x@example.com", "email_verified": "true"}])
def test_a_decided_value_no_longer_waits(cognito: Cognito, app: App, back: dict[str, str]) -> None:
    update(app, email=NEW)
    admin_update(app, **back)
    assert refusal(verify, app=app, code=last_code(cognito.outbox, NEW)) == CODE_EXPIRED
    assert email_of(app) == (back["email"], "true")


def test_other_changes_leave_it_waiting(cognito: Cognito, app: App) -> None:
    update(app, email=NEW)
    update(app, given_name="Alice")
    admin_update(app, email_verified="true")
    verify(app, last_code(cognito.outbox, NEW))
    assert email_of(app) == (NEW, "true")


def test_a_deleted_user_leaves_nothing_waiting(cognito: Cognito, app: App) -> None:
    update(app, email=NEW)
    app.admin("admin_delete_user")
    app.pool.create_user("alice", email=OLD)
    assert refusal(verify, app=app, code=last_code(cognito.outbox, NEW)) == CODE_EXPIRED


def test_codes_for_passwords_go_to_the_old_value(cognito: Cognito, app: App) -> None:
    update(app, email=NEW)
    app.idp.forgot_password(ClientId=app.client_id, Username="alice")
    assert cognito.outbox.last().to == OLD


# Names to sign in with


def test_the_old_name_signs_in_until_the_new_is_verified(make_app: MakeApp, cognito: Cognito) -> None:
    app = make_app(UsernameAttributes=["email"], **WAITING)
    alice = app.pool.create_user(OLD)
    update(app, email=NEW)
    assert app.pool.user(OLD).username == alice.username
    assert refusal(app.idp.admin_get_user, UserPoolId=app.pool_id, Username=NEW)[0] == "UserNotFoundException"
    verify(app, last_code(cognito.outbox, NEW))
    assert app.pool.user(NEW).username == alice.username
    assert refusal(app.idp.admin_get_user, UserPoolId=app.pool_id, Username=OLD)[0] == "UserNotFoundException"


@BOTH
def test_a_name_that_is_taken_is_refused_at_once(make_app: MakeApp, cognito: Cognito, change: Change) -> None:
    app = make_app(UsernameAttributes=["email"], **WAITING)
    app.pool.create_user(OLD)
    app.pool.create_user(NEW)
    assert refusal(change, app=app, email=NEW) == EMAIL_TAKEN
    assert len(cognito.outbox) == 0


def test_or_when_it_was_taken_meanwhile(make_app: MakeApp, cognito: Cognito) -> None:
    app = make_app(UsernameAttributes=["email"], **WAITING)
    app.pool.create_user(OLD)
    update(app, email=NEW)
    app.pool.create_user(NEW)
    assert refusal(verify, app=app, code=last_code(cognito.outbox, NEW)) == EMAIL_TAKEN
    assert email_of(app) == (OLD, "true")


@pytest.mark.parametrize("settings", [VERIFY, WAITING], ids=["at once", "once verified"])
def test_an_alias_of_another_is_refused_when_it_is_verified(
    make_app: MakeApp, cognito: Cognito, settings: dict[str, Any]
) -> None:
    app = make_app(AliasAttributes=["email"], **settings)
    app.pool.create_user("alice", email=OLD)
    app.pool.create_user("bob", email=NEW)
    update(app, email=NEW)
    code = last_code(cognito.outbox, NEW)
    assert refusal(verify, app=app, code=code) == EMAIL_TAKEN
    assert app.pool.user(NEW).username == "bob"
    app.idp.admin_delete_user(UserPoolId=app.pool_id, Username="bob")
    verify(app, code)
    assert app.pool.user(NEW).username == "alice"


def test_an_alias_signs_in_once_it_is_verified(make_app: MakeApp, cognito: Cognito) -> None:
    app = make_app(AliasAttributes=["email"], **WAITING)
    app.pool.create_user("alice", email=OLD)
    update(app, email=NEW)
    assert app.pool.user(OLD).username == "alice"
    verify(app, last_code(cognito.outbox, NEW))
    assert app.pool.user(NEW).username == "alice"
