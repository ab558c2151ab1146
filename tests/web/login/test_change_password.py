"""The page on which a temporary password is replaced."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito
from tests.support import pages
from tests.support.pages import Browser, Site, open_sign_in

REQUIRED = [{"Name": "given_name", "Required": True}]
NEW = "Brandnew1!"


@pytest.fixture
def client(cognito: Cognito) -> Site:
    pool = cognito.create_user_pool(Schema=REQUIRED)
    pages.give_domain(pool)
    pool.call("AdminCreateUser", Username="alice", TemporaryPassword="Temporary1!", MessageAction="SUPPRESS")
    return pages.make_client(pool)


@pytest.fixture
def browser(client: Site) -> Browser:
    browser = open_sign_in(client)
    browser.submit(username="alice", password="Temporary1!")
    assert browser.page.path == "/changePassword"
    return browser


def enter(browser: Browser, password: str = NEW, again: str = NEW, name: str = "Alice") -> pages.Shown:
    given = {"password": password, "confirmPassword": again, "requiredAttributes[given_name]": name}
    return browser.submit(**given)


def test_the_new_password_and_what_is_missing(client: Site, browser: Browser) -> None:
    shown = enter(browser)

    assert pages.user_of(client, shown.code) == "alice"
    alice = client.pool.user("alice")
    assert (alice.status, alice.attributes["given_name"]) == ("CONFIRMED", "Alice")
    assert open_sign_in(client).submit(username="alice", password=NEW).code


@pytest.mark.parametrize(
    ("password", "again", "name", "error"),
    [
        ("weak", "weak", "Alice", "Password does not conform to policy: Password not long enough"),
        (NEW, NEW, "", "Invalid attributes given, given_name is missing"),
    ],
)
def test_what_is_wrong_is_said_and_can_be_mended(
    browser: Browser, password: str, again: str, name: str, error: str
) -> None:
    shown = enter(browser, password, again, name)

    assert (shown.path, shown.error) == ("/changePassword", error)
    assert shown.forms[0].values["requiredAttributes[given_name]"] == name
    assert enter(browser).code


def test_a_repetition_that_differs_is_wrong(browser: Browser) -> None:
    shown = enter(browser, NEW, "Brandnew2!", "Alice")

    assert (shown.path, shown.error) == ("/changePassword", "")
    field = shown.ids["confirm_password"]
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "confirm_password-error")
    assert "Passwords must match" in shown.response.text
    assert enter(browser).code


def test_a_password_that_was_replaced_meanwhile(client: Site, browser: Browser) -> None:
    client.pool.call("AdminSetUserPassword", Username="alice", Password="Permanent1!", Permanent=True)

    shown = enter(browser)

    assert (shown.path, shown.error) == ("/login", "Something went wrong")
