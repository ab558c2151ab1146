"""Browsers: their sessions, the back button, several windows, and requests that an attacker would send."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest

from pytest_cognito import Cognito
from tests.support import mfa, pages
from tests.support.codes import last_code
from tests.support.pages import BASE, MANAGED, Browser, Site, open_sign_in, query
from tests.support.settings import SMS


@pytest.fixture
def client(cognito: Cognito) -> Site:
    """A client of a pool where alice needs a second factor, and bob none."""
    pool = pages.make_pool(cognito, MANAGED, SmsConfiguration=SMS)
    pool.create_user("bob", email="bob@example.com")
    mfa.configure(pool, "OPTIONAL", mfa.SMS_MFA)
    mfa.turn_on(pool, mfa.SMS_MFA)
    return pages.make_client(pool)


def enter(client: Site, username: str, browser: Browser | None = None) -> Browser:
    browser = open_sign_in(client, browser)
    browser.submit(username=username, password=client.password(username))
    return browser


def test_two_browsers_share_nothing(cognito: Cognito, client: Site) -> None:
    first, second = enter(client, "alice"), enter(client, "alice")
    code_of_second = last_code(cognito.outbox)

    assert first.submit(authentication_code=code_of_second).error == "Invalid code or auth state for the user."
    assert second.submit(authentication_code=code_of_second).code
    assert open_sign_in(client, first).page.path == "/login"
    assert open_sign_in(client, second).page.code
    cookies = [browser.session.cookies.get("page-data") for browser in (first, second)]
    assert [bool(cookie) for cookie in cookies] == [True, False]


def test_in_a_second_window_another_sign_in_begins(cognito: Cognito, client: Site) -> None:
    browser = enter(client, "alice")
    early, code = browser.page, last_code(cognito.outbox)
    shown = enter(client, "bob", browser).page
    assert pages.user_of(client, shown.code) == "bob"

    browser.shown = early
    late = browser.submit(authentication_code=code, _csrf=browser.session.cookies["XSRF-TOKEN"])

    assert pages.user_of(client, late.code) == "bob"  # who is signed in in this browser; the other attempt is forgotten


def test_a_mistake_in_one_window_does_not_spoil_the_page_in_another(client: Site) -> None:
    browser = open_sign_in(client)
    other_window = browser.page
    assert browser.submit(username="bob", password="not-it").error == "Incorrect username or password."

    browser.shown = other_window
    assert browser.submit(username="bob", password=client.password("bob")).code

    browser.shown = other_window  # which is of no use after the sign-in
    assert browser.submit(username="bob", password=client.password("bob")).path == "/error"


def test_the_back_button_begins_again(cognito: Cognito, client: Site) -> None:
    browser = enter(client, "alice")
    browser.open(f"{BASE}/login", **query(client))
    browser.submit(username="alice", password=client.password())

    assert browser.submit(authentication_code=last_code(cognito.outbox)).code


def test_an_answer_is_taken_once(cognito: Cognito, client: Site) -> None:
    browser = enter(client, "alice")
    cookie, code = browser.session.cookies["page-data"], last_code(cognito.outbox)
    assert browser.submit(authentication_code=code).code

    thief = Browser()
    thief.session.cookies.set("page-data", cookie, domain=urlsplit(BASE).hostname, path="/")
    shown = thief.post("/mfa", query(client), authentication_code=code)

    assert (shown.path, shown.error) == ("/login", "Something went wrong")


def test_a_sign_in_gives_the_browser_a_new_session(client: Site) -> None:
    browser = Browser()
    browser.session.cookies.set("cognito", "planted", domain=urlsplit(BASE).hostname, path="/")
    enter(client, "bob", browser)
    (token,) = [cookie.value for cookie in browser.session.cookies if cookie.name == "cognito"]

    assert token != "planted"
    other = Browser()
    other.session.cookies.set("cognito", "planted", domain=urlsplit(BASE).hostname, path="/")
    assert open_sign_in(client, other).page.path == "/login"


def test_the_session_ends_after_an_hour_however_often_it_is_used(cognito: Cognito, client: Site) -> None:
    browser = enter(client, "bob")
    cognito.clock.advance(dt.timedelta(minutes=59))
    assert browser.open(f"{BASE}/login", **query(client)).code
    cognito.clock.advance(dt.timedelta(minutes=1))

    assert browser.open(f"{BASE}/login", **query(client)).path == "/login"


def test_the_session_of_a_user_who_is_disabled_is_of_no_use(client: Site) -> None:
    browser = enter(client, "bob")
    client.pool.call("AdminDisableUser", Username="bob")

    assert browser.open(f"{BASE}/login", **query(client)).path == "/login"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"redirect_uri": "https://evil.example.com"}, "redirect_mismatch"),
        ({"redirect_uri": f"{pages.CALLBACK}/../../evil"}, "redirect_mismatch"),
        ({"client_id": "another"}, "invalid_request"),
    ],
)
@pytest.mark.parametrize("path", ["/login", "/mfa"])
def test_no_page_sends_a_browser_elsewhere(client: Site, path: str, changed: dict[str, str], error: str) -> None:
    browser = enter(client, "alice")

    shown = browser.post(path, query(client, **changed), username="bob", password=client.password("bob"))

    assert (shown.path, shown.error, shown.code) == ("/error", error, None)


@pytest.mark.parametrize("path", ["/mfa", "/selectChallenge", "/mfa/back", "/passkeys/add", "/login/oidc_saml"])
def test_every_form_is_protected(client: Site, path: str) -> None:
    browser = enter(client, "alice")

    response = browser.session.post(f"{BASE}{path}", params=query(client), data={"_csrf": "x"}, timeout=5)

    assert (response.status_code, urlsplit(response.url).path) == (400, "/error")


def test_a_client_without_a_style_has_no_pages_in_managed_login(client: Site) -> None:
    plain = client.pool.create_client(**pages.OAUTH)
    page = Browser().open(f"{BASE}/login", **query(Site(client.pool, plain)))

    assert (page.response.status_code, page.heading) == (403, "Login pages unavailable")
