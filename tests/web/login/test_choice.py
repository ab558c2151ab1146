"""Choice-based sign-in in managed login: the name first, then what the user has."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, UserPool
from tests.support import pages
from tests.support.choice import ALL, first_factors
from tests.support.codes import last_code, wrong
from tests.support.functions import answering
from tests.support.pages import MANAGED, Browser, Site, open_sign_in
from tests.support.settings import SMS

CHOICE: dict[str, Any] = {"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return pages.make_pool(cognito, MANAGED, SmsConfiguration=SMS, **first_factors(*ALL))


@pytest.fixture
def client(pool: UserPool) -> Site:
    return pages.make_client(pool, **CHOICE)


@pytest.fixture
def browser(client: Site) -> Browser:
    """A browser in which alice has entered her name."""
    browser = open_sign_in(client)
    browser.submit("Next", username="alice")
    return browser


def test_the_name_is_asked_for_first(client: Site) -> None:
    assert "password" not in open_sign_in(client).page.forms[0].values


def test_what_alice_has_is_offered(browser: Browser) -> None:
    assert browser.page.path == "/selectChallenge"
    assert set(browser.page.forms[0].buttons) == {"Password", "Code by email", "Code by text message"}


def test_the_password(client: Site, browser: Browser) -> None:
    assert browser.submit("Password").path == "/login/password"
    assert browser.submit(password="Wrong1234!").error == "Incorrect username or password."
    assert browser.page.path == "/login/password"
    shown = browser.submit(password=client.password())
    assert pages.user_of(client, shown.code) == "alice"


@pytest.mark.parametrize(
    ("button", "address"), [("Code by email", "alice@example.com"), ("Code by text message", "+15555550100")]
)
def test_a_code(cognito: Cognito, client: Site, browser: Browser, button: str, address: str) -> None:
    assert browser.submit(button).path == "/verifyCode"
    code = last_code(cognito.outbox, address)
    assert browser.submit(authentication_code=wrong(code)).error == "Invalid code or auth state for the user."
    assert pages.user_of(client, browser.submit(authentication_code=code).code) == "alice"


def test_another_factor_after_a_code(cognito: Cognito, client: Site, browser: Browser) -> None:
    browser.submit("Code by email")
    code = last_code(cognito.outbox)
    assert browser.submit("Try another way").path == "/selectChallenge"
    browser.submit("Password")
    assert browser.post("/verifyCode", pages.query(client), authentication_code=code).path == "/selectChallenge"
    browser.submit("Password")
    assert browser.submit(password=client.password()).code


def test_one_request_with_name_and_password_is_enough(client: Site) -> None:
    browser = open_sign_in(client)
    shown = browser.submit(username="alice", password=client.password())

    assert pages.user_of(client, shown.code) == "alice"


def test_a_factor_that_alice_does_not_have(browser: Browser) -> None:
    shown = browser.submit(answer="WEB_AUTHN")

    assert (shown.path, shown.error) == ("/selectChallenge", "Invalid challenge selected.")


def test_a_user_with_a_password_alone_is_asked_for_it(cognito: Cognito, client: Site) -> None:
    client.pool.create_user("bob")
    browser = open_sign_in(client)

    assert browser.submit("Next", username="bob").path == "/login/password"
    assert browser.submit(password=client.password("bob")).code


def test_a_user_who_does_not_exist_is_not_told_from_others(pool: UserPool) -> None:
    client = pages.make_client(pool, **CHOICE, PreventUserExistenceErrors="ENABLED")
    browser = open_sign_in(client)

    assert browser.submit("Next", username="nobody").path == "/verifyCode"
    assert browser.submit(authentication_code="00000000").error == "Invalid code or auth state for the user."


def test_a_user_is_migrated(pool: UserPool) -> None:
    client = pages.make_client(pool, **CHOICE, PreventUserExistenceErrors="LEGACY")
    browser = open_sign_in(client)
    assert browser.submit("Next", username="bob").error == "User does not exist."
    pool.set_trigger(
        "UserMigration",
        answering(userAttributes={"email": "bob@example.com"}, finalUserStatus="CONFIRMED", messageAction="SUPPRESS"),
    )

    assert browser.submit("Next", username="bob").path == "/login/password"
    shown = browser.submit(password="Right1234!")
    assert pages.user_of(client, shown.code) == "bob"


def test_a_client_without_the_flow_asks_for_the_password(pool: UserPool) -> None:
    page = open_sign_in(pages.make_client(pool)).page

    assert set(page.forms[0].values) >= {"username", "password"}


def test_the_classic_pages_ask_for_the_password(cognito: Cognito) -> None:
    pool = pages.make_pool(cognito, SmsConfiguration=SMS, **first_factors(*ALL))

    assert "password" in open_sign_in(pages.make_client(pool, **CHOICE)).page.forms[0].values
