"""Groups of a pool, and their members."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.refusals import refusal

ROLE = "arn:aws:iam::123456789012:role/admins"
NO_GROUP = ("ResourceNotFoundException", "Group not found.")
NO_USER = ("UserNotFoundException", "User does not exist.")


@pytest.fixture
def pool_id(cognito_idp: Any) -> str:
    return str(cognito_idp.create_user_pool(PoolName="app")["UserPool"]["Id"])


def create(client: Any, pool_id: str, name: str = "admins", **settings: Any) -> dict[str, Any]:
    group: dict[str, Any] = client.create_group(UserPoolId=pool_id, GroupName=name, **settings)["Group"]
    return group


def add(client: Any, pool_id: str, username: str, *groups: str) -> None:
    client.admin_create_user(
        UserPoolId=pool_id,
        Username=username,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": f"{username}@example.com"}],
    )
    for group in groups:
        client.admin_add_user_to_group(UserPoolId=pool_id, Username=username, GroupName=group)


def members(client: Any, pool_id: str, name: str) -> list[str]:
    found = client.list_users_in_group(UserPoolId=pool_id, GroupName=name)["Users"]
    return [user["Username"] for user in found]


def groups_of(client: Any, pool_id: str, username: str) -> list[str]:
    found = client.admin_list_groups_for_user(UserPoolId=pool_id, Username=username)["Groups"]
    return [group["GroupName"] for group in found]


def test_a_group_is_created_and_read(cognito_idp: Any, pool_id: str) -> None:
    group = create(cognito_idp, pool_id, Description="all of them", RoleArn=ROLE, Precedence=0)
    assert group["CreationDate"] == group["LastModifiedDate"]
    assert {k: v for k, v in group.items() if not k.endswith("Date")} == {
        "GroupName": "admins",
        "UserPoolId": pool_id,
        "Description": "all of them",
        "RoleArn": ROLE,
        "Precedence": 0,
    }
    assert cognito_idp.get_group(UserPoolId=pool_id, GroupName="admins")["Group"] == group


def test_what_a_group_does_not_have_is_left_out(cognito_idp: Any, pool_id: str) -> None:
    assert set(create(cognito_idp, pool_id)) == {"GroupName", "UserPoolId", "CreationDate", "LastModifiedDate"}


@pytest.mark.parametrize("name", ["admins", "ADMINS"])
def test_a_name_is_taken_whatever_its_case(cognito_idp: Any, pool_id: str, name: str) -> None:
    create(cognito_idp, pool_id)
    answer = refusal(cognito_idp.create_group, UserPoolId=pool_id, GroupName=name)
    assert answer == ("GroupExistsException", "A group with the name already exists")


def test_two_pools_have_groups_of_one_name(cognito_idp: Any, pool_id: str) -> None:
    other = cognito_idp.create_user_pool(PoolName="other")["UserPool"]["Id"]
    create(cognito_idp, pool_id)
    assert create(cognito_idp, other)["UserPoolId"] == other


def test_update_changes_what_is_given(cognito_idp: Any, pool_id: str) -> None:
    before = create(cognito_idp, pool_id, Description="old", Precedence=5)
    after = cognito_idp.update_group(UserPoolId=pool_id, GroupName="admins", Precedence=0, RoleArn=ROLE)["Group"]
    assert (after["Description"], after["Precedence"], after["RoleArn"]) == ("old", 0, ROLE)
    assert after["CreationDate"] == before["CreationDate"]
    assert cognito_idp.get_group(UserPoolId=pool_id, GroupName="admins")["Group"] == after


def test_deleting_a_group_ends_memberships_and_leaves_users(cognito_idp: Any, pool_id: str) -> None:
    create(cognito_idp, pool_id)
    add(cognito_idp, pool_id, "alice", "admins")
    cognito_idp.delete_group(UserPoolId=pool_id, GroupName="admins")
    assert groups_of(cognito_idp, pool_id, "alice") == []
    create(cognito_idp, pool_id)
    assert members(cognito_idp, pool_id, "admins") == []


def test_membership(cognito_idp: Any, pool_id: str) -> None:
    create(cognito_idp, pool_id, "admins")
    create(cognito_idp, pool_id, "writers")
    add(cognito_idp, pool_id, "zoe", "admins")
    add(cognito_idp, pool_id, "alice", "writers", "admins", "admins")
    assert members(cognito_idp, pool_id, "admins") == ["zoe", "alice"]
    assert groups_of(cognito_idp, pool_id, "alice") == ["admins", "writers"]
    cognito_idp.admin_remove_user_from_group(UserPoolId=pool_id, Username="zoe", GroupName="admins")
    cognito_idp.admin_remove_user_from_group(UserPoolId=pool_id, Username="zoe", GroupName="admins")
    assert members(cognito_idp, pool_id, "admins") == ["alice"]
    assert groups_of(cognito_idp, pool_id, "zoe") == []


def test_members_are_shown_with_their_attributes(cognito_idp: Any, pool_id: str) -> None:
    create(cognito_idp, pool_id)
    add(cognito_idp, pool_id, "alice", "admins")
    (user,) = cognito_idp.list_users_in_group(UserPoolId=pool_id, GroupName="admins")["Users"]
    assert user == cognito_idp.list_users(UserPoolId=pool_id)["Users"][0]
    assert {"Name": "email", "Value": "alice@example.com"} in user["Attributes"]


def test_a_user_may_be_named_by_sub(cognito_idp: Any, pool_id: str) -> None:
    create(cognito_idp, pool_id)
    add(cognito_idp, pool_id, "alice")
    attributes = cognito_idp.admin_get_user(UserPoolId=pool_id, Username="alice")["UserAttributes"]
    sub = next(one["Value"] for one in attributes if one["Name"] == "sub")
    cognito_idp.admin_add_user_to_group(UserPoolId=pool_id, Username=sub, GroupName="admins")
    assert members(cognito_idp, pool_id, "admins") == ["alice"]


def test_a_deleted_user_leaves_the_groups(cognito_idp: Any, pool_id: str) -> None:
    create(cognito_idp, pool_id)
    add(cognito_idp, pool_id, "alice", "admins")
    cognito_idp.admin_delete_user(UserPoolId=pool_id, Username="alice")
    assert members(cognito_idp, pool_id, "admins") == []
    add(cognito_idp, pool_id, "alice")
    assert groups_of(cognito_idp, pool_id, "alice") == []


def test_pages(cognito_idp: Any, pool_id: str) -> None:
    names = [f"g{place}" for place in range(5)]
    for name in reversed(names):
        create(cognito_idp, pool_id, name)
    usernames = [f"u{place}" for place in range(5)]
    for username in usernames:
        add(cognito_idp, pool_id, username, "g0")
    for name in names[1:]:
        cognito_idp.admin_add_user_to_group(UserPoolId=pool_id, Username="u0", GroupName=name)

    def pages(operation: str, member: str, key: str, **parameters: Any) -> list[list[str]]:
        paginator = cognito_idp.get_paginator(operation)
        found = paginator.paginate(UserPoolId=pool_id, PaginationConfig={"PageSize": 2}, **parameters)
        return [[one[key] for one in page[member]] for page in found]

    assert pages("list_groups", "Groups", "GroupName") == [names[:2], names[2:4], names[4:]]
    of_user = pages("admin_list_groups_for_user", "Groups", "GroupName", Username="u0")
    assert of_user == [names[:2], names[2:4], names[4:]]
    in_group = pages("list_users_in_group", "Users", "Username", GroupName="g0")
    assert in_group == [usernames[:2], usernames[2:4], usernames[4:]]


def test_a_limit_of_zero_is_none(cognito_idp: Any, pool_id: str) -> None:
    for place in range(61):
        create(cognito_idp, pool_id, f"g{place}")
    answer = cognito_idp.list_groups(UserPoolId=pool_id, Limit=0)
    assert len(answer["Groups"]) == 60
    rest = cognito_idp.list_groups(UserPoolId=pool_id, NextToken=answer["NextToken"])
    assert len(rest["Groups"]) == 1


def test_a_token_of_another_listing_is_refused(cognito_idp: Any, pool_id: str) -> None:
    create(cognito_idp, pool_id, "a")
    create(cognito_idp, pool_id, "b")
    add(cognito_idp, pool_id, "alice", "a", "b")
    add(cognito_idp, pool_id, "bob", "a", "b")
    token = cognito_idp.list_groups(UserPoolId=pool_id, Limit=1)["NextToken"]
    of_alice = {"UserPoolId": pool_id, "Username": "alice"}
    invalid = ("InvalidParameterException", "Invalid pagination token.")
    assert refusal(cognito_idp.admin_list_groups_for_user, NextToken=token, **of_alice) == invalid
    token = cognito_idp.admin_list_groups_for_user(Limit=1, **of_alice)["NextToken"]
    of_bob = {"UserPoolId": pool_id, "Username": "bob"}
    assert refusal(cognito_idp.admin_list_groups_for_user, NextToken=token, **of_bob) == invalid
    assert refusal(cognito_idp.list_users_in_group, UserPoolId=pool_id, GroupName="a", NextToken=token) == invalid


def test_unknown_groups_and_users(cognito_idp: Any, pool_id: str) -> None:
    create(cognito_idp, pool_id)
    add(cognito_idp, pool_id, "alice")
    for call in (
        cognito_idp.get_group,
        cognito_idp.update_group,
        cognito_idp.delete_group,
        cognito_idp.list_users_in_group,
    ):
        assert refusal(call, UserPoolId=pool_id, GroupName="nobody") == NO_GROUP
    for call in (cognito_idp.admin_add_user_to_group, cognito_idp.admin_remove_user_from_group):
        assert refusal(call, UserPoolId=pool_id, Username="alice", GroupName="nobody") == NO_GROUP
        assert refusal(call, UserPoolId=pool_id, Username="nobody", GroupName="admins") == NO_USER
    assert refusal(cognito_idp.admin_list_groups_for_user, UserPoolId=pool_id, Username="nobody") == NO_USER


def test_unknown_pools(cognito_idp: Any) -> None:
    missing = "us-east-1_Missing00"
    gone = ("ResourceNotFoundException", f"User pool {missing} does not exist.")
    for call in (cognito_idp.create_group, cognito_idp.get_group, cognito_idp.delete_group):
        assert refusal(call, UserPoolId=missing, GroupName="admins") == gone
    assert refusal(cognito_idp.list_groups, UserPoolId=missing) == gone


def test_a_pool_has_so_many_groups_and_no_more(cognito_idp: Any, pool_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_cognito.cognito_idp.groups._MOST", 2)
    create(cognito_idp, pool_id, "a")
    create(cognito_idp, pool_id, "b")
    assert refusal(cognito_idp.create_group, UserPoolId=pool_id, GroupName="c")[0] == "LimitExceededException"
