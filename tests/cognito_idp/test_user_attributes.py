"""Changing and deleting a user's attributes, by the user and by an administrator."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.app import App, MakeApp, pairs
from tests.support.mfa import PREFERRED, prefer
from tests.support.refusals import NOT_WRITABLE, invalid_parameter, refusal
from tests.support.settings import SMS
from tests.support.user_attributes import BOTH_DELETES, BOTH_UPDATES, Change, Remove, admin_delete, admin_update, update

SCHEMA: list[dict[str, Any]] = [
    {"Name": "given_name", "AttributeDataType": "String", "StringAttributeConstraints": {"MaxLength": "10"}},
    {"Name": "family_name", "AttributeDataType": "String", "Required": True},
    {"Name": "locale", "AttributeDataType": "String", "Mutable": False},
    {"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "9"}},
    {"Name": "nick", "AttributeDataType": "String", "StringAttributeConstraints": {"MinLength": "2"}},
    {"Name": "active", "AttributeDataType": "Boolean"},
    {"Name": "since", "AttributeDataType": "DateTime"},
    {"Name": "origin", "AttributeDataType": "String", "Mutable": False},
    {"Name": "credit", "AttributeDataType": "String", "DeveloperOnlyAttribute": True},
]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with attributes of every kind."""
    return cognito.create_user_pool(Schema=SCHEMA)


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.create_user("alice", email="a@example.com", family_name="Ant")


@BOTH_UPDATES
def test_values_are_added_and_replaced(app: App, alice: User, change: Change) -> None:
    change(app, alice, {"given_name": "Alice", "custom:level": "3", "family_name": "Bee"})
    attributes = alice.attributes
    assert (attributes["given_name"], attributes["custom:level"], attributes["family_name"]) == ("Alice", "3", "Bee")
    assert attributes["email"] == "a@example.com"


def test_an_update_moves_the_date_of_the_last_change(cognito: Cognito, app: App, alice: User) -> None:
    cognito.clock.advance(minutes=5)
    update(app, alice, {"given_name": "Alice"})
    found = app.admin("admin_get_user")
    assert (found["UserLastModifiedDate"] - found["UserCreateDate"]).total_seconds() >= 300


def test_the_next_token_tells_the_new_value(app: App, alice: User) -> None:
    update(app, alice, {"given_name": "Alice"})
    assert alice.sign_in().id_claims["given_name"] == "Alice"


@BOTH_UPDATES
def test_an_empty_value_deletes(app: App, alice: User, change: Change) -> None:
    change(app, alice, {"given_name": "Alice", "custom:nick": "al"})
    change(app, alice, {"given_name": ""})
    assert "given_name" not in alice.attributes
    assert alice.attributes["custom:nick"] == "al"


def test_an_attribute_without_value_is_deleted(app: App, alice: User) -> None:
    update(app, alice, {"given_name": "Alice"})
    token = alice.tokens().access_token
    app.idp.update_user_attributes(AccessToken=token, UserAttributes=[{"Name": "given_name"}])
    assert "given_name" not in alice.attributes


@BOTH_UPDATES
def test_booleans_are_kept_in_lower_case(app: App, alice: User, change: Change) -> None:
    change(app, alice, {"custom:active": "True"})
    assert alice.attributes["custom:active"] == "true"


@BOTH_UPDATES
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("given_name", "x" * 11),
        ("birthdate", "1.1.2001"),
        ("custom:nick", "x"),
        ("custom:level", "0"),
        ("custom:level", "10"),
        ("custom:level", "three"),
        ("custom:active", "yes"),
        ("custom:since", "yesterday"),
    ],
)
def test_a_value_keeps_type_and_bounds(app: App, alice: User, change: Change, name: str, value: str) -> None:
    error = refusal(change, app=app, user=alice, attributes={name: value, "family_name": "Bee"})
    assert error.code == "InvalidParameterException"
    assert error.message.startswith(f"Attributes did not conform to the schema: user.{name}: ")
    assert alice.attributes["family_name"] == "Ant"


