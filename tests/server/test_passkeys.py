"""Passkeys on the pages of the server: the relying party ID is the name by which the browser knows them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from pytest_cognito import Cognito, UserPool
from pytest_cognito.server.socket import Server
from tests.support import pages
from tests.support.pages import CALLBACK, MANAGED, Shown, Site, query
from tests.support.passkeys import ALLOWED


class Browser:
    """A browser at the pages of the domain ``notes``, by a path below a name of the server."""

    def __init__(self, server: Server, name: str) -> None:
        self.origin = f"http://{name}:{server.endpoint_url.rpartition(':')[2]}"
        self._session = requests.Session()
        self._session.hooks["response"] = [self._stop]

    def open(self, path: str, client: Site) -> Shown:
        return Shown(self._session.get(f"{self.origin}/notes{path}", params=query(client), timeout=5))

    def submit(self, page: Shown, button: str | None = None, **entered: str) -> Shown:
        form = page.form_with(button)
        name, value = form.buttons.get(button or "", ("", ""))
        data = {**form.values, **({name: value} if name else {}), **entered}
        return Shown(self._session.post(f"{self.origin}{form.action}", data=data, timeout=5))

    @staticmethod
    def _stop(response: requests.Response, **_: Any) -> requests.Response:
        """Go nowhere else."""
        if response.headers.get("Location", "").startswith(CALLBACK):
            response.status_code = 200
        return response


@pytest.fixture
def client(cognito: Cognito) -> Site:
    pool = pages.make_pool(cognito, MANAGED, **ALLOWED)
    return pages.make_client(pool, ExplicitAuthFlows=["ALLOW_USER_AUTH"])


def configure(pool: UserPool, **settings: str) -> None:
    pool.call("SetUserPoolMfaConfig", WebAuthnConfiguration={"UserVerification": "preferred", **settings})


def options(browser: Browser, client: Site) -> Any:
    """What the page that adds a passkey asks of the browser."""
    page = browser.open("/login", client)
    browser.submit(page, username="alice", password=client.password())
    return browser.open("/passkeys/add", client)


@pytest.mark.parametrize("own", [False, True])
def test_the_name_of_the_page_stands_for_the_domain(
    cognito: Cognito, cognito_server: Server, client: Site, own: bool
) -> None:
    configure(client.pool, **({"RelyingPartyId": pages.BASE.removeprefix("https://")} if own else {}))
    browser = Browser(cognito_server, "localhost")
    page = options(browser, client)
    asked = json.loads(page.forms[0].options)
    assert asked["rp"]["id"] == "localhost"
    passkey = cognito.passkey(origin=browser.origin)
    assert browser.submit(page, credential=json.dumps(passkey.create(asked))).code

    other = Browser(cognito_server, "localhost")
    page = other.submit(other.open("/login", client), username="alice")
    page = other.submit(page, "Passkey")
    answer = json.dumps(passkey.get(json.loads(page.forms[0].options)))
    assert pages.user_of(client, other.submit(page, credential=answer).code) == "alice"


def test_any_other_relying_party_stays(cognito_server: Server, client: Site) -> None:
    configure(client.pool, RelyingPartyId="example.com")

    page = options(Browser(cognito_server, "localhost"), client)

    assert json.loads(page.forms[0].options)["rp"]["id"] == "example.com"
