"""Users: read, disabled, enabled, deleted; by administrators and by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, Tokens, User, UserPool
from pytest_cognito.kernel.clock import Clock
from tests.support.app import App, MakeApp, pairs
from tests.support.refusals import (
    ACCESS_TOKEN_REVOKED,
    ACCESS_TOKEN_SCOPE_MISSING,
    REFRESH_TOKEN_REVOKED,
    RESET_REQUIRED,
    USER_DISABLED,
    USER_NOT_FOUND,
    invalid_parameter,
    no_pool,
    not_authorized,
    refusal,
)
from tests.support.settings import VERIFY

EMAIL = {"email": "alice@example.com"}
VERIFIED = {**EMAIL, "email_verified": "true"}
ADMIN = ["admin_get_user", "admin_delete_user", "admin_disable_user", "admin_enable_user"]
BY_TOKEN = pytest.mark.parametrize("operation", ["get_user", "delete_user"])


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with alice, confirmed and with a verified address."""
    pool = cognito.create_user_pool(**VERIFY)
    pool.create_user("alice", attributes=VERIFIED)
    return pool


def test_an_administrator_sees_the_whole_user(app: App) -> None:
    user = app.admin("admin_get_user")
    created, modified = user.pop("UserCreateDate"), user.pop("UserLastModifiedDate")
    assert created.tzinfo is not None
    assert created <= modified
    assert user == {
        "Username": "alice",
        "UserAttributes": pairs({"sub": app.sub(), **VERIFIED}),
        "Enabled": True,
        "UserStatus": "CONFIRMED",
    }


@pytest.mark.parametrize("operation", ADMIN)
def test_an_unknown_user(app: App, operation: str) -> None:
    before = app.users()
    assert refusal(app.admin, operation=operation, username="bob") == USER_NOT_FOUND
    assert app.users() == before


@pytest.mark.parametrize("operation", ADMIN)
def test_an_unknown_pool(app: App, operation: str) -> None:
    error = refusal(app.call, operation=operation, UserPoolId="us-east-1_Unknown00", Username="alice")
    assert error == no_pool("us-east-1_Unknown00")


@pytest.mark.parametrize("operation", ADMIN)
def test_names_are_checked_before_they_are_looked_up(app: App, operation: str) -> None:
    error = refusal(app.admin, operation=operation, username="two words")
    assert error.code == "InvalidParameterException"
    assert error.message.startswith("1 validation error detected: ")


@pytest.mark.parametrize("name", ["username", "sub", "email"])
def test_a_user_is_found_by_name_sub_and_active_alias(make_app: MakeApp, name: str) -> None:
    app = make_app(AliasAttributes=["email"])
    app.confirmed("alice", VERIFIED)
    known = {"username": "alice", "sub": app.sub(), "email": EMAIL["email"]}
    assert app.admin("admin_get_user", known[name])["Username"] == "alice"


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
    make_app: MakeApp, settings: dict[str, Any], given: dict[str, str], alias: str, found: bool
) -> None:
    app = make_app(**settings)
    app.confirmed("alice", given)
    if found:
        assert app.admin("admin_get_user", alias)["Username"] == "alice"
    else:
        assert refusal(app.admin, operation="admin_get_user", username=alias) == USER_NOT_FOUND


@pytest.mark.parametrize(("sensitive", "found"), [(True, False), (False, True)])
def test_case_counts_where_the_pool_says_so(make_app: MakeApp, sensitive: bool, found: bool) -> None:
    app = make_app(UsernameConfiguration={"CaseSensitive": sensitive})
    app.confirmed("Älice")
    if found:
        assert app.admin("admin_get_user", "ÄLICE")["Username"] == "älice"
    else:
        assert refusal(app.admin, operation="admin_get_user", username="ÄLICE") == USER_NOT_FOUND


@pytest.mark.usefixtures("pool")
def test_another_pools_user_is_unknown_here(make_app: MakeApp) -> None:
    assert refusal(make_app().admin, operation="admin_get_user") == USER_NOT_FOUND


