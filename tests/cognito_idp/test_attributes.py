"""Attributes of users: what the schema, the client and the caller's rights let in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App, MakeApp
from tests.support.refusals import EMAIL_INVALID, NOT_WRITABLE, Refusal, invalid_parameter, refusal
from tests.support.settings import SMS

SCHEMA = [
    {"Name": "name", "Required": True},
    {"Name": "email", "Required": True},
    {"Name": "nick", "AttributeDataType": "String", "StringAttributeConstraints": {"MinLength": "2", "MaxLength": "4"}},
    {"Name": "age", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "99"}},
    {"Name": "vip", "AttributeDataType": "Boolean"},
    {"Name": "since", "AttributeDataType": "DateTime"},
    {"Name": "born", "AttributeDataType": "String", "Mutable": False},
    {"Name": "notes", "AttributeDataType": "String", "DeveloperOnlyAttribute": True},
]
ALICE = {"name": "Alice", "email": "alice@example.com"}
NOT_THERE = "Attribute does not exist in the schema.\n"
CONFORM = "Attributes did not conform to the schema: "


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(Schema=SCHEMA, SmsConfiguration=SMS)


MakeUser = Callable[[str, dict[str, str]], Answer]


@pytest.fixture(params=["sign_up", "create"])
def make_user(request: pytest.FixtureRequest, app: App) -> MakeUser:
    """Makes alice with these attributes, by SignUp or by AdminCreateUser."""
    make: MakeUser = getattr(app, request.param)
    return make


def nonconforming(problems: str) -> Refusal:
    return invalid_parameter(CONFORM + problems)


@pytest.mark.parametrize(
    "given",
    [
        {"custom:nick": "al"},
        {"custom:nick": "ally"},
        {"custom:age": "1"},
        {"custom:age": "99"},
        {"custom:vip": "true"},
        {"custom:vip": "false"},
        {"custom:since": "2024-01-31"},
        {"custom:born": "here"},
        {"birthdate": "2000-01-01"},
        {"updated_at": "0"},
        {"phone_number": "+15555550123"},
        {"address": "1 Main St\n12345 Town"},
        {"picture": "x" * 2048},
    ],
)
def test_a_value_of_the_schema_is_kept(app: App, make_user: MakeUser, given: dict[str, str]) -> None:
    make_user("alice", {**ALICE, **given})
    assert app.attributes().items() >= given.items()


def test_a_boolean_is_kept_in_lower_case(app: App, make_user: MakeUser) -> None:
    make_user("alice", {**ALICE, "custom:vip": "True"})
    assert app.attributes()["custom:vip"] == "true"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("custom:nick", "a"),
        ("custom:nick", "alice"),
        ("custom:age", "0"),
        ("custom:age", "100"),
        ("custom:age", "old"),
        ("custom:age", "1.5"),
        ("custom:age", "٣"),
        ("custom:vip", "maybe"),
        ("custom:since", "yesterday"),
        ("birthdate", "1.1.2000"),
        ("updated_at", "-1"),
        ("updated_at", "now"),
    ],
)
def test_a_value_that_the_schema_does_not_allow(app: App, make_user: MakeUser, name: str, value: str) -> None:
    code, message = refusal(make_user, username="alice", attributes={**ALICE, name: value})
    assert code == "InvalidParameterException"
    assert message.startswith(f"{CONFORM}user.{name}: ")
    assert app.users() == []


def test_a_value_has_2048_characters_at_most(app: App, make_user: MakeUser) -> None:
    code, message = refusal(make_user, username="alice", attributes={**ALICE, "picture": "x" * 2049})
    assert (code, "picture" in message or "userAttributes" in message) == ("InvalidParameterException", True)


def test_each_unknown_attribute_is_told_in_a_line(make_user: MakeUser) -> None:
    given = {**ALICE, "custom:a": "1", "nickname": "al", "custom:b": "2"}
    assert refusal(make_user, username="alice", attributes=given) == nonconforming(
        f"custom:a: {NOT_THERE}custom:b: {NOT_THERE}"
    )


@pytest.mark.parametrize("name", ["nick", "cognito:user_status", "custom:NICK", "dev:nick"])
def test_names_are_taken_literally(make_user: MakeUser, name: str) -> None:
    assert refusal(make_user, username="alice", attributes={**ALICE, name: "al"}) == nonconforming(
        f"{name}: {NOT_THERE}"
    )


def test_sign_up_needs_the_required_attributes(app: App) -> None:
    assert refusal(app.sign_up) == nonconforming("name: The attribute is required\nemail: The attribute is required\n")
    assert refusal(app.sign_up, attributes={"name": "Alice"}) == nonconforming("email: The attribute is required\n")


def test_an_empty_value_is_none(app: App) -> None:
    assert refusal(app.sign_up, attributes={**ALICE, "name": ""}) == nonconforming("name: The attribute is required\n")


def test_an_administrator_may_leave_them_to_the_user(app: App) -> None:
    app.create("alice")
    assert (app.status(), app.attributes()) == ("FORCE_CHANGE_PASSWORD", {})


@pytest.mark.parametrize("address", ["alice", "alice@", "@example.com", "a b@example.com", "a@b@c", "a@.com", "a@b."])
def test_an_address_has_the_form_of_one(make_user: MakeUser, address: str) -> None:
    assert refusal(make_user, username="alice", attributes={**ALICE, "email": address}) == EMAIL_INVALID


@pytest.mark.parametrize(
    "number", ["5555550123", "+", "+1 555 5550123", "+1-555", "00155555", "+1555abc", "+" + "1" * 16]
)
def test_a_phone_number_is_plus_and_digits(make_user: MakeUser, number: str) -> None:
    assert refusal(make_user, username="alice", attributes={**ALICE, "phone_number": number}) == invalid_parameter(
        "Invalid phone number format."
    )


@pytest.mark.parametrize("name", ["sub", "identities"])
def test_nobody_writes_what_is_cognitos_own(make_user: MakeUser, name: str) -> None:
    code, _ = refusal(make_user, username="alice", attributes={**ALICE, name: "x"})
    assert code in invalid_parameter("NotAuthorizedException")


@pytest.mark.parametrize("value", ["true", "false"])
@pytest.mark.parametrize("name", ["email_verified", "phone_number_verified"])
def test_no_app_says_what_is_verified(app: App, name: str, value: str) -> None:
    given = {**ALICE, "phone_number": "+15555550123", name: value}
    assert refusal(app.sign_up, attributes=given) == NOT_WRITABLE
    assert app.users() == []


def test_an_administrator_says_what_is_verified(app: App) -> None:
    app.create("alice", {**ALICE, "email_verified": "True"})
    assert app.attributes() == {**ALICE, "email_verified": "true"}


@pytest.mark.parametrize("attribute", ["email", "phone_number"])
def test_nothing_is_verified_that_is_not_there(app: App, attribute: str) -> None:
    assert refusal(app.create, attributes={f"{attribute}_verified": "true"})[0] == "InvalidParameterException"
    assert app.users() == []


def test_an_attribute_of_developers_is_none_to_an_app(app: App) -> None:
    assert refusal(app.sign_up, attributes={**ALICE, "dev:custom:notes": "x"}) == nonconforming(
        f"dev:custom:notes: {NOT_THERE}"
    )


def test_an_administrator_writes_and_reads_an_attribute_of_developers(app: App) -> None:
    app.create("alice", {**ALICE, "dev:custom:notes": "x"})
    assert app.attributes()["dev:custom:notes"] == "x"


@pytest.mark.parametrize("given", [{"nickname": "al"}, {"custom:nick": "al"}, {"custom:unknown": "x"}])
def test_a_client_writes_what_it_may(make_app: MakeApp, given: dict[str, str]) -> None:
    app = make_app({"WriteAttributes": ["name", "email", "family_name"]}, Schema=SCHEMA)
    assert refusal(app.sign_up, attributes={**ALICE, **given}) == NOT_WRITABLE
    app.sign_up("alice", {**ALICE, "family_name": "Liddell"})
    assert app.attributes()["family_name"] == "Liddell"


def test_every_client_writes_required_attributes(make_app: MakeApp) -> None:
    schema = [*SCHEMA, {"Name": "locale", "Required": True}]
    app = make_app({"WriteAttributes": ["name", "email", "locale"]}, Schema=schema)
    app.sign_up("alice", {**ALICE, "locale": "en"})
    assert app.attributes()["locale"] == "en"


def test_profile_stands_for_the_attributes_of_a_profile(make_app: MakeApp) -> None:
    app = make_app({"WriteAttributes": ["email", "oidc:profile"]})
    app.sign_up("alice", {"email": "a@example.com", "nickname": "al", "zoneinfo": "Europe/Berlin"})
    assert refusal(app.sign_up, username="bob", attributes={"address": "x"}) == NOT_WRITABLE


def test_what_takes_the_place_of_the_name_needs_no_permission(make_app: MakeApp) -> None:
    app = make_app({"WriteAttributes": ["name"]}, UsernameAttributes=["email"])
    app.sign_up("alice@example.com")
    assert app.attributes("alice@example.com")["email"] == "alice@example.com"
