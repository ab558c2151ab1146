"""What comes from a request, a pool or a function is text on a page, never a part of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from pytest_cognito import Cognito, UserPool
from pytest_cognito.http.messages import Request
from tests.sound.web_world import HOSTS, MARK, PATHS, POSTED, Browser, web_world
from tests.support.forms import Visitor, client_of

ECHOED = ("error", "error_description", "login_hint", "state", "lang", "user_name", "event_id", "value")
ENTERED = ("username", "code", "requiredAttributes[email]", "email", "destination", "sub", "deliveryMedium")


@pytest.mark.parametrize("domain", sorted(HOSTS))
def test_the_query_of_a_page(domain: str) -> None:
    web = web_world()
    for path in PATHS:
        query = {**web.query(domain), **dict.fromkeys(ECHOED, MARK)}
        for given in (query, {**query, "client_id": MARK}, {**query, "redirect_uri": MARK}, dict.fromkeys(query, MARK)):
            url = f"https://{HOSTS[domain]}{path}?{urlencode(given)}"
            web.ask(Request.make("GET", url, {"host": HOSTS[domain]}))


@pytest.mark.parametrize("domain", sorted(HOSTS))
def test_what_is_entered_on_a_page(domain: str) -> None:
    web = web_world()
    with web.world.store.rolled_back():
        browser = Browser(web, 0, domain)
        for path in POSTED:
            browser.open("/login", {})
            browser.post(f"{path}?{urlencode(web.query(domain))}", dict.fromkeys(ENTERED, MARK))


@pytest.mark.parametrize("cookie", ["cognito", "page-data", "cognito-fl", "XSRF-TOKEN", "lang"])
def test_a_cookie_that_was_made_up(cookie: str) -> None:
    web = web_world()
    for domain in HOSTS:
        for path in ("/login", "/signup", "/confirm", "/confirmForgotPassword", "/error"):
            browser = Browser(web, 0, domain, {cookie: MARK})
            browser.open(path, {})


@pytest.mark.parametrize("version", [1, 2], ids=["classic", "managed"])
def test_what_a_function_says(cognito: Cognito, version: int) -> None:
    pool = _pool(cognito)

    @cognito.triggers.on("PreSignUp")
    def refuse(_: dict[str, Any], __: object) -> None:
        raise ValueError(MARK)

    page = Visitor(client_of(pool, version=version)).open("/signup")
    page.submit(username="bob", password="Correct-horse-7", attribute_email="bob@example.com")

    assert MARK in page.text
    assert "<zz" not in page.response.text


@pytest.mark.parametrize("version", [1, 2], ids=["classic", "managed"])
def test_a_user_with_an_odd_name(cognito: Cognito, version: int) -> None:
    pool, name = _pool(cognito), "zz'\"><zz{0.x}"
    page = Visitor(client_of(pool, version=version)).open("/signup")
    page.submit(username=name, password="Correct-horse-7", attribute_email="bob@example.com")

    assert page.path == "/confirm"
    assert page.forms[0].values["username"] == name
    assert "<zz" not in page.response.text
    assert pool.user(name).status == "UNCONFIRMED"


def _pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(AutoVerifiedAttributes=["email"], Schema=[{"Name": "email", "Required": True}])
