"""Groups of a pool, and their members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import SILENT, Answer, App, MakeApp
from tests.support.refusals import PAGINATION_TOKEN_INVALID, USER_NOT_FOUND, Refusal, no_pool, refusal

ROLE = "arn:aws:iam::123456789012:role/admins"
Call = Callable[..., object]
NO_GROUP = Refusal("ResourceNotFoundException", "Group not found.")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def create(app: App, name: str = "admins", **settings: Any) -> Answer:
    group: Answer = app.call("create_group", UserPoolId=app.pool_id, GroupName=name, **settings)["Group"]
    return group


def get(app: App) -> Answer:
    group: Answer = app.call("get_group", UserPoolId=app.pool_id, GroupName="admins")["Group"]
    return group


def add(app: App, username: str, *groups: str) -> None:
    app.create(username, {"email": f"{username}@example.com"}, **SILENT)
    for group in groups:
        app.admin("admin_add_user_to_group", username, GroupName=group)


def members(app: App, name: str) -> list[str]:
    found = app.call("list_users_in_group", UserPoolId=app.pool_id, GroupName=name)["Users"]
    return [user["Username"] for user in found]


def groups_of(app: App, username: str) -> list[str]:
    return [group["GroupName"] for group in app.admin("admin_list_groups_for_user", username)["Groups"]]


def test_a_group_is_created_and_read(app: App) -> None:
    group = create(app, Description="all of them", RoleArn=ROLE, Precedence=0)
    assert group["CreationDate"] == group["LastModifiedDate"]
    assert {k: v for k, v in group.items() if not k.endswith("Date")} == {
        "GroupName": "admins",
        "UserPoolId": app.pool_id,
        "Description": "all of them",
        "RoleArn": ROLE,
        "Precedence": 0,
    }
    assert get(app) == group


def test_what_a_group_does_not_have_is_left_out(app: App) -> None:
    assert set(create(app)) == {"GroupName", "UserPoolId", "CreationDate", "LastModifiedDate"}


@pytest.mark.parametrize("name", ["admins", "ADMINS"])
def test_a_name_is_taken_whatever_its_case(app: App, name: str) -> None:
    create(app)
    answer = refusal(app.idp.create_group, UserPoolId=app.pool_id, GroupName=name)
    assert answer == Refusal("GroupExistsException", "A group with the name already exists")


def test_two_pools_have_groups_of_one_name(make_app: MakeApp, app: App) -> None:
    other = make_app()
    create(app)
    assert create(other)["UserPoolId"] == other.pool_id


def test_update_changes_what_is_given(app: App) -> None:
    before = create(app, Description="old", Precedence=5)
    after = app.call("update_group", UserPoolId=app.pool_id, GroupName="admins", Precedence=0, RoleArn=ROLE)["Group"]
    assert (after["Description"], after["Precedence"], after["RoleArn"]) == ("old", 0, ROLE)
    assert after["CreationDate"] == before["CreationDate"]
    assert get(app) == after


def test_deleting_a_group_ends_memberships_and_leaves_users(app: App) -> None:
    create(app)
    add(app, "alice", "admins")
    app.call("delete_group", UserPoolId=app.pool_id, GroupName="admins")
    assert groups_of(app, "alice") == []
    create(app)
    assert members(app, "admins") == []


def test_membership(app: App) -> None:
    create(app, "admins")
    create(app, "writers")
    add(app, "zoe", "admins")
    add(app, "alice", "writers", "admins", "admins")
    assert members(app, "admins") == ["zoe", "alice"]
    assert groups_of(app, "alice") == ["admins", "writers"]
    app.admin("admin_remove_user_from_group", "zoe", GroupName="admins")
    app.admin("admin_remove_user_from_group", "zoe", GroupName="admins")
    assert members(app, "admins") == ["alice"]
    assert groups_of(app, "zoe") == []


def test_members_are_shown_with_their_attributes(app: App) -> None:
    create(app)
    add(app, "alice", "admins")
    [user] = app.call("list_users_in_group", UserPoolId=app.pool_id, GroupName="admins")["Users"]
    assert user == app.users()[0]
    assert {"Name": "email", "Value": "alice@example.com"} in user["Attributes"]


def test_a_user_may_be_named_by_sub(app: App) -> None:
    create(app)
    add(app, "alice")
    app.admin("admin_add_user_to_group", app.sub(), GroupName="admins")
    assert members(app, "admins") == ["alice"]


def test_a_deleted_user_leaves_the_groups(app: App) -> None:
    create(app)
    add(app, "alice", "admins")
    app.admin("admin_delete_user")
    assert members(app, "admins") == []
    add(app, "alice")
    assert groups_of(app, "alice") == []


def test_pages(app: App) -> None:
    names = [f"g{place}" for place in range(5)]
    for name in reversed(names):
        create(app, name)
    usernames = [f"u{place}" for place in range(5)]
    for username in usernames:
        add(app, username, "g0")
    for name in names[1:]:
        app.admin("admin_add_user_to_group", "u0", GroupName=name)

    def pages(operation: str, member: str, key: str, **parameters: str) -> list[list[str]]:
        return [[one[key] for one in page[member]] for page in app.pages(operation, 2, **parameters)]

    assert pages("list_groups", "Groups", "GroupName") == [names[:2], names[2:4], names[4:]]
    of_user = pages("admin_list_groups_for_user", "Groups", "GroupName", Username="u0")
    assert of_user == [names[:2], names[2:4], names[4:]]
    in_group = pages("list_users_in_group", "Users", "Username", GroupName="g0")
    assert in_group == [usernames[:2], usernames[2:4], usernames[4:]]


def test_a_limit_of_zero_is_none(app: App) -> None:
    for place in range(61):
        create(app, f"g{place}")
    answer = app.call("list_groups", UserPoolId=app.pool_id, Limit=0)
    assert len(answer["Groups"]) == 60
    rest = app.call("list_groups", UserPoolId=app.pool_id, NextToken=answer["NextToken"])
    assert len(rest["Groups"]) == 1


def test_a_token_of_another_listing_is_refused(app: App) -> None:
    create(app, "a")
    create(app, "b")
    add(app, "alice", "a", "b")
    add(app, "bob", "a", "b")
    token = app.call("list_groups", UserPoolId=app.pool_id, Limit=1)["NextToken"]
    of_alice = {"UserPoolId": app.pool_id, "Username": "alice"}
    assert refusal(app.idp.admin_list_groups_for_user, NextToken=token, **of_alice) == PAGINATION_TOKEN_INVALID
    token = app.call("admin_list_groups_for_user", Limit=1, **of_alice)["NextToken"]
    of_bob = {"UserPoolId": app.pool_id, "Username": "bob"}
    assert refusal(app.idp.admin_list_groups_for_user, NextToken=token, **of_bob) == PAGINATION_TOKEN_INVALID
    assert (
        refusal(app.idp.list_users_in_group, UserPoolId=app.pool_id, GroupName="a", NextToken=token)
        == PAGINATION_TOKEN_INVALID
    )


def test_unknown_groups_and_users(app: App) -> None:
    create(app)
    add(app, "alice")
    idp = app.idp
    of_group: list[Call] = [idp.get_group, idp.update_group, idp.delete_group, idp.list_users_in_group]
    for call in of_group:
        assert refusal(call, UserPoolId=app.pool_id, GroupName="nobody") == NO_GROUP
    of_member: list[Call] = [idp.admin_add_user_to_group, idp.admin_remove_user_from_group]
    for call in of_member:
        assert refusal(call, UserPoolId=app.pool_id, Username="alice", GroupName="nobody") == NO_GROUP
        assert refusal(call, UserPoolId=app.pool_id, Username="nobody", GroupName="admins") == USER_NOT_FOUND
    assert refusal(idp.admin_list_groups_for_user, UserPoolId=app.pool_id, Username="nobody") == USER_NOT_FOUND


def test_unknown_pools(app: App) -> None:
    missing = "us-east-1_Missing00"
    for call in (app.idp.create_group, app.idp.get_group, app.idp.delete_group):
        assert refusal(call, UserPoolId=missing, GroupName="admins") == no_pool(missing)
    assert refusal(app.idp.list_groups, UserPoolId=missing) == no_pool(missing)


def test_a_pool_has_so_many_groups_and_no_more(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_cognito.cognito_idp.rules.quotas.GROUPS_OF_POOL", 2)
    create(app, "a")
    create(app, "b")
    assert refusal(app.idp.create_group, UserPoolId=app.pool_id, GroupName="c")[0] == "LimitExceededException"
