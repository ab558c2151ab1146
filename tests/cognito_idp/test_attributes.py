"""Attributes of users: what the schema, the client and the caller's rights let in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pools import SMS, Pool, make
from tests.support.refusals import refusal

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
UNAUTHORIZED = ("NotAuthorizedException", "A client attempted to write unauthorized attribute")


@pytest.fixture
def pool(cognito_idp: Any) -> Pool:
    return make(cognito_idp, Schema=SCHEMA, SmsConfiguration=SMS)


@pytest.fixture(params=["sign_up", "create"])
def make_user(request: pytest.FixtureRequest, pool: Pool) -> Any:
    """Makes alice with these attributes, by SignUp or by AdminCreateUser."""
    return getattr(pool, request.param)


def nonconforming(problems: str) -> tuple[str, str]:
    return "InvalidParameterException", CONFORM + problems


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
def test_a_value_of_the_schema_is_kept(pool: Pool, make_user: Any, given: dict[str, str]) -> None:
    make_user("alice", {**ALICE, **given})
    assert pool.attributes().items() >= given.items()


def test_a_boolean_is_kept_in_lower_case(pool: Pool, make_user: Any) -> None:
    make_user("alice", {**ALICE, "custom:vip": "True"})
    assert pool.attributes()["custom:vip"] == "true"


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
def test_a_value_that_the_schema_does_not_allow(pool: Pool, make_user: Any, name: str, value: str) -> None:
    code, message = refusal(make_user, username="alice", attributes={**ALICE, name: value})
    assert code == "InvalidParameterException"
    assert message.startswith(f"{CONFORM}user.{name}: ")
    assert pool.users() == []


def test_a_value_has_2048_characters_at_most(pool: Pool, make_user: Any) -> None:
    code, message = refusal(make_user, username="alice", attributes={**ALICE, "picture": "x" * 2049})
    assert (code, "picture" in message or "userAttributes" in message) == ("InvalidParameterException", True)


def test_each_unknown_attribute_is_told_in_a_line(make_user: Any) -> None:
    given = {**ALICE, "custom:a": "1", "nickname": "al", "custom:b": "2"}
    assert refusal(make_user, username="alice", attributes=given) == nonconforming(
        f"custom:a: {NOT_THERE}custom:b: {NOT_THERE}"
    )


@pytest.mark.parametrize("name", ["nick", "cognito:user_status", "custom:NICK", "dev:nick"])
def test_names_are_taken_literally(make_user: Any, name: str) -> None:
    assert refusal(make_user, username="alice", attributes={**ALICE, name: "al"}) == nonconforming(
        f"{name}: {NOT_THERE}"
    )


def test_sign_up_needs_the_required_attributes(pool: Pool) -> None:
    assert refusal(pool.sign_up) == nonconforming("name: The attribute is required\nemail: The attribute is required\n")
    assert refusal(pool.sign_up, attributes={"name": "Alice"}) == nonconforming("email: The attribute is required\n")


def test_an_empty_value_is_none(pool: Pool) -> None:
    assert refusal(pool.sign_up, attributes={**ALICE, "name": ""}) == nonconforming("name: The attribute is required\n")


def test_an_administrator_may_leave_them_to_the_user(pool: Pool) -> None:
    pool.create("alice")
    assert (pool.status(), pool.attributes()) == ("FORCE_CHANGE_PASSWORD", {})


@pytest.mark.parametrize("address", ["alice", "alice@", "@example.com", "a b@example.com", "a@b@c", "a@.com", "a@b."])
def test_an_address_has_the_form_of_one(make_user: Any, address: str) -> None:
    assert refusal(make_user, username="alice", attributes={**ALICE, "email": address}) == (
        "InvalidParameterException",
        "Invalid email address format.",
    )


@pytest.mark.parametrize(
    "number", ["5555550123", "+", "+1 555 5550123", "+1-555", "00155555", "+1555abc", "+" + "1" * 16]
)
def test_a_phone_number_is_plus_and_digits(make_user: Any, number: str) -> None:
    assert refusal(make_user, username="alice", attributes={**ALICE, "phone_number": number}) == (
        "InvalidParameterException",
        "Invalid phone number format.",
    )


@pytest.mark.parametrize("name", ["sub", "identities"])
def test_nobody_writes_what_is_cognitos_own(make_user: Any, name: str) -> None:
    code, _ = refusal(make_user, username="alice", attributes={**ALICE, name: "x"})
    assert code in ("InvalidParameterException", "NotAuthorizedException")


@pytest.mark.parametrize("value", ["true", "false"])
@pytest.mark.parametrize("name", ["email_verified", "phone_number_verified"])
def test_no_app_says_what_is_verified(pool: Pool, name: str, value: str) -> None:
    given = {**ALICE, "phone_number": "+15555550123", name: value}
    assert refusal(pool.sign_up, attributes=given) == UNAUTHORIZED
    assert pool.users() == []


def test_an_administrator_says_what_is_verified(pool: Pool) -> None:
    pool.create("alice", {**ALICE, "email_verified": "True"})
    assert pool.attributes() == {**ALICE, "email_verified": "true"}


@pytest.mark.parametrize("attribute", ["email", "phone_number"])
def test_nothing_is_verified_that_is_not_there(pool: Pool, attribute: str) -> None:
    assert refusal(pool.create, attributes={f"{attribute}_verified": "true"})[0] == "InvalidParameterException"
    assert pool.users() == []


def test_an_attribute_of_developers_is_none_to_an_app(pool: Pool) -> None:
    assert refusal(pool.sign_up, attributes={**ALICE, "dev:custom:notes": "x"}) == nonconforming(
        f"dev:custom:notes: {NOT_THERE}"
    )


def test_an_administrator_writes_and_reads_an_attribute_of_developers(pool: Pool) -> None:
    pool.create("alice", {**ALICE, "dev:custom:notes": "x"})
    assert pool.attributes()["dev:custom:notes"] == "x"


@pytest.mark.parametrize("given", [{"nickname": "al"}, {"custom:nick": "al"}, {"custom:unknown": "x"}])
def test_a_client_writes_what_it_may(cognito_idp: Any, given: dict[str, str]) -> None:
    pool = make(cognito_idp, {"WriteAttributes": ["name", "email", "family_name"]}, Schema=SCHEMA)
    assert refusal(pool.sign_up, attributes={**ALICE, **given}) == UNAUTHORIZED
    pool.sign_up("alice", {**ALICE, "family_name": "Liddell"})
    assert pool.attributes()["family_name"] == "Liddell"


def test_every_client_writes_required_attributes(cognito_idp: Any) -> None:
    schema = [*SCHEMA, {"Name": "locale", "Required": True}]
    pool = make(cognito_idp, {"WriteAttributes": ["name", "email", "locale"]}, Schema=schema)
    pool.sign_up("alice", {**ALICE, "locale": "en"})
    assert pool.attributes()["locale"] == "en"


def test_profile_stands_for_the_attributes_of_a_profile(cognito_idp: Any) -> None:
    pool = make(cognito_idp, {"WriteAttributes": ["email", "oidc:profile"]})
    pool.sign_up("alice", {"email": "a@example.com", "nickname": "al", "zoneinfo": "Europe/Berlin"})
    assert refusal(pool.sign_up, username="bob", attributes={"address": "x"}) == UNAUTHORIZED


def test_what_takes_the_place_of_the_name_needs_no_permission(cognito_idp: Any) -> None:
    pool = make(cognito_idp, {"WriteAttributes": ["name"]}, UsernameAttributes=["email"])
    pool.sign_up("alice@example.com")
    assert pool.attributes("alice@example.com")["email"] == "alice@example.com"
