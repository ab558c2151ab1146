"""AdminCreateUser with RESEND: another temporary password for a user."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, VERIFIED_EMAIL
from tests.support.app import BY_EMAIL, PASSWORD, RESEND, SILENT, App
from tests.support.codes import last_code
from tests.support.refusals import (
    INCORRECT,
    TEMPORARY_PASSWORD_EXPIRED,
    USER_NOT_FOUND,
    Refusal,
    refusal,
)
from tests.support.settings import SMS


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(SmsConfiguration=SMS)


def test_resend_brings_another_password_and_voids_the_first(app: App, cognito_outbox: Outbox) -> None:
    app.create("alice", EMAIL, **BY_EMAIL)
    first = last_code(cognito_outbox)
    assert app.create("alice", **RESEND, **BY_EMAIL)["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    second = last_code(cognito_outbox)
    assert first != second
    assert refusal(app.sign_in, password=first) == INCORRECT
    assert app.begin(password=second)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_resend_takes_a_given_password(app: App, cognito_outbox: Outbox) -> None:
    app.create("alice", EMAIL, **SILENT)
    app.create("alice", TemporaryPassword=PASSWORD, **RESEND, **BY_EMAIL)
    assert last_code(cognito_outbox) == PASSWORD


def test_resend_begins_the_validity_anew(app: App, cognito_clock: Clock) -> None:
    app.create("alice", EMAIL, TemporaryPassword=PASSWORD, **SILENT)
    cognito_clock.advance(days=6)
    app.create("alice", TemporaryPassword=PASSWORD, **RESEND)
    cognito_clock.advance(days=6)
    assert app.begin()["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    cognito_clock.advance(days=1)
    assert refusal(app.sign_in) == TEMPORARY_PASSWORD_EXPIRED


def test_resend_works_after_the_validity(app: App, cognito_clock: Clock) -> None:
    app.create("alice", TemporaryPassword=PASSWORD, **SILENT)
    cognito_clock.advance(days=30)
    app.create("alice", TemporaryPassword=PASSWORD, **RESEND)
    assert app.begin()["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_resend_leaves_the_attributes(app: App) -> None:
    app.create("alice", EMAIL, **SILENT)
    app.create("alice", {"name": "Alice"}, **RESEND)
    assert app.attributes() == EMAIL


def test_resend_finds_the_user_by_sub(app: App) -> None:
    app.create("alice", **SILENT)
    assert app.create(app.sub(), **RESEND)["Username"] == "alice"


def test_resend_to_nobody(app: App) -> None:
    assert refusal(app.create, **RESEND) == USER_NOT_FOUND
    assert app.users() == []


@pytest.mark.parametrize("status", ["CONFIRMED", "UNCONFIRMED", "RESET_REQUIRED"])
def test_resend_is_for_who_has_a_temporary_password(app: App, status: str) -> None:
    if status == "UNCONFIRMED":
        app.sign_up("alice", EMAIL)
    else:
        app.confirmed("alice", VERIFIED_EMAIL)
    if status == "RESET_REQUIRED":
        app.admin("admin_reset_user_password")
    assert refusal(app.create, **RESEND) == Refusal(
        "UnsupportedUserStateException", "Resend not possible. alice status is not FORCE_CHANGE_PASSWORD"
    )
    assert app.status() == status
