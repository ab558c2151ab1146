"""What a point-in-time recovery brings back: users, groups and memberships as they were, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import boto3
import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp.records import USERS
from pytest_cognito.kernel.clock import Clock
from tests.support.app import NEW_PASSWORD, App, MakeApp
from tests.support.mfa import MakeMfaApp
from tests.support.recoveries import Recovery
from tests.support.refusals import INCORRECT, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

pytestmark = pytest.mark.needs("InitiatePointInTimeRecovery")


@pytest.fixture
def clock(cognito: Cognito) -> Clock:
    return cognito.clock


def later(clock: Clock) -> dt.datetime:
    """A moment, after which an hour has passed."""
    moment = clock.advance(hours=1)
    clock.advance(hours=1)
    return moment


def test_users(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(AliasAttributes=["email"])
    sub = app.pool.create_user("ann", email="ann@example.com").sub
    app.pool.create_user("bob", email="bob@example.com", name="Bob")
    moment = later(clock)
    before = app.users()
    app.admin("admin_delete_user", "ann")
    app.admin("admin_update_user_attributes", "bob", UserAttributes=[{"Name": "name", "Value": "Robert"}])
    app.admin("admin_disable_user", "bob")
    app.pool.create_user("cid", email="ann@example.com")

    assert Recovery.run(app, moment) == {"Users": (1, 1, 1)}
    assert app.users() == before
    assert app.sub("ann") == sub
    assert app.sign_in("ann@example.com")["AccessToken"]
    assert [user["Username"] for user in app.users(Filter='email = "ann@example.com"')] == ["ann"]


def test_groups_and_memberships(make_app: MakeApp, clock: Clock) -> None:
    app = make_app()
    app.pool.create_user("ann", groups=["staff", "old"])
    app.pool.create_user("bob")
    app.pool.create_group("changed", Description="as it was")
    moment = later(clock)
    app.call("delete_group", UserPoolId=app.pool_id, GroupName="old")
    app.admin("admin_remove_user_from_group", "ann", GroupName="staff")
    app.pool.add_to_group("bob", "staff")
    app.pool.create_group("new")
    app.pool.create_group("changed", Description="as it is")

    assert Recovery.run(app, moment) == {"Groups": (1, 2, 1)}
    assert sorted(app.pool.groups) == ["changed", "old", "staff"]
    assert app.pool.user("ann").groups == ["old", "staff"]
    assert app.pool.user("bob").groups == []
    group = app.call("get_group", UserPoolId=app.pool_id, GroupName="changed")["Group"]
    assert group["Description"] == "as it was"


def test_a_deleted_user_comes_back_with_password_and_groups(make_app: MakeApp, clock: Clock) -> None:
    app = make_app()
    app.pool.create_user("ann", groups=["staff"])
    moment = later(clock)
    app.admin("admin_delete_user", "ann")

    assert Recovery.run(app, moment) == {"Users": (1, 0, 0), "Groups": (0, 1, 0)}
    assert (app.pool.user("ann").groups, bool(app.sign_in("ann"))) == (["staff"], True)


def test_another_user_of_the_same_name_is_replaced(make_app: MakeApp, clock: Clock) -> None:
    app = make_app()
    sub = app.pool.create_user("ann", groups=["staff"]).sub
    moment = later(clock)
    app.admin("admin_delete_user", "ann")
    app.pool.create_user("ann", password=NEW_PASSWORD, groups=["other"])
    token = app.sign_in("ann", NEW_PASSWORD)["RefreshToken"]
    Recovery.run(app, moment)

    assert (app.sub("ann"), app.pool.user("ann").groups) == (sub, ["staff"])
    assert app.sign_in("ann")["AccessToken"]
    assert refusal(app.refresh, token=token).code == "NotAuthorizedException"


def test_who_has_changed_the_password_keeps_it(make_app: MakeApp, clock: Clock) -> None:
    app = make_app()
    app.pool.create_user("ann", name="Ann")
    moment = later(clock)
    app.admin("admin_set_user_password", "ann", Password=NEW_PASSWORD, Permanent=True)
    assert Recovery.begin(app, moment).counts() == {"Users": (0, 1, 0)}
    app.pool.world.clock.advance(hours=24)
    app.admin("admin_update_user_attributes", "ann", UserAttributes=[{"Name": "name", "Value": "Anna"}])

    moment = clock.now() - dt.timedelta(hours=1)
    Recovery.run(app, moment)
    assert app.attributes("ann")["name"] == "Ann"
    assert refusal(app.begin, username="ann") == INCORRECT
    assert app.sign_in("ann", NEW_PASSWORD)["AccessToken"]


def test_mfa_settings(make_mfa_app: MakeMfaApp, clock: Clock) -> None:
    app = make_mfa_app("OPTIONAL", "SOFTWARE_TOKEN_MFA")
    app.pool.create_user("ann")
    token = app.access_token("ann")
    secret = app.call("associate_software_token", AccessToken=token)["SecretCode"]
    code = pyotp.TOTP(secret).at(clock.now())
    app.call("verify_software_token", AccessToken=token, UserCode=code)
    on = {"Enabled": True, "PreferredMfa": True}
    app.call("set_user_mfa_preference", AccessToken=token, SoftwareTokenMfaSettings=on)
    moment = later(clock)
    app.admin("admin_set_user_mfa_preference", "ann", SoftwareTokenMfaSettings={"Enabled": False})
    assert "AuthenticationResult" in app.begin("ann")

    counts = Recovery.run(app, moment)
    assert counts["User MFAs"] == (0, 1, 0)
    challenge = app.begin("ann")
    assert challenge["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    code = pyotp.TOTP(secret).at(clock.now())
    assert "AuthenticationResult" in app.respond(challenge, "ann", SOFTWARE_TOKEN_MFA_CODE=code)


def test_a_pool_s_own_settings_stay(make_app: MakeApp, clock: Clock) -> None:
    app = make_app()
    moment = later(clock)
    client = app.pool.create_client(ClientName="new").id
    app.call("update_user_pool", UserPoolId=app.pool_id, DeletionProtection="ACTIVE")

    assert Recovery.run(app, moment) == {}
    pool = app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]
    assert (pool["DeletionProtection"], client in [each.id for each in app.pool.clients]) == ("ACTIVE", True)


def test_a_second_recovery_knows_who_was_away(make_app: MakeApp, clock: Clock) -> None:
    """What a recovery has brought back was not there between its deletion and the recovery."""
    app = make_app(UserPoolTier="PLUS")
    app.pool.create_user("ann")
    there = later(clock)
    app.admin("admin_delete_user", "ann")
    away = later(clock)
    Recovery.run(app, there)
    clock.advance(days=2)

    assert Recovery.run(app, away) == {"Users": (0, 0, 1)}
    clock.advance(days=2)
    assert Recovery.run(app, there) == {"Users": (1, 0, 0)}


def test_another_pool_is_left_alone(make_app: MakeApp, clock: Clock) -> None:
    app, other = make_app(), make_app()
    moment = later(clock)
    app.create("bob")
    other.create("bob")
    Recovery.run(app, moment)

    assert [len(each.users()) for each in (app, other)] == [0, 1]


NAMES = st.sampled_from(["ann", "bob", "cid"])
GROUPS = st.sampled_from(["staff", "readers"])
ACTIONS = st.one_of(
    st.tuples(st.just("create"), NAMES),
    st.tuples(st.just("delete"), NAMES),
    st.tuples(st.just("rename"), NAMES, st.sampled_from(["x", "y"])),
    st.tuples(st.just("join"), NAMES, GROUPS),
    st.tuples(st.just("leave"), NAMES, GROUPS),
    st.tuples(st.just("drop"), GROUPS),
)


def act(pool: UserPool, action: tuple[str, ...]) -> None:
    """Do something if it is possible."""
    verb, name, *more = action
    there = pool.find_user(name) is not None
    if verb == "create" and not there:
        pool.create_user(name)
    elif verb == "delete" and there:
        pool.call("AdminDeleteUser", Username=name)
    elif verb == "rename" and there:
        pool.call("AdminUpdateUserAttributes", Username=name, UserAttributes=[{"Name": "name", "Value": more[0]}])
    elif verb == "join" and there:
        pool.add_to_group(name, more[0])
    elif verb == "leave" and there and more[0] in pool.groups:
        pool.call("AdminRemoveUserFromGroup", Username=name, GroupName=more[0])
    elif verb == "drop" and name in pool.groups:
        pool.call("DeleteGroup", GroupName=name)


def seen(pool: UserPool) -> dict[str, Any]:
    users = {record.username: replace(record, modified=record.created) for record in pool.world.store[USERS]}
    members = {user.username: user.groups for user in pool.users}
    return {"users": users, "members": members, "groups": pool.call("ListGroups")["Groups"]}


@pytest.fixture(scope="module")
def client() -> CognitoIdentityProviderClient:
    return boto3.client("cognito-idp", "us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing")


@settings(max_examples=40)
@given(before=st.lists(ACTIONS, max_size=6), after=st.lists(ACTIONS, max_size=8))
def test_a_pool_is_what_it_was(
    client: CognitoIdentityProviderClient, before: list[tuple[str, ...]], after: list[tuple[str, ...]]
) -> None:
    with mock_cognito(seed="recovered", region="us-east-1") as cognito:
        pool = cognito.create_user_pool()
        for action in before:
            cognito.clock.advance(minutes=1)
            act(pool, action)
        moment = later(cognito.clock)
        then = seen(pool)
        for action in after:
            cognito.clock.advance(minutes=1)
            act(pool, action)
        Recovery.run(App(client, pool), moment)
        assert seen(pool) == then
