"""Users: read, disabled, enabled, deleted; by administrators and by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pools import PASSWORD, VERIFY, Pool, make, pairs
from tests.support.refusals import refusal

EMAIL = {"email": "alice@example.com"}
VERIFIED = {**EMAIL, "email_verified": "true"}
NO_USER = ("UserNotFoundException", "User does not exist.")
DISABLED = ("NotAuthorizedException", "User is disabled.")
ADMIN = ["admin_get_user", "admin_delete_user", "admin_disable_user", "admin_enable_user"]


@pytest.fixture
def pool(cognito_idp: Any) -> Pool:
    """A pool with alice, confirmed and with a verified address."""
    pool = make(cognito_idp, **VERIFY)
    pool.confirmed("alice", VERIFIED)
    return pool


def test_an_administrator_sees_the_whole_user(pool: Pool, cognito_idp: Any) -> None:
    user = pool.admin("admin_get_user")
    del user["ResponseMetadata"]
    created, modified = user.pop("UserCreateDate"), user.pop("UserLastModifiedDate")
    assert created.tzinfo is not None
    assert created <= modified
    assert user == {
        "Username": "alice",
        "UserAttributes": pairs({"sub": pool.sub(), **VERIFIED}),
        "Enabled": True,
        "UserStatus": "CONFIRMED",
    }


@pytest.mark.parametrize("operation", ADMIN)
def test_an_unknown_user(pool: Pool, operation: str) -> None:
    before = pool.users()
    assert refusal(pool.admin, operation=operation, username="bob") == NO_USER
    assert pool.users() == before


@pytest.mark.parametrize("operation", ADMIN)
def test_an_unknown_pool(pool: Pool, cognito_idp: Any, operation: str) -> None:
    elsewhere = Pool(cognito_idp, "us-east-1_Unknown00", pool.client_id)
    assert refusal(elsewhere.admin, operation=operation) == (
        "ResourceNotFoundException",
        "User pool us-east-1_Unknown00 does not exist.",
    )


@pytest.mark.parametrize("operation", ADMIN)
def test_names_are_checked_before_they_are_looked_up(pool: Pool, operation: str) -> None:
    code, message = refusal(pool.admin, operation=operation, username="two words")
    assert (code, message.startswith("1 validation error detected: ")) == ("InvalidParameterException", True)


@pytest.mark.parametrize("name", ["username", "sub", "email"])
def test_a_user_is_found_by_name_sub_and_active_alias(cognito_idp: Any, name: str) -> None:
    pool = make(cognito_idp, AliasAttributes=["email"])
    pool.confirmed("alice", VERIFIED)
    known = {"username": "alice", "sub": pool.sub(), "email": EMAIL["email"]}
    assert pool.admin("admin_get_user", known[name])["Username"] == "alice"


@pytest.mark.parametrize(
    ("settings", "given", "alias", "found"),
    [
        ({"AliasAttributes": ["email"]}, EMAIL, EMAIL["email"], False),
        ({"AliasAttributes": ["email"]}, {**EMAIL, "email_verified": "false"}, EMAIL["email"], False),
        ({}, VERIFIED, EMAIL["email"], False),
        ({"AliasAttributes": ["preferred_username"]}, {"preferred_username": "al"}, "al", True),
        ({}, {"preferred_username": "al"}, "al", False),
    ],
)
def test_an_alias_names_a_user_only_when_active(
    cognito_idp: Any, settings: dict[str, Any], given: dict[str, str], alias: str, found: bool
) -> None:
    pool = make(cognito_idp, **settings)
    pool.confirmed("alice", given)
    if found:
        assert pool.admin("admin_get_user", alias)["Username"] == "alice"
    else:
        assert refusal(pool.admin, operation="admin_get_user", username=alias) == NO_USER


@pytest.mark.parametrize(("sensitive", "found"), [(True, False), (False, True)])
def test_case_counts_where_the_pool_says_so(cognito_idp: Any, sensitive: bool, found: bool) -> None:
    pool = make(cognito_idp, UsernameConfiguration={"CaseSensitive": sensitive})
    pool.confirmed("Älice")
    if found:
        assert pool.admin("admin_get_user", "ÄLICE")["Username"] == "älice"
    else:
        assert refusal(pool.admin, operation="admin_get_user", username="ÄLICE") == NO_USER


def test_another_pools_user_is_unknown_here(pool: Pool, cognito_idp: Any) -> None:
    assert refusal(make(cognito_idp).admin, operation="admin_get_user") == NO_USER


def test_a_disabled_user_neither_signs_in_nor_uses_tokens(pool: Pool, cognito_idp: Any) -> None:
    token = pool.token()
    pool.admin("admin_disable_user")
    assert pool.admin("admin_get_user")["Enabled"] is False
    assert refusal(pool.sign_in) == DISABLED
    assert refusal(cognito_idp.get_user, AccessToken=token) == DISABLED


def test_an_enabled_user_signs_in_again_but_old_tokens_stay_revoked(pool: Pool, cognito_idp: Any) -> None:
    signed_in = pool.sign_in()["AuthenticationResult"]
    pool.admin("admin_disable_user")
    pool.admin("admin_enable_user")
    assert pool.token()
    assert refusal(cognito_idp.get_user, AccessToken=signed_in["AccessToken"]) == (
        "NotAuthorizedException",
        "Access Token has been revoked",
    )
    assert refusal(
        cognito_idp.initiate_auth,
        ClientId=pool.client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": signed_in["RefreshToken"]},
    ) == ("NotAuthorizedException", "Refresh Token has been revoked")


@pytest.mark.parametrize("operation", ["admin_disable_user", "admin_enable_user"])
def test_disabling_and_enabling_can_be_repeated(pool: Pool, operation: str) -> None:
    pool.admin(operation)
    pool.admin(operation)
    assert pool.admin("admin_get_user")["Enabled"] is (operation == "admin_enable_user")


@pytest.mark.parametrize("operation", ["admin_disable_user", "admin_enable_user"])
def test_disabling_and_enabling_modify_the_user_and_keep_the_status(
    pool: Pool, cognito_clock: Any, operation: str
) -> None:
    before = pool.admin("admin_get_user")
    cognito_clock.advance(hours=1)
    pool.admin(operation)
    after = pool.admin("admin_get_user")
    assert after["UserStatus"] == before["UserStatus"]
    assert after["UserCreateDate"] == before["UserCreateDate"]
    assert after["UserLastModifiedDate"] > before["UserLastModifiedDate"]


def delete(pool: Pool, by_admin: bool) -> None:
    if by_admin:
        pool.admin("admin_delete_user")
    else:
        pool.idp.delete_user(AccessToken=pool.token())


@pytest.mark.parametrize("by_admin", [True, False])
def test_a_deleted_user_is_gone(pool: Pool, cognito_idp: Any, by_admin: bool) -> None:
    signed_in = pool.sign_in()["AuthenticationResult"]
    delete(pool, by_admin)
    assert pool.users() == []
    assert refusal(pool.admin, operation="admin_get_user") == NO_USER
    assert refusal(pool.sign_in) == NO_USER
    assert refusal(cognito_idp.get_user, AccessToken=signed_in["AccessToken"]) == NO_USER
    assert refusal(
        cognito_idp.initiate_auth,
        ClientId=pool.client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": signed_in["RefreshToken"]},
    ) == ("NotAuthorizedException", "Invalid Refresh Token")


def test_the_next_of_the_name_is_another_user(pool: Pool) -> None:
    before = pool.sub()
    pool.admin("admin_delete_user")
    pool.confirmed("alice")
    assert pool.sub() != before
    assert pool.attributes() == {}
    assert refusal(pool.admin, operation="admin_get_user", username=before) == NO_USER


def test_the_next_of_the_name_cannot_be_entered_with_old_tokens(pool: Pool, cognito_idp: Any) -> None:
    signed_in = pool.sign_in()["AuthenticationResult"]
    pool.admin("admin_delete_user")
    pool.confirmed("alice")
    assert refusal(cognito_idp.get_user, AccessToken=signed_in["AccessToken"]) == NO_USER
    assert refusal(
        cognito_idp.initiate_auth,
        ClientId=pool.client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": signed_in["RefreshToken"]},
    ) == ("NotAuthorizedException", "Invalid Refresh Token")


def test_the_next_of_the_name_cannot_be_entered_by_a_session(pool: Pool, cognito_idp: Any) -> None:
    pool.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    session = pool.sign_in("bob")["Session"]
    pool.admin("admin_delete_user", "bob")
    pool.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    assert (
        refusal(
            cognito_idp.respond_to_auth_challenge,
            ClientId=pool.client_id,
            ChallengeName="NEW_PASSWORD_REQUIRED",
            Session=session,
            ChallengeResponses={"USERNAME": "bob", "NEW_PASSWORD": "St0len-one!"},
        )[0]
        == "NotAuthorizedException"
    )
    assert pool.status("bob") == "FORCE_CHANGE_PASSWORD"


def test_codes_and_limits_go_with_the_user(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("bob", {"email": "bob@example.com"})
    code = cognito_outbox.last().code
    for _ in range(5):
        pool.public("resend_confirmation_code", "bob")
    pool.admin("admin_delete_user", "bob")
    pool.sign_up("bob", {"email": "bob@example.com"})
    assert refusal(pool.confirm, username="bob", code=code)[0] in ("CodeMismatchException", "ExpiredCodeException")
    pool.public("resend_confirmation_code", "bob")


def test_groups_and_aliases_go_with_the_user(cognito_idp: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["email"])
    pool.confirmed("alice", VERIFIED)
    cognito_idp.create_group(UserPoolId=pool.id, GroupName="admins")
    pool.admin("admin_add_user_to_group", GroupName="admins")
    pool.admin("admin_delete_user")
    pool.confirmed("alice")
    assert pool.admin("admin_list_groups_for_user")["Groups"] == []
    assert cognito_idp.list_users_in_group(UserPoolId=pool.id, GroupName="admins")["Users"] == []
    pool.confirmed("bob", VERIFIED)
    assert pool.admin("admin_get_user", EMAIL["email"])["Username"] == "bob"


def test_a_lockout_goes_with_the_user(pool: Pool) -> None:
    for _ in range(6):
        refusal(pool.sign_in, password="Wr0ng-one!")
    pool.admin("admin_delete_user")
    pool.confirmed("alice")
    assert pool.token()


def test_deleting_one_leaves_the_others(pool: Pool) -> None:
    pool.confirmed("bob")
    token = pool.token("bob")
    pool.admin("admin_delete_user")
    assert [user["Username"] for user in pool.users()] == ["bob"]
    assert pool.idp.get_user(AccessToken=token)["Username"] == "bob"


def test_a_user_sees_himself(pool: Pool, cognito_idp: Any) -> None:
    user = cognito_idp.get_user(AccessToken=pool.token())
    del user["ResponseMetadata"]
    assert user == {"Username": "alice", "UserAttributes": pairs({"sub": pool.sub(), **VERIFIED})}


@pytest.mark.parametrize(
    ("readable", "seen"),
    [
        (["name"], {"name"}),
        (["email", "email_verified"], {"email", "email_verified"}),
        (["oidc:profile"], {"name", "locale"}),
        (["address"], set()),
    ],
)
def test_a_user_sees_what_the_client_may_read(cognito_idp: Any, readable: list[str], seen: set[str]) -> None:
    pool = make(cognito_idp, {"ReadAttributes": readable})
    pool.confirmed("alice", {**VERIFIED, "name": "Alice", "locale": "en"})
    listed = cognito_idp.get_user(AccessToken=pool.token())["UserAttributes"]
    assert {one["Name"] for one in listed} == {"sub", *seen}


@pytest.mark.parametrize("operation", ["get_user", "delete_user"])
@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda tokens: "no.token", "Invalid Access Token"),
        (lambda tokens: tokens.id_token, "Invalid Access Token"),
        (lambda tokens: tokens.expired().access_token, "Access Token has expired"),
        (lambda tokens: tokens.tampered().access_token, "Could not verify signature for Access Token"),
    ],
)
def test_a_spoiled_token_is_refused(
    cognito: Any, pool: Pool, cognito_idp: Any, operation: str, spoil: Any, message: str
) -> None:
    tokens = cognito.pools[0].tokens_for("alice")
    refused = refusal(getattr(cognito_idp, operation), AccessToken=spoil(tokens))
    assert refused == ("NotAuthorizedException", message)
    assert pool.status() == "CONFIRMED"


@pytest.mark.parametrize("operation", ["get_user", "delete_user"])
def test_the_token_needs_the_scope_of_the_api(cognito: Any, pool: Pool, cognito_idp: Any, operation: str) -> None:
    token = cognito.pools[0].tokens_for("alice", scopes=["notes/read"]).access_token
    assert refusal(getattr(cognito_idp, operation), AccessToken=token) == (
        "NotAuthorizedException",
        "Access Token does not have required scopes",
    )


@pytest.mark.parametrize("operation", ["get_user", "delete_user"])
def test_the_token_is_checked_by_its_form_first(cognito_idp: Any, operation: str) -> None:
    code, message = refusal(getattr(cognito_idp, operation), AccessToken="not a token")
    assert code == "InvalidParameterException"
    assert message == (
        "1 validation error detected: Value at 'accessToken' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+"
    )


@pytest.mark.parametrize("operation", ["get_user", "delete_user"])
def test_a_user_who_must_reset_the_password_does_that_first(pool: Pool, cognito_idp: Any, operation: str) -> None:
    token = pool.token()
    pool.admin("admin_reset_user_password")
    assert refusal(getattr(cognito_idp, operation), AccessToken=token) == (
        "PasswordResetRequiredException",
        "Password reset required for the user",
    )
