"""What a deleted user leaves behind for the next of the same name: nothing."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.outbox import Outbox
from tests.support.app import PASSWORD, App, MakeApp
from tests.support.refusals import REFRESH_TOKEN_OF_A_DELETED_USER, USER_NOT_FOUND, refusal
from tests.support.settings import VERIFY

EMAIL = {"email": "alice@example.com"}
VERIFIED = {**EMAIL, "email_verified": "true"}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with alice, confirmed and with a verified address."""
    pool = cognito.create_user_pool(**VERIFY)
    pool.create_user("alice", attributes=VERIFIED)
    return pool


def delete(app: App, by_admin: bool) -> None:
    if by_admin:
        app.admin("admin_delete_user")
    else:
        app.idp.delete_user(AccessToken=app.access_token())


@pytest.mark.parametrize("by_admin", [True, False])
def test_a_deleted_user_is_gone(app: App, by_admin: bool) -> None:
    signed_in = app.sign_in()
    delete(app, by_admin)
    assert app.users() == []
    assert refusal(app.admin, operation="admin_get_user") == USER_NOT_FOUND
    assert refusal(app.sign_in) == USER_NOT_FOUND
    assert refusal(app.idp.get_user, AccessToken=signed_in["AccessToken"]) == USER_NOT_FOUND
    assert refusal(app.refresh, token=signed_in["RefreshToken"]) == REFRESH_TOKEN_OF_A_DELETED_USER


def test_the_next_of_the_name_is_another_user(app: App) -> None:
    before = app.sub()
    app.admin("admin_delete_user")
    app.confirmed("alice")
    assert app.sub() != before
    assert app.attributes() == {}
    assert refusal(app.admin, operation="admin_get_user", username=before) == USER_NOT_FOUND


def test_the_next_of_the_name_cannot_be_entered_with_old_tokens(app: App) -> None:
    signed_in = app.sign_in()
    app.admin("admin_delete_user")
    app.confirmed("alice")
    assert refusal(app.idp.get_user, AccessToken=signed_in["AccessToken"]) == USER_NOT_FOUND
    assert refusal(app.refresh, token=signed_in["RefreshToken"]) == REFRESH_TOKEN_OF_A_DELETED_USER


def test_the_next_of_the_name_cannot_be_entered_by_a_session(app: App) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    challenge = app.begin("bob")
    app.admin("admin_delete_user", "bob")
    app.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    error = refusal(app.respond, challenge=challenge, username="bob", NEW_PASSWORD="St0len-one!")
    assert error.code == "NotAuthorizedException"
    assert app.status("bob") == "FORCE_CHANGE_PASSWORD"


def test_codes_and_limits_go_with_the_user(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("bob", {"email": "bob@example.com"})
    code = cognito_outbox.last().code
    for _ in range(5):
        app.public("resend_confirmation_code", "bob")
    app.admin("admin_delete_user", "bob")
    app.sign_up("bob", {"email": "bob@example.com"})
    error = refusal(app.confirm, username="bob", code=code)
    assert error.code in ("CodeMismatchException", "ExpiredCodeException")
    app.public("resend_confirmation_code", "bob")


def test_groups_and_aliases_go_with_the_user(make_app: MakeApp) -> None:
    app = make_app(AliasAttributes=["email"])
    app.confirmed("alice", VERIFIED)
    app.idp.create_group(UserPoolId=app.pool_id, GroupName="admins")
    app.admin("admin_add_user_to_group", GroupName="admins")
    app.admin("admin_delete_user")
    app.confirmed("alice")
    assert app.admin("admin_list_groups_for_user")["Groups"] == []
    assert app.idp.list_users_in_group(UserPoolId=app.pool_id, GroupName="admins")["Users"] == []
    app.confirmed("bob", VERIFIED)
    assert app.admin("admin_get_user", EMAIL["email"])["Username"] == "bob"


def test_a_lockout_goes_with_the_user(app: App) -> None:
    for _ in range(6):
        refusal(app.sign_in, password="Wr0ng-one!")
    app.admin("admin_delete_user")
    app.confirmed("alice")
    assert app.access_token()


def test_deleting_one_leaves_the_others(app: App) -> None:
    app.confirmed("bob")
    token = app.access_token("bob")
    app.admin("admin_delete_user")
    assert [user["Username"] for user in app.users()] == ["bob"]
    assert app.idp.get_user(AccessToken=token)["Username"] == "bob"
