"""Passkeys in managed login: adding one, and signing in with it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from pytest_cognito import Cognito, Passkey, UserPool
from tests.support import pages
from tests.support.pages import BASE, CALLBACK, CLASSIC, MANAGED, Browser, Site, open_sign_in, query
from tests.support.passkeys import ALLOWED

CHOICE: dict[str, Any] = {"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}


def make(cognito: Cognito, version: int = MANAGED) -> UserPool:
    pool = pages.make_pool(cognito, version, **ALLOWED)
    pool.call("SetUserPoolMfaConfig", WebAuthnConfiguration={"UserVerification": "preferred"})
    return pool


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return make(cognito)


@pytest.fixture
def client(pool: UserPool) -> Site:
    return pages.make_client(pool, **CHOICE)


@pytest.fixture
def passkey(cognito: Cognito) -> Passkey:
    return cognito.passkey(origin=BASE)


def signed_in(client: Site) -> Browser:
    browser = open_sign_in(client)
    assert browser.submit(username="alice", password=client.password()).code
    return browser


def add(client: Site, passkey: Passkey, browser: Browser | None = None) -> pages.Shown:
    browser = browser or signed_in(client)
    page = browser.open(f"{BASE}/passkeys/add", client_id=client.id, redirect_uri=CALLBACK)
    return browser.submit(credential=json.dumps(passkey.create(page.forms[0].options)))


def enter_name(client: Site) -> Browser:
    browser = open_sign_in(client)
    browser.submit("Next", username="alice")
    return browser


def test_a_passkey_is_added_and_used(client: Site, passkey: Passkey) -> None:
    shown = add(client, passkey)
    assert shown.location == CALLBACK

    browser = enter_name(client)
    assert "Passkey" in browser.page.forms[0].buttons
    page = browser.submit("Passkey")
    assert (page.path, page.forms[0].script) == ("/login/passkey", "passkey-get")
    assert json.loads(page.forms[0].options)["rpId"] == BASE.removeprefix("https://")
    answer = browser.submit(credential=json.dumps(passkey.get(page.forms[0].options)))
    assert pages.user_of(client, answer.code) == "alice"


def test_after_a_passkey_was_added_the_application_gets_the_code_that_it_asks_for(
    client: Site, passkey: Passkey
) -> None:
    browser = signed_in(client)
    page = browser.open(f"{BASE}/passkeys/add", **query(client))

    shown = browser.submit(credential=json.dumps(passkey.create(page.forms[0].options)))

    assert pages.user_of(client, shown.code) == "alice"


def test_a_passkey_need_not_be_added(client: Site) -> None:
    browser = signed_in(client)
    browser.open(f"{BASE}/passkeys/add", client_id=client.id, redirect_uri=CALLBACK)

    assert browser.submit("Not now").location == CALLBACK


@pytest.mark.parametrize("spoiled", [{"tampered": True}, {"origin": "https://evil.example.com"}])
def test_a_wrong_answer_can_be_given_again(client: Site, passkey: Passkey, spoiled: dict[str, Any]) -> None:
    add(client, passkey)
    browser = enter_name(client)
    page = browser.submit("Passkey")

    wrong = browser.submit(credential=json.dumps(passkey.get(page.forms[0].options, **spoiled)))
    assert (wrong.path, wrong.error) == ("/login/passkey", "Incorrect username or password.")
    assert browser.submit(credential=json.dumps(passkey.get(wrong.forms[0].options))).code


def test_another_way_than_the_passkey(client: Site, passkey: Passkey) -> None:
    add(client, passkey)
    browser = enter_name(client)
    browser.submit("Passkey")

    assert browser.submit("Try another way").path == "/selectChallenge"


def test_who_is_not_signed_in_adds_none(cognito: Cognito, client: Site, passkey: Passkey) -> None:
    assert Browser().open(f"{BASE}/passkeys/add", **query(client)).path == "/login"

    browser = signed_in(client)
    page = browser.open(f"{BASE}/passkeys/add", **query(client))
    cognito.clock.advance(dt.timedelta(hours=1))
    assert browser.submit(credential=json.dumps(passkey.create(page.forms[0].options))).path == "/login"


@pytest.mark.parametrize(
    ("credential", "error"),
    [("", "Credential data is not valid"), ("[]", "Credential data is not valid")],
)
def test_what_is_no_passkey_is_refused(client: Site, credential: str, error: str) -> None:
    browser = signed_in(client)
    browser.open(f"{BASE}/passkeys/add", **query(client))

    shown = browser.submit(credential=credential)

    assert (shown.path, shown.error) == ("/passkeys/add", error)


def test_options_are_good_for_a_minute(cognito: Cognito, client: Site, passkey: Passkey) -> None:
    browser = signed_in(client)
    page = browser.open(f"{BASE}/passkeys/add", **query(client))
    cognito.clock.advance(dt.timedelta(minutes=1))

    shown = browser.submit(credential=json.dumps(passkey.create(page.forms[0].options)))

    assert shown.error == "The challenge of the registration does not exist or has expired."


def test_without_passkeys_in_the_pool_the_page_is_an_error(cognito: Cognito) -> None:
    client = pages.make_client(pages.make_pool(cognito, MANAGED))

    shown = signed_in(client).open(f"{BASE}/passkeys/add", **query(client))

    assert (shown.path, shown.error) == ("/error", "WebAuthn is not enabled for this user pool.")


def test_the_classic_hosted_ui_has_no_such_page(cognito: Cognito) -> None:
    client = pages.make_client(make(cognito, CLASSIC))

    assert Browser().open(f"{BASE}/passkeys/add", **query(client)).response.status_code == 404
