"""ConfirmSignUp and AdminConfirmSignUp: who is confirmed, by which codes, and what becomes of aliases."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, PHONE, VERIFIED_EMAIL
from tests.support.app import PASSWORD, App, MakeApp
from tests.support.codes import last_code, wrong
from tests.support.refusals import (
    ATTEMPT_LIMIT,
    CODE_EXPIRED,
    CODE_MISMATCH,
    EMAIL_TAKEN,
    NOT_CONFIRMED,
    USER_OF_CLIENT_NOT_FOUND,
    Refusal,
    not_authorized,
    refusal,
)
from tests.support.settings import VERIFY


def cannot_be_confirmed(status: str) -> Refusal:
    return not_authorized(f"User cannot be confirmed. Current status is {status}")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(**VERIFY)


@pytest.fixture
def aliases(make_app: MakeApp) -> App:
    """A pool in which alice holds the alias that bob has signed up with."""
    app = make_app(AliasAttributes=["email"], AutoVerifiedAttributes=["email"])
    app.confirmed("alice", VERIFIED_EMAIL)
    app.sign_up("bob", EMAIL)
    return app


@pytest.mark.parametrize(("given", "attribute"), [(EMAIL, "email"), (PHONE, "phone_number")])
def test_the_code_confirms_the_user_and_verifies_where_it_went(
    app: App, cognito_outbox: Outbox, given: dict[str, str], attribute: str
) -> None:
    app.sign_up("alice", given)
    answer = app.confirm("alice", last_code(cognito_outbox))
    assert answer == {}
    assert (app.status(), app.attributes()) == ("CONFIRMED", {**given, f"{attribute}_verified": "true"})


def test_what_got_no_code_stays_unverified(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", {**EMAIL, **PHONE})
    app.confirm("alice", last_code(cognito_outbox))
    assert app.attributes() == {**EMAIL, **PHONE, "phone_number_verified": "true", "email_verified": "false"}


def test_confirming_is_a_modification(app: App, cognito_outbox: Outbox, cognito_clock: Clock) -> None:
    app.sign_up("alice", EMAIL)
    created = app.admin("admin_get_user")["UserCreateDate"]
    cognito_clock.advance(minutes=5)
    app.confirm("alice", last_code(cognito_outbox))
    user = app.admin("admin_get_user")
    assert (user["UserCreateDate"], (user["UserLastModifiedDate"] - created).seconds // 60) == (created, 5)


def test_a_confirmed_user_signs_in(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", EMAIL)
    app.confirm("alice", last_code(cognito_outbox))
    assert app.access_token()


def test_a_wrong_code_does_not(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", EMAIL)
    before = app.users()
    assert refusal(app.confirm, username="alice", code=wrong(last_code(cognito_outbox))) == CODE_MISMATCH
    assert app.users() == before


def test_a_code_survives_a_wrong_one(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", EMAIL)
    refusal(app.confirm, username="alice", code=wrong(last_code(cognito_outbox)))
    app.confirm("alice", last_code(cognito_outbox))
    assert app.status() == "CONFIRMED"


def test_where_no_code_was_sent_none_is_right(app: App) -> None:
    app.sign_up("alice")
    assert refusal(app.confirm, username="alice", code="123456") == CODE_EXPIRED


@pytest.mark.parametrize(("hours", "fate"), [(23.9, None), (24, CODE_EXPIRED)])
def test_a_code_is_good_for_a_day(
    app: App, cognito_outbox: Outbox, cognito_clock: Clock, hours: float, fate: Refusal | None
) -> None:
    app.sign_up("alice", EMAIL)
    cognito_clock.advance(hours=hours)
    if fate is None:
        app.confirm("alice", last_code(cognito_outbox))
    else:
        assert refusal(app.confirm, username="alice", code=last_code(cognito_outbox)) == fate
    assert app.status() == ("UNCONFIRMED" if fate else "CONFIRMED")


def test_another_users_code_is_wrong(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", EMAIL)
    code = last_code(cognito_outbox)
    app.sign_up("bob", {"email": "bob@example.com"})
    assert code != last_code(cognito_outbox)
    assert refusal(app.confirm, username="bob", code=code) == CODE_MISMATCH


def test_nobody_is_confirmed_twice(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", EMAIL)
    app.confirm("alice", last_code(cognito_outbox))
    assert refusal(app.confirm, username="alice", code=last_code(cognito_outbox)) == cannot_be_confirmed("CONFIRMED")


@pytest.mark.parametrize(
    ("operation", "more"), [("confirm_sign_up", {"ConfirmationCode": "123456"}), ("resend_confirmation_code", {})]
)
def test_an_unknown_user_is_unknown(app: App, operation: str, more: dict[str, str]) -> None:
    assert refusal(app.public, operation=operation, **more) == USER_OF_CLIENT_NOT_FOUND


def test_an_unknown_user_looks_like_one_without_a_code(hiding: App) -> None:
    assert refusal(hiding.confirm, username="nobody", code="123456") == CODE_EXPIRED


@pytest.mark.parametrize("name", ["address", "sub"])
def test_a_user_is_confirmed_by_any_name(make_app: MakeApp, cognito_outbox: Outbox, name: str) -> None:
    app = make_app(UsernameAttributes=["email"], AutoVerifiedAttributes=["email"])
    sub = app.sign_up(EMAIL["email"])["UserSub"]
    app.confirm(sub if name == "sub" else EMAIL["email"], last_code(cognito_outbox))
    assert app.status(sub) == "CONFIRMED"


def test_fifteen_attempts_an_hour(app: App, cognito_outbox: Outbox, cognito_clock: Clock) -> None:
    app.sign_up("alice", EMAIL)
    code = last_code(cognito_outbox)
    for _ in range(15):
        assert refusal(app.confirm, username="alice", code=wrong(code)) == CODE_MISMATCH
    assert refusal(app.confirm, username="alice", code=code) == ATTEMPT_LIMIT
    cognito_clock.advance(hours=1)
    app.confirm("alice", code)
    assert app.status() == "CONFIRMED"


def test_the_attempts_are_counted_by_user(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("bob", {"email": "bob@example.com"})
    for _ in range(15):
        refusal(app.confirm, username="bob", code=wrong(last_code(cognito_outbox)))
    app.sign_up("alice", EMAIL)
    app.confirm("alice", last_code(cognito_outbox))
    assert app.status() == "CONFIRMED"


def test_an_alias_is_active_once_it_is_verified(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app(AliasAttributes=["email"], AutoVerifiedAttributes=["email"])
    app.sign_up("alice", EMAIL)
    assert refusal(app.admin, operation="admin_get_user", username=EMAIL["email"])[0] == "UserNotFoundException"
    app.confirm("alice", last_code(cognito_outbox))
    assert app.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"
    assert app.access_token(EMAIL["email"])


def test_an_alias_that_somebody_holds_is_refused(aliases: App, cognito_outbox: Outbox) -> None:
    before = aliases.users()
    assert refusal(aliases.confirm, username="bob", code=last_code(cognito_outbox)) == EMAIL_TAKEN
    assert aliases.users() == before


def test_a_refused_alias_can_be_forced_with_the_same_code(aliases: App, cognito_outbox: Outbox) -> None:
    code = last_code(cognito_outbox)
    refusal(aliases.confirm, username="bob", code=code)
    aliases.confirm("bob", code, ForceAliasCreation=True)
    assert aliases.admin("admin_get_user", EMAIL["email"])["Username"] == "bob"


def test_who_loses_an_alias_keeps_the_value_unverified(aliases: App, cognito_outbox: Outbox) -> None:
    aliases.confirm("bob", last_code(cognito_outbox), ForceAliasCreation=True)
    assert aliases.attributes("alice") == {**EMAIL, "email_verified": "false"}
    assert aliases.access_token("alice")
    assert aliases.attributes("bob") == VERIFIED_EMAIL


def test_force_without_need_does_no_harm(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", EMAIL)
    app.confirm("alice", last_code(cognito_outbox), ForceAliasCreation=True)
    assert app.status() == "CONFIRMED"


def test_aliases_are_one_whatever_their_case_where_the_pool_says_so(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app(
        AliasAttributes=["email"],
        AutoVerifiedAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
    )
    app.confirmed("alice", {"email": "Alice@Example.com", "email_verified": "true"})
    app.sign_up("bob", EMAIL)
    assert refusal(app.confirm, username="BOB", code=last_code(cognito_outbox)) == EMAIL_TAKEN
    assert app.admin("admin_get_user", "ALICE@EXAMPLE.COM")["Username"] == "alice"


def test_an_administrator_confirms_without_a_code(app: App) -> None:
    app.sign_up("alice", EMAIL)
    app.admin("admin_confirm_sign_up")
    assert (app.status(), app.attributes()) == ("CONFIRMED", {**EMAIL, "email_verified": "false"})


def test_an_administrators_confirmation_activates_no_alias(aliases: App) -> None:
    aliases.admin("admin_confirm_sign_up", "bob")
    assert aliases.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"


@pytest.mark.parametrize("status", ["CONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED"])
@pytest.mark.parametrize("admin", [False, True])
def test_only_who_is_unconfirmed_is_confirmed(app: App, status: str, admin: bool) -> None:
    if status == "FORCE_CHANGE_PASSWORD":
        app.create("alice", MessageAction="SUPPRESS")
    else:
        app.confirmed("alice", VERIFIED_EMAIL)
    if status == "RESET_REQUIRED":
        app.admin("admin_reset_user_password")
    call, given = (
        (app.admin, {"operation": "admin_confirm_sign_up"})
        if admin
        else (app.confirm, {"username": "alice", "code": "123456"})
    )
    assert refusal(call, **given) == cannot_be_confirmed(status)
    assert app.status() == status


@pytest.mark.parametrize("password", [PASSWORD, "Wrong-0ne!"])
def test_the_confirmation_comes_before_any_password(app: App, password: str) -> None:
    app.sign_up("alice", EMAIL)
    assert refusal(app.sign_in, username="alice", password=password) == NOT_CONFIRMED
