"""AdminCreateUser: names and aliases that are taken."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.addresses import EMAIL, PHONE, VERIFIED_EMAIL
from tests.support.app import SILENT, App, MakeApp
from tests.support.refusals import ACCOUNT_EXISTS, EMAIL_TAKEN, refusal
from tests.support.settings import SMS

BOTH = {**EMAIL, **PHONE}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(SmsConfiguration=SMS)


def test_a_user_name_is_taken_once(app: App) -> None:
    app.sign_up("alice")
    before = app.users()
    assert refusal(app.create, username="alice", attributes=EMAIL) == ACCOUNT_EXISTS
    assert app.users() == before


@pytest.mark.parametrize("wanted", [["email"], ["email", "phone_number"]])
def test_an_address_in_place_of_the_name_is_taken_once(make_app: MakeApp, wanted: list[str]) -> None:
    app = make_app(UsernameAttributes=wanted)
    sub = app.create("alice@example.com", **SILENT)["Username"]
    assert app.attributes(sub) == EMAIL
    assert refusal(app.create, username="alice@example.com") == ACCOUNT_EXISTS


def test_the_other_attribute_that_users_sign_in_with_is_taken_once_too(make_app: MakeApp) -> None:
    app = make_app(UsernameAttributes=["email", "phone_number"])
    app.create("alice@example.com", **SILENT)
    assert refusal(app.create, username="+15555550123", attributes=EMAIL, **SILENT) == ACCOUNT_EXISTS


def test_case_does_not_count_where_the_pool_says_so(make_app: MakeApp) -> None:
    app = make_app(UsernameConfiguration={"CaseSensitive": False})
    assert app.create("Alice", **SILENT)["Username"] == "alice"
    assert refusal(app.create, username="ALICE") == ACCOUNT_EXISTS


def test_a_verified_alias_is_active_at_once(make_app: MakeApp) -> None:
    app = make_app(AliasAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    app.create("alice", {**BOTH, "email_verified": "true"}, **SILENT)
    assert app.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"
    assert refusal(app.admin, operation="admin_get_user", username=PHONE["phone_number"])[0] == "UserNotFoundException"


def test_a_verified_alias_that_somebody_holds_is_refused(make_app: MakeApp) -> None:
    app = make_app(AliasAttributes=["email"])
    app.create("alice", VERIFIED_EMAIL, **SILENT)
    before = app.users()
    refused = refusal(app.create, username="bob", attributes=VERIFIED_EMAIL, **SILENT)
    assert refused == EMAIL_TAKEN
    assert app.users() == before


def test_a_verified_alias_is_taken_over_by_force(make_app: MakeApp) -> None:
    app = make_app(AliasAttributes=["email"])
    app.create("alice", VERIFIED_EMAIL, **SILENT)
    app.create("bob", VERIFIED_EMAIL, ForceAliasCreation=True, **SILENT)
    assert app.admin("admin_get_user", EMAIL["email"])["Username"] == "bob"
    assert app.attributes("alice") == {**EMAIL, "email_verified": "false"}


@pytest.mark.parametrize("force", [True, False])
def test_an_unverified_alias_disturbs_nobody(make_app: MakeApp, force: bool) -> None:
    app = make_app(AliasAttributes=["email"])
    app.create("alice", VERIFIED_EMAIL, **SILENT)
    app.create("bob", EMAIL, ForceAliasCreation=force, **SILENT)
    assert app.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"


def test_a_user_name_is_nobodys_alias_even_by_force(make_app: MakeApp) -> None:
    app = make_app(AliasAttributes=["preferred_username"])
    app.create("alice", **SILENT)
    given = {"username": "bob", "attributes": {"preferred_username": "alice"}, "ForceAliasCreation": True}
    assert refusal(app.create, **given)[0] == "AliasExistsException"
    assert [user["Username"] for user in app.users()] == ["alice"]