@BOTH_UPDATES
@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"email": "nobody"}, "Invalid email address format."),
        ({"phone_number": "555"}, "Invalid phone number format."),
        (
            {"custom:a": "1", "b": "2"},
            "".join(f"user.{n}: Attribute does not exist in the schema.\n" for n in ("custom:a", "b")),
        ),
        ({"custom:origin": "x"}, "user.custom:origin: Attribute cannot be updated.\n"),
        ({"locale": "de"}, "user.locale: Attribute cannot be updated.\n"),
        ({"locale": ""}, "user.locale: Attribute cannot be updated.\n"),
        (
            {"family_name": ""},
            "Attributes did not conform to the schema: user.family_name: The attribute is required\n",
        ),
    ],
)
def test_what_no_update_may_do(app: App, alice: User, change: Change, attributes: dict[str, str], message: str) -> None:
    answer = refusal(change, app=app, user=alice, attributes={"given_name": "Al", **attributes})
    assert answer == invalid_parameter(message)
    assert "given_name" not in alice.attributes


def test_what_is_immutable_can_be_given_at_creation_only(app: App, pool: UserPool) -> None:
    app.create("bob", {"custom:origin": "x"}, MessageAction="SUPPRESS")
    assert pool.user("bob").attributes["custom:origin"] == "x"
    answer = refusal(admin_update, app=app, user=pool.user("bob"), attributes={"custom:origin": "x"})
    assert answer == invalid_parameter("user.custom:origin: Attribute cannot be updated.\n")


@pytest.mark.parametrize("name", ["sub", "identities", "email_verified", "phone_number_verified"])
def test_a_user_does_not_write_what_is_cognitos(app: App, alice: User, name: str) -> None:
    assert refusal(update, app=app, user=alice, attributes={name: "true"}) == NOT_WRITABLE
    token = alice.tokens().access_token
    assert refusal(app.idp.delete_user_attributes, AccessToken=token, UserAttributeNames=[name]) == NOT_WRITABLE


@pytest.mark.parametrize("name", ["sub", "identities"])
def test_nor_does_an_administrator(app: App, alice: User, name: str) -> None:
    fixed = f"user.{name}: Attribute cannot be updated.\n"
    assert refusal(admin_update, app=app, user=alice, attributes={name: "x"}) == invalid_parameter(fixed)
    answer = refusal(app.admin, operation="admin_delete_user_attributes", UserAttributeNames=[name])
    assert answer == invalid_parameter(f"Invalid user attributes: {fixed}")


def test_only_an_administrator_writes_developer_attributes(app: App, alice: User) -> None:
    admin_update(app, alice, {"dev:custom:credit": "10"})
    assert alice.attributes["dev:custom:credit"] == "10"
    unknown = "user.dev:custom:credit: Attribute does not exist in the schema.\n"
    assert refusal(update, app=app, user=alice, attributes={"dev:custom:credit": "99"}) == invalid_parameter(unknown)
    admin_delete(app, alice, "dev:custom:credit")
    assert "dev:custom:credit" not in alice.attributes


def test_and_only_administrators_see_them(app: App, pool: UserPool) -> None:
    tokens = pool.create_user("bob", attributes={"dev:custom:credit": "10", "custom:nick": "bo"}).tokens()
    seen = app.idp.get_user(AccessToken=tokens.access_token)["UserAttributes"]
    assert [one["Name"] for one in seen] == ["sub", "custom:nick"]
    [listed] = app.users()
    assert {"Name": "dev:custom:credit", "Value": "10"} in listed["Attributes"]


def test_a_client_writes_what_it_may_and_what_is_required(app: App, pool: UserPool, alice: User) -> None:
    client = pool.create_client(WriteAttributes=["given_name"])
    token = pool.tokens_for("alice", client=client).access_token
    allowed = pairs({"given_name": "Al", "family_name": "Bee"})
    app.call("update_user_attributes", AccessToken=token, UserAttributes=allowed)
    assert alice.attributes["family_name"] == "Bee"
    for attributes in ({"nickname": "Al"}, {"custom:unknown": "x"}, {"given_name": "A", "custom:nick": "al"}):
        change = {"AccessToken": token, "UserAttributes": pairs(attributes)}
        assert refusal(app.idp.update_user_attributes, **change) == NOT_WRITABLE
    deletion = {"AccessToken": token, "UserAttributeNames": ["nickname"]}
    assert refusal(app.idp.delete_user_attributes, **deletion) == NOT_WRITABLE