def test_a_disabled_user_neither_signs_in_nor_uses_tokens(app: App) -> None:
    token = app.access_token()
    app.admin("admin_disable_user")
    assert app.admin("admin_get_user")["Enabled"] is False
    assert refusal(app.sign_in) == USER_DISABLED
    assert refusal(app.idp.get_user, AccessToken=token) == USER_DISABLED


def test_an_enabled_user_signs_in_again_but_old_tokens_stay_revoked(app: App) -> None:
    signed_in = app.sign_in()
    app.admin("admin_disable_user")
    app.admin("admin_enable_user")
    assert app.access_token()
    assert refusal(app.idp.get_user, AccessToken=signed_in["AccessToken"]) == ACCESS_TOKEN_REVOKED
    assert refusal(app.refresh, token=signed_in["RefreshToken"]) == REFRESH_TOKEN_REVOKED


@pytest.mark.parametrize("operation", ["admin_disable_user", "admin_enable_user"])
def test_disabling_and_enabling_can_be_repeated(app: App, operation: str) -> None:
    app.admin(operation)
    app.admin(operation)
    assert app.admin("admin_get_user")["Enabled"] is (operation == "admin_enable_user")


@pytest.mark.parametrize("operation", ["admin_disable_user", "admin_enable_user"])
def test_disabling_and_enabling_modify_the_user_and_keep_the_status(
    app: App, cognito_clock: Clock, operation: str
) -> None:
    before = app.admin("admin_get_user")
    cognito_clock.advance(hours=1)
    app.admin(operation)
    after = app.admin("admin_get_user")
    assert after["UserStatus"] == before["UserStatus"]
    assert after["UserCreateDate"] == before["UserCreateDate"]
    assert after["UserLastModifiedDate"] > before["UserLastModifiedDate"]


def test_users_see_themselves(app: App) -> None:
    user = app.call("get_user", AccessToken=app.access_token())
    assert user == {"Username": "alice", "UserAttributes": pairs({"sub": app.sub(), **VERIFIED})}


@pytest.mark.parametrize(
    ("readable", "seen"),
    [
        (["name"], {"name"}),
        (["email", "email_verified"], {"email", "email_verified"}),
        (["oidc:profile"], {"name", "locale"}),
        (["address"], set()),
    ],
)
def test_a_user_sees_what_the_client_may_read(make_app: MakeApp, readable: list[str], seen: set[str]) -> None:
    app = make_app({"ReadAttributes": readable})
    app.confirmed("alice", {**VERIFIED, "name": "Alice", "locale": "en"})
    listed = app.idp.get_user(AccessToken=app.access_token())["UserAttributes"]
    assert {one["Name"] for one in listed} == {"sub", *seen}


@BY_TOKEN
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
    app: App, alice: User, operation: str, spoil: Callable[[Tokens], str], message: str
) -> None:
    tokens = alice.tokens()
    refused = refusal(app.call, operation=operation, AccessToken=spoil(tokens))
    assert refused == not_authorized(message)
    assert app.status() == "CONFIRMED"


@BY_TOKEN
def test_the_token_needs_the_scope_of_the_api(app: App, alice: User, operation: str) -> None:
    token = alice.tokens(scopes=["notes/read"]).access_token
    assert refusal(app.call, operation=operation, AccessToken=token) == ACCESS_TOKEN_SCOPE_MISSING


@BY_TOKEN
def test_the_token_is_checked_by_its_form_first(app: App, operation: str) -> None:
    assert refusal(app.call, operation=operation, AccessToken="not a token") == invalid_parameter(
        "1 validation error detected: Value at 'accessToken' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+"
    )


@BY_TOKEN
def test_a_user_who_must_reset_the_password_does_that_first(app: App, operation: str) -> None:
    token = app.access_token()
    app.admin("admin_reset_user_password")
    assert refusal(app.call, operation=operation, AccessToken=token) == RESET_REQUIRED
