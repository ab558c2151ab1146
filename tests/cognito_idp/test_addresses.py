"""E-mail addresses and phone numbers: what is none is refused wherever one is taken, whatever invisible is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import PASSWORD, SILENT, App, MakeApp, pairs
from tests.support.functions import answering
from tests.support.refusals import EMAIL_INVALID, invalid_parameter, refusal
from tests.support.settings import VERIFY

PHONE_INVALID = invalid_parameter("Invalid phone number format.")
ADDRESSES = [
    "ann\0@example.com",
    "\x1b[31mann@example.com",
    "ann@exam\x07ple.com",
    "ann@example.com\n",
    "ann@example.com\x7f",
    "ann\x85@example.com",
    "ann@example.com\r\nBcc: bob@example.com",
    "ann@exam\u200bple.com",
    "\u202eann@example.com",
    "\ufeffann@example.com",
    "ann@example\u2028.com",
    "ann @example.com",
    "ann@bob@example.com",
]
NUMBERS = ["+1555\x000001111", "+15550001111\n", "+1555\x1b[1m", "+١٥٥٥", "+1 555", "+", "+1234567890123456"]
GIVEN = [({"email": value}, EMAIL_INVALID) for value in ADDRESSES]
GIVEN += [({"phone_number": value}, PHONE_INVALID) for value in NUMBERS]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with alice that verifies addresses and phone numbers."""
    pool = cognito.create_user_pool(**VERIFY)
    pool.create_user("alice", email="alice@example.com", password=PASSWORD)
    return pool


def sign_up(app: App, attributes: dict[str, str]) -> None:
    app.sign_up("bob", attributes)


def create(app: App, attributes: dict[str, str]) -> None:
    app.create("bob", attributes, **SILENT)


def update(app: App, attributes: dict[str, str]) -> None:
    app.call("update_user_attributes", AccessToken=app.access_token(), UserAttributes=pairs(attributes))


def admin_update(app: App, attributes: dict[str, str]) -> None:
    app.admin("admin_update_user_attributes", UserAttributes=pairs(attributes))


@pytest.mark.parametrize(("attributes", "error"), GIVEN, ids=repr)
@pytest.mark.parametrize("place", [sign_up, create, update, admin_update])
def test_what_is_no_address_is_refused(
    app: App, place: Callable[[App, dict[str, str]], None], attributes: dict[str, str], error: object
) -> None:
    before = app.users()
    assert refusal(place, app=app, attributes=attributes) == error
    assert app.users() == before


@pytest.mark.parametrize("address", [*ADDRESSES, *NUMBERS], ids=repr)
@pytest.mark.parametrize("operation", ["sign_up", "create"])
def test_it_is_no_user_name_either(make_app: MakeApp, operation: str, address: str) -> None:
    app = make_app(UsernameAttributes=["email", "phone_number"])
    assert refusal(getattr(app, operation), username=address).code == "InvalidParameterException"
    assert app.users() == []


@pytest.mark.parametrize("attributes", [given for given, _ in GIVEN], ids=repr)
def test_nobody_is_migrated_with_it(app: App, attributes: dict[str, str]) -> None:
    answer: dict[str, Any] = {"userAttributes": attributes, "finalUserStatus": "CONFIRMED"}
    app.pool.set_trigger("UserMigration", answering(**answer))
    before = app.users()
    assert refusal(app.begin, username="bob").code == "UserNotFoundException"
    assert app.users() == before


@pytest.mark.parametrize("address", ["o'neil+x@home.example", "müller@bücher.example", "アン@例え.jp", "a@localhost"])
def test_an_address_may_be_of_any_script(app: App, address: str) -> None:
    app.sign_up("bob", {"email": address})
    assert app.attributes("bob")["email"] == address