@BOTH_DELETES
def test_values_are_deleted(app: App, alice: User, remove: Remove) -> None:
    admin_update(app, alice, {"given_name": "Alice", "custom:nick": "al"})
    remove(app, alice, "given_name", "custom:nick", "nickname")
    assert {"given_name", "custom:nick"}.isdisjoint(alice.attributes)
    assert alice.attributes["family_name"] == "Ant"


@BOTH_DELETES
def test_with_a_value_goes_that_it_was_verified(app: App, alice: User, remove: Remove) -> None:
    assert alice.attributes["email_verified"] == "true"
    remove(app, alice, "email")
    assert {"email", "email_verified"}.isdisjoint(alice.attributes)


def test_an_administrator_deletes_that_a_value_was_verified(app: App, alice: User) -> None:
    admin_delete(app, alice, "email_verified")
    assert alice.attributes["email"] == "a@example.com"
    assert "email_verified" not in alice.attributes


@BOTH_DELETES
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("custom:gone", "Attribute does not exist in the schema."),
        ("custom:origin", "Attribute cannot be updated."),
        ("family_name", "The attribute is required"),
    ],
)
def test_what_cannot_be_deleted(app: App, alice: User, remove: Remove, name: str, problem: str) -> None:
    admin_update(app, alice, {"given_name": "Alice"})
    answer = refusal(lambda: remove(app, alice, "given_name", name))
    assert answer == invalid_parameter(f"Invalid user attributes: user.{name}: {problem}\n")
    assert alice.attributes["given_name"] == "Alice"


@pytest.mark.parametrize("flag", ["true", "True", "false"])
def test_an_administrator_says_what_is_verified(app: App, alice: User, flag: str) -> None:
    admin_update(app, alice, {"email": "new@example.com", "email_verified": flag})
    assert (alice.email, alice.attributes["email_verified"]) == ("new@example.com", flag.lower())


def test_nothing_is_verified_that_has_no_value(app: App, alice: User) -> None:
    answer = refusal(admin_update, app=app, user=alice, attributes={"phone_number_verified": "true"})
    assert answer.code == "InvalidParameterException"
    answer = refusal(admin_update, app=app, user=alice, attributes={"email": "", "email_verified": "true"})
    assert answer.code == "InvalidParameterException"
    assert alice.email == "a@example.com"


@BOTH_UPDATES
def test_a_new_address_is_unverified_and_the_same_is_not(app: App, alice: User, change: Change) -> None:
    change(app, alice, {"email": "a@example.com"})
    assert alice.attributes["email_verified"] == "true"
    change(app, alice, {"email": "new@example.com"})
    assert (alice.email, alice.attributes["email_verified"]) == ("new@example.com", "false")


def test_nothing_is_sent_where_the_pool_verifies_nothing(cognito: Cognito, app: App, alice: User) -> None:
    assert update(app, alice, {"email": "new@example.com"}) == []
    assert len(cognito.outbox) == 0


@BOTH_DELETES
def test_a_phone_number_stays_while_mfa_needs_it(make_app: MakeApp, remove: Remove) -> None:
    app = make_app(MfaConfiguration="ON", SmsConfiguration=SMS, AutoVerifiedAttributes=["phone_number"])
    alice = app.pool.create_user("alice", phone_number="+15550001234", email="a@example.com")
    prefer(app.pool, SMS=PREFERRED)
    assert refusal(lambda: remove(app, alice, "phone_number")).code == "InvalidParameterException"
    remove(app, alice, "email")
    assert alice.attributes["phone_number"] == "+15550001234"
