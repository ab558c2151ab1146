"""Many browsers on the pages of one domain at a time, in process and over the server: each is its own user's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from pytest_cognito import active
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp.records import AUTHORIZATION_CODES, BROWSER_SESSIONS, GRANTS
from pytest_cognito.server.socket import Server
from tests.sound import threads
from tests.sound.threads import THREADS, at_once
from tests.support.consistency import inconsistencies
from tests.support.forms import BASE, CALLBACK, DOMAIN, client_of

PASSWORD = "Correct-horse-7"
LOGOUT = "https://app.example.com/goodbye"


@pytest.fixture(autouse=True)
def no_deadlock() -> Iterator[None]:
    with threads.watched():
        yield


@dataclass(frozen=True)
class Pages:
    """The pages of a domain, below an address, for one of the pool's clients."""

    pool: UserPool
    client_id: str
    base: str

    def query(self) -> dict[str, str]:
        return {"client_id": self.client_id, "response_type": "code", "redirect_uri": CALLBACK, "scope": "openid"}

    def authorize(self, browser: requests.Session) -> str:
        """The code for a browser that is signed in."""
        answer = browser.get(
            f"{self.base}/oauth2/authorize", params=self.query(), allow_redirects=False, timeout=threads.LONGEST
        )
        return code_of(answer)

    def sign_in(self, browser: requests.Session, username: str) -> str:
        """Sign in on the page; the code."""
        page = browser.get(f"{self.base}/oauth2/authorize", params=self.query(), timeout=threads.LONGEST)
        form = {"_csrf": browser.cookies["XSRF-TOKEN"], "username": username, "password": PASSWORD}
        return code_of(browser.post(page.url, data=form, allow_redirects=False, timeout=threads.LONGEST))

    def redeem(self, code: str) -> requests.Response:
        form = {"grant_type": "authorization_code", "code": code, "client_id": self.client_id, "redirect_uri": CALLBACK}
        return requests.post(f"{self.base}/oauth2/token", data=form, timeout=threads.LONGEST)

    def who(self, tokens: dict[str, Any]) -> str:
        header = {"Authorization": f"Bearer {tokens['access_token']}"}
        answer = requests.get(f"{self.base}/oauth2/userInfo", headers=header, timeout=threads.LONGEST)
        return str(answer.json()["username"])

    def sign_out(self, browser: requests.Session) -> str:
        query = {"client_id": self.client_id, "logout_uri": LOGOUT}
        answer = browser.get(f"{self.base}/logout", params=query, allow_redirects=False, timeout=threads.LONGEST)
        return answer.headers["Location"]


def code_of(answer: requests.Response) -> str:
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


@pytest.fixture(params=["in process", "over the server"])
def pages(request: pytest.FixtureRequest, cognito: Cognito) -> Iterator[Pages]:
    pool = cognito.create_user_pool()
    client = client_of(pool, LogoutURLs=[LOGOUT])
    if request.param == "in process":
        yield Pages(pool, client.id, BASE)
    else:
        with Server(cognito.world) as server, active.let_through():
            yield Pages(pool, client.id, f"{server.endpoint_url}/{DOMAIN}")
    assert inconsistencies(cognito.world.store) == []


def test_each_browser_is_its_own_users(pages: Pages) -> None:
    names = [pages.pool.create_user(f"user{number}", password=PASSWORD).username for number in range(THREADS)]

    def come_and_go(number: int) -> list[str]:
        with requests.Session() as browser:
            first = pages.redeem(pages.sign_in(browser, names[number])).json()
            again = pages.redeem(pages.authorize(browser)).json()
            return [pages.who(first), pages.who(again), pages.sign_out(browser)]

    assert at_once(come_and_go) == [[name, name, LOGOUT] for name in names]
    store = pages.pool.world.store
    assert len(store[BROWSER_SESSIONS]) == 0
    assert len(store[GRANTS]) == 2 * THREADS
    assert all(code.redeemed is not None for code in store[AUTHORIZATION_CODES])
    asked = Counter(call.operation for call in pages.pool.world.calls if call.service == "web")
    assert asked["POST /oauth2/token"] == 2 * THREADS


def test_a_code_is_good_for_one(pages: Pages) -> None:
    pages.pool.create_user("alice", password=PASSWORD)
    with requests.Session() as browser:
        code = pages.sign_in(browser, "alice")

    statuses = Counter(answer.status_code for answer in at_once(lambda number: pages.redeem(code)))

    assert statuses == {200: 1, 400: THREADS - 1}


def test_a_browser_with_many_tabs(pages: Pages) -> None:
    """All of them have the same cookie, and each gets a code of its own; signed out in one is signed out in all."""
    pages.pool.create_user("alice", password=PASSWORD)
    with requests.Session() as browser:
        pages.sign_in(browser, "alice")
        cookie = {"Cookie": f"cognito={browser.cookies['cognito']}"}

    def tab(number: int) -> requests.Session:
        session = requests.Session()
        session.headers.update(cookie)
        return session

    tabs = [tab(number) for number in range(THREADS)]
    codes = at_once(lambda number: pages.authorize(tabs[number]))
    tokens = at_once(lambda number: pages.redeem(codes[number]).json())
    assert {pages.who(each) for each in tokens} == {"alice"}
    assert len({each["refresh_token"] for each in tokens}) == THREADS
    assert at_once(lambda number: pages.sign_out(tabs[number])) == [LOGOUT] * THREADS
    with pytest.raises(KeyError):  # the redirect is to the page, and has no code
        pages.authorize(tabs[0])
    for each in tabs:
        each.close()
