"""ListUsers: filters, attributes, order and pages."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.clock import Clock
from tests.support.app import PASSWORD, App, MakeApp, pairs
from tests.support.refusals import PAGINATION_TOKEN_INVALID, invalid_parameter, no_pool, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


PARSE = invalid_parameter("Error while parsing filter.")
SCHEMA = [{"Name": "team", "AttributeDataType": "String"}]
PEOPLE = {
    "carol": {"email": "carol@example.com", "name": "Carol", "family_name": "Zeta", "given_name": "Carol"},
    "alice": {"email": "Alice@example.com", "name": "Alice", "family_name": "Young", "custom:team": "red"},
    "bob": {"phone_number": "+15555550123", "name": 'Bob "B" \\o/', "preferred_username": "bobby"},
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(Schema=SCHEMA)


@pytest.fixture
def app(app: App) -> App:
    """A pool with carol, alice and bob: made in this order, bob disabled, alice confirmed."""
    for name, given in PEOPLE.items():
        app.create(name, given, MessageAction="SUPPRESS")
    app.admin("admin_disable_user", "bob")
    app.admin("admin_set_user_password", Password=PASSWORD, Permanent=True)
    return app


def names(users: Iterable[Mapping[str, Any]]) -> list[str]:
    return [user["Username"] for user in users]


def test_all_users_in_the_order_in_which_they_were_made(app: App) -> None:
    assert names(app.users()) == ["carol", "alice", "bob"]


def test_an_empty_pool_has_none(make_app: MakeApp) -> None:
    app = make_app()
    assert app.call("list_users", UserPoolId=app.pool_id) == {"Users": []}


def test_an_unknown_pool(cognito_idp: CognitoIdentityProviderClient) -> None:
    assert refusal(cognito_idp.list_users, UserPoolId="us-east-1_Unknown00") == no_pool("us-east-1_Unknown00")


def test_a_listed_user(app: App) -> None:
    found = app.users()[1]
    known = app.admin("admin_get_user", "alice")
    assert found == {
        "Username": "alice",
        "Attributes": pairs({"sub": app.sub("alice"), **PEOPLE["alice"]}),
        "UserCreateDate": known["UserCreateDate"],
        "UserLastModifiedDate": known["UserLastModifiedDate"],
        "Enabled": True,
        "UserStatus": "CONFIRMED",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["carol", "alice", "bob"]),
        ('username = "alice"', ["alice"]),
        ('username = "ALICE"', []),
        ('username ^= "al"', ["alice"]),
        ('username ^= ""', ["alice", "bob", "carol"]),
        ('email = "alice@EXAMPLE.com"', ["alice"]),
        ('email = "alice@example"', []),
        ('email ^= "a"', ["alice"]),
        ('email ^= ""', ["alice", "carol"]),
        ('phone_number = "+15555550123"', ["bob"]),
        ('phone_number ^= "+1"', ["bob"]),
        ('name ^= "CAR"', ["carol"]),
        ('given_name = "carol"', ["carol"]),
        ('family_name ^= ""', ["alice", "carol"]),
        ('preferred_username = "Bobby"', ["bob"]),
        ('status = "Enabled"', ["alice", "carol"]),
        ('status = "Disabled"', ["bob"]),
        ('status = "disabled"', []),
        ('cognito:user_status = "CONFIRMED"', ["alice"]),
        ('cognito:user_status = "force_change_password"', ["bob", "carol"]),
        ('cognito:user_status ^= "F"', ["bob", "carol"]),
        ('username="bob"', ["bob"]),
        ('  username   ^=   "bo"  ', ["bob"]),
        ('"username"="bob"', ["bob"]),
        (r'name = "Bob \"B\" \\o/"', ["bob"]),
        ('username = "nobody"', []),
        ('name = ""', []),
    ],
)
def test_a_filter_finds(app: App, text: str, found: list[str]) -> None:
    result = names(app.users(Filter=text))
    assert sorted(result) == sorted(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('username ^= ""', ["alice", "bob", "carol"]),
        ('family_name ^= ""', ["alice", "carol"]),
        ('name ^= ""', ["alice", "bob", "carol"]),
    ],
)
def test_what_a_filter_finds_is_in_the_order_of_its_attribute(app: App, text: str, found: list[str]) -> None:
    assert names(app.users(Filter=text)) == found


def test_a_filter_finds_by_sub(app: App) -> None:
    assert names(app.users(Filter=f'sub = "{app.sub("bob")}"')) == ["bob"]
    assert names(app.users(Filter=f'sub ^= "{app.sub("bob")[:20]}"')) == ["bob"]


@pytest.mark.parametrize(
    "text",
    [
        "username",
        "username = alice",
        "username = 'alice'",
        'username == "alice"',
        'username != "alice"',
        'username =^ "alice"',
        'username ~ "alice"',
        'username = "alice',
        'username = "al"ice"',
        '= "alice"',
        '"alice"',
        'username = "alice" and status = "Enabled"',
        'user name = "alice"',
        "   ",
        r'username = "alice\"',
    ],
)
def test_a_filter_that_cannot_be_read(app: App, text: str) -> None:
    assert refusal(app.users, Filter=text) == PARSE


@pytest.mark.parametrize("attribute", ["custom:team", "address", "email_verified", "enabled", "Username", "nothing"])
def test_an_attribute_that_cannot_be_searched(app: App, attribute: str) -> None:
    assert refusal(app.users, Filter=f'{attribute} = "x"') == invalid_parameter(
        f"Invalid search attribute: {attribute}"
    )


def test_a_filter_follows_changes(app: App) -> None:
    app.admin("admin_enable_user", "bob")
    app.admin("admin_delete_user", "alice")
    assert names(app.users(Filter='status = "Enabled"')) == ["bob", "carol"]
    assert names(app.users(Filter='status = "Disabled"')) == []
    assert names(app.users(Filter='cognito:user_status = "CONFIRMED"')) == []


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (["name"], {"name": "Alice"}),
        (["name", "custom:team"], {"name": "Alice", "custom:team": "red"}),
        (["nickname"], {}),
        ([], PEOPLE["alice"]),
    ],
)
def test_only_the_attributes_asked_for(app: App, wanted: list[str], shown: dict[str, str]) -> None:
    [user] = app.users(Filter='username = "alice"', AttributesToGet=wanted)
    assert {one["Name"]: one["Value"] for one in user["Attributes"] if one["Name"] != "sub"} == shown
    assert ("sub" in {one["Name"] for one in user["Attributes"]}) is (not wanted)


def test_the_sub_can_be_asked_for(app: App) -> None:
    [user] = app.users(Filter='username = "alice"', AttributesToGet=["sub"])
    assert user["Attributes"] == [{"Name": "sub", "Value": app.sub("alice")}]


@pytest.mark.parametrize("wanted", [["nothing"], ["name", "team"], ["custom:nothing"]])
def test_an_attribute_that_the_schema_does_not_have(app: App, wanted: list[str]) -> None:
    assert refusal(app.users, AttributesToGet=wanted)[0] == "InvalidParameterException"


def pages(app: App, **query: Any) -> list[list[str]]:
    found = []
    token: dict[str, str] = {}
    while True:
        answer = app.call("list_users", UserPoolId=app.pool_id, **query, **token)
        found.append(names(answer["Users"]))
        if "PaginationToken" not in answer:
            return found
        token = {"PaginationToken": answer["PaginationToken"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"Limit": 1}, [["carol"], ["alice"], ["bob"]]),
        ({"Limit": 2}, [["carol", "alice"], ["bob"]]),
        ({"Limit": 3}, [["carol", "alice", "bob"]]),
        ({"Limit": 60}, [["carol", "alice", "bob"]]),
        ({"Limit": 0}, [["carol", "alice", "bob"]]),
        ({}, [["carol", "alice", "bob"]]),
        ({"Limit": 1, "Filter": 'status = "Enabled"'}, [["alice"], ["carol"]]),
        ({"Limit": 1, "Filter": 'email ^= ""'}, [["alice"], ["carol"]]),
        ({"Limit": 1, "Filter": 'username = "bob"'}, [["bob"]]),
    ],
)
def test_pages(app: App, query: dict[str, Any], found: list[list[str]]) -> None:
    assert pages(app, **query) == found


@pytest.mark.parametrize("limit", [{}, {"Limit": 0}])
def test_a_page_has_sixty_users(app: App, limit: dict[str, int]) -> None:
    app.pool.create_users(70)
    assert [len(page) for page in pages(app, **limit)] == [60, 13]


def test_the_paginator_of_boto3(app: App) -> None:
    app.pool.create_users(125)
    listed = [name for page in app.pages("list_users", 50) for name in names(page["Users"])]
    assert (len(listed), len(set(listed))) == (128, 128)


def test_a_limit_of_61_is_too_much(app: App) -> None:
    code, message = refusal(app.users, Limit=61)
    assert code == "InvalidParameterException"
    assert message == (
        "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: "
        "Member must have value less than or equal to 60"
    )


def first_token(app: App, **query: Any) -> str:
    return str(app.idp.list_users(UserPoolId=app.pool_id, Limit=1, **query)["PaginationToken"])


def test_a_page_goes_on_behind_what_was_deleted_meanwhile(app: App) -> None:
    token = first_token(app)
    app.admin("admin_delete_user", "carol")
    app.admin("admin_delete_user", "alice")
    assert names(app.users(PaginationToken=token)) == ["bob"]


def test_a_token_of_another_query_is_refused(app: App, make_app: MakeApp) -> None:
    other = make_app()
    token = first_token(app)
    assert refusal(other.users, PaginationToken=token) == PAGINATION_TOKEN_INVALID
    assert refusal(app.users, PaginationToken=token, Filter='status = "Enabled"') == PAGINATION_TOKEN_INVALID
    assert refusal(app.users, PaginationToken=first_token(app, Filter='name ^= ""')) == PAGINATION_TOKEN_INVALID


@pytest.mark.parametrize("token", ["nonsense", "e30=", "é", base64.b64encode(b"[1, 2]").decode(), "null"])
def test_a_token_that_is_none_is_refused(app: App, token: str) -> None:
    assert refusal(app.users, PaginationToken=token) == PAGINATION_TOKEN_INVALID


@pytest.mark.parametrize(("minutes", "good"), [(59, True), (60, False)])
def test_a_token_is_good_for_an_hour(app: App, cognito_clock: Clock, minutes: int, good: bool) -> None:
    token = first_token(app)
    cognito_clock.advance(minutes=minutes)
    if good:
        assert names(app.users(PaginationToken=token)) == ["alice", "bob"]
    else:
        assert refusal(app.users, PaginationToken=token) == PAGINATION_TOKEN_INVALID
