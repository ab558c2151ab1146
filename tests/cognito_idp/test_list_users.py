"""ListUsers: filters, attributes, order and pages."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.support.pools import Pool, make, pairs
from tests.support.refusals import refusal

PARSE = ("InvalidParameterException", "Error while parsing filter.")
TOKEN = ("InvalidParameterException", "Invalid pagination token.")
SCHEMA = [{"Name": "team", "AttributeDataType": "String"}]
PEOPLE = {
    "carol": {"email": "carol@example.com", "name": "Carol", "family_name": "Zeta", "given_name": "Carol"},
    "alice": {"email": "Alice@example.com", "name": "Alice", "family_name": "Young", "custom:team": "red"},
    "bob": {"phone_number": "+15555550123", "name": 'Bob "B" \\o/', "preferred_username": "bobby"},
}


@pytest.fixture
def pool(cognito_idp: Any) -> Pool:
    """A pool with carol, alice and bob: made in this order, bob disabled, alice confirmed."""
    pool = make(cognito_idp, Schema=SCHEMA)
    for name, given in PEOPLE.items():
        pool.create(name, given, MessageAction="SUPPRESS")
    pool.admin("admin_disable_user", "bob")
    pool.admin("admin_set_user_password", "alice", Password="Passw0rd!", Permanent=True)
    return pool


def names(users: list[dict[str, Any]]) -> list[str]:
    return [user["Username"] for user in users]


def test_all_users_in_the_order_in_which_they_were_made(pool: Pool) -> None:
    assert names(pool.users()) == ["carol", "alice", "bob"]


def test_an_empty_pool_has_none(cognito_idp: Any) -> None:
    answer = cognito_idp.list_users(UserPoolId=make(cognito_idp).id)
    del answer["ResponseMetadata"]
    assert answer == {"Users": []}


def test_an_unknown_pool(cognito_idp: Any) -> None:
    assert refusal(cognito_idp.list_users, UserPoolId="us-east-1_Unknown00") == (
        "ResourceNotFoundException",
        "User pool us-east-1_Unknown00 does not exist.",
    )


def test_a_listed_user(pool: Pool) -> None:
    found = pool.users()[1]
    known = pool.admin("admin_get_user", "alice")
    assert found == {
        "Username": "alice",
        "Attributes": pairs({"sub": pool.sub("alice"), **PEOPLE["alice"]}),
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
def test_a_filter_finds(pool: Pool, text: str, found: list[str]) -> None:
    result = names(pool.users(Filter=text))
    assert sorted(result) == sorted(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('username ^= ""', ["alice", "bob", "carol"]),
        ('family_name ^= ""', ["alice", "carol"]),
        ('name ^= ""', ["alice", "bob", "carol"]),
    ],
)
def test_what_a_filter_finds_is_in_the_order_of_its_attribute(pool: Pool, text: str, found: list[str]) -> None:
    assert names(pool.users(Filter=text)) == found


def test_a_filter_finds_by_sub(pool: Pool) -> None:
    assert names(pool.users(Filter=f'sub = "{pool.sub("bob")}"')) == ["bob"]
    assert names(pool.users(Filter=f'sub ^= "{pool.sub("bob")[:20]}"')) == ["bob"]


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
def test_a_filter_that_cannot_be_read(pool: Pool, text: str) -> None:
    assert refusal(pool.users, Filter=text) == PARSE


@pytest.mark.parametrize("attribute", ["custom:team", "address", "email_verified", "enabled", "Username", "nothing"])
def test_an_attribute_that_cannot_be_searched(pool: Pool, attribute: str) -> None:
    assert refusal(pool.users, Filter=f'{attribute} = "x"') == (
        "InvalidParameterException",
        f"Invalid search attribute: {attribute}",
    )


def test_a_filter_follows_changes(pool: Pool) -> None:
    pool.admin("admin_enable_user", "bob")
    pool.admin("admin_delete_user", "alice")
    assert names(pool.users(Filter='status = "Enabled"')) == ["bob", "carol"]
    assert names(pool.users(Filter='status = "Disabled"')) == []
    assert names(pool.users(Filter='cognito:user_status = "CONFIRMED"')) == []


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (["name"], {"name": "Alice"}),
        (["name", "custom:team"], {"name": "Alice", "custom:team": "red"}),
        (["nickname"], {}),
        ([], PEOPLE["alice"]),
    ],
)
def test_only_the_attributes_asked_for(pool: Pool, wanted: list[str], shown: dict[str, str]) -> None:
    [user] = pool.users(Filter='username = "alice"', AttributesToGet=wanted)
    assert {one["Name"]: one["Value"] for one in user["Attributes"] if one["Name"] != "sub"} == shown
    assert ("sub" in {one["Name"] for one in user["Attributes"]}) is (not wanted)


def test_the_sub_can_be_asked_for(pool: Pool) -> None:
    [user] = pool.users(Filter='username = "alice"', AttributesToGet=["sub"])
    assert user["Attributes"] == [{"Name": "sub", "Value": pool.sub("alice")}]


@pytest.mark.parametrize("wanted", [["nothing"], ["name", "team"], ["custom:nothing"]])
def test_an_attribute_that_the_schema_does_not_have(pool: Pool, wanted: list[str]) -> None:
    assert refusal(pool.users, AttributesToGet=wanted)[0] == "InvalidParameterException"


def pages(pool: Pool, **query: Any) -> list[list[str]]:
    found = []
    token: dict[str, str] = {}
    while True:
        answer = pool.idp.list_users(UserPoolId=pool.id, **query, **token)
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
def test_pages(pool: Pool, query: dict[str, Any], found: list[list[str]]) -> None:
    assert pages(pool, **query) == found


@pytest.mark.parametrize("limit", [{}, {"Limit": 0}])
def test_a_page_has_sixty_users(cognito: Any, pool: Pool, limit: dict[str, int]) -> None:
    cognito.pools[0].create_users(70)
    assert [len(page) for page in pages(pool, **limit)] == [60, 13]


def test_the_paginator_of_boto3(cognito: Any, pool: Pool, cognito_idp: Any) -> None:
    cognito.pools[0].create_users(125)
    found = cognito_idp.get_paginator("list_users").paginate(UserPoolId=pool.id, PaginationConfig={"PageSize": 50})
    listed = [name for page in found for name in names(page["Users"])]
    assert (len(listed), len(set(listed))) == (128, 128)


def test_a_limit_of_61_is_too_much(pool: Pool) -> None:
    code, message = refusal(pool.users, Limit=61)
    assert code == "InvalidParameterException"
    assert message == (
        "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: "
        "Member must have value less than or equal to 60"
    )


def first_token(pool: Pool, **query: Any) -> str:
    return str(pool.idp.list_users(UserPoolId=pool.id, Limit=1, **query)["PaginationToken"])


def test_a_page_goes_on_behind_what_was_deleted_meanwhile(pool: Pool) -> None:
    token = first_token(pool)
    pool.admin("admin_delete_user", "carol")
    pool.admin("admin_delete_user", "alice")
    assert names(pool.users(PaginationToken=token)) == ["bob"]


def test_a_token_of_another_query_is_refused(pool: Pool, cognito_idp: Any) -> None:
    other = make(cognito_idp)
    token = first_token(pool)
    assert refusal(other.users, PaginationToken=token) == TOKEN
    assert refusal(pool.users, PaginationToken=token, Filter='status = "Enabled"') == TOKEN
    assert refusal(pool.users, PaginationToken=first_token(pool, Filter='name ^= ""')) == TOKEN


@pytest.mark.parametrize("token", ["nonsense", "e30=", "é", base64.b64encode(b"[1, 2]").decode(), "null"])
def test_a_token_that_is_none_is_refused(pool: Pool, token: str) -> None:
    assert refusal(pool.users, PaginationToken=token) == TOKEN


@pytest.mark.parametrize(("minutes", "good"), [(59, True), (60, False)])
def test_a_token_is_good_for_an_hour(pool: Pool, cognito_clock: Any, minutes: int, good: bool) -> None:
    token = first_token(pool)
    cognito_clock.advance(minutes=minutes)
    if good:
        assert names(pool.users(PaginationToken=token)) == ["alice", "bob"]
    else:
        assert refusal(pool.users, PaginationToken=token) == TOKEN
