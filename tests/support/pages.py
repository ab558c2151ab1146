"""A browser of tests that reads the HTML of pages: their forms, buttons and messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
import requests

from pytest_cognito import AppClient, Cognito, UserPool
from pytest_cognito.http import hosts
from tests.support import jwts

PREFIX, REGION = "notes", "us-east-1"
BASE = f"https://{hosts.prefix_domain(PREFIX, REGION)}"
CALLBACK = "https://app.example.com/callback"
OAUTH: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email"],
    "CallbackURLs": [CALLBACK],
    "SupportedIdentityProviders": ["COGNITO"],
}
CLASSIC, MANAGED = 1, 2
in_both_versions = pytest.mark.parametrize("pool", [CLASSIC, MANAGED], indirect=True, ids=["classic", "managed"])
"""For tests that are about what both the classic hosted UI and managed login show."""
ADDRESSES = {"email": "alice@example.com", "phone_number": "+15555550100"}


@dataclass
class FormOnPage:
    """A form: where it is sent to, what is in it, and its buttons by their text."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    script: str = ""
    options: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self.links: dict[str, str] = {}
        self.text: dict[str, str] = {}
        self.ids: dict[str, Mapping[str, str]] = {}
        self._open: list[tuple[str, dict[str, str]]] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in given}
        if "id" in attributes:
            self.ids[attributes["id"]] = attributes
        if tag == "form":
            self.forms.append(FormOnPage(attributes["action"], attributes["method"]))
            self.forms[-1].script = attributes.get("data-script", "")
            self.forms[-1].options = attributes.get("data-options", "")
        if tag == "input" and attributes.get("type") in ("Submit", "submit"):
            self.forms[-1].buttons[attributes["value"]] = (attributes.get("name", ""), attributes["value"])
        elif tag == "input" and "name" in attributes:
            self._enter(attributes)
        if tag in ("a", "button", "p", "h1", "h2", "title"):
            self._open.append((tag, attributes))
            self._inside.append("")

    def _enter(self, attributes: Mapping[str, str]) -> None:
        name, here = attributes["name"], self.forms[-1]
        here.types[name] = attributes.get("type", "text")
        if here.types[name] != "radio" or "checked" in attributes:
            here.values[name] = attributes.get("value", "")

    def handle_data(self, data: str) -> None:
        self._inside = [text + data for text in self._inside]

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            return
        (_, attributes), text = self._open.pop(), " ".join(self._inside.pop().split())
        if tag == "a":
            self.links[text] = attributes.get("href", "")
        elif tag == "button":
            self.forms[-1].buttons[text] = (attributes.get("name", ""), attributes.get("value", ""))
        else:
            self.text.setdefault(attributes.get("id") or tag, text)


class Shown:
    """What a browser shows after a request: a page, or the address that it was sent to outside of the domain."""

    def __init__(self, response: requests.Response) -> None:
        self.response = response
        self.url = response.url
        location = response.headers.get("Location")
        self.location = urljoin(response.url, location) if location else ""
        self._reader = _Reader()
        self._reader.feed(response.text)
        self.forms, self.links, self.ids = self._reader.forms, self._reader.links, self._reader.ids

    @property
    def path(self) -> str:
        return urlsplit(self.location or self.url).path

    @property
    def error(self) -> str:
        return self._reader.text.get("loginErrorMessage", "")

    @property
    def heading(self) -> str:
        return self._reader.text.get("h1", "")

    @property
    def code(self) -> str | None:
        """The authorization code, if the browser was sent back to the application with one."""
        if not self.location.startswith(f"{CALLBACK}?"):
            return None
        return parse_qs(urlsplit(self.location).query).get("code", [None])[0]

    def form_with(self, button: str | None) -> FormOnPage:
        """The form with a button, by default the first one."""
        return next(form for form in self.forms if button is None or button in form.buttons)


class Browser:
    """A browser with cookies of its own. It follows redirects as long as they stay with the domain."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.shown: Shown | None = None

    @property
    def page(self) -> Shown:
        assert self.shown is not None, "the browser has not opened a page yet"
        return self.shown

    def open(self, url: str, **parameters: str) -> Shown:
        return self._follow(self.session.get(url, params=parameters, allow_redirects=False, timeout=5))

    def submit(self, button: str | None = None, **entered: str) -> Shown:
        """Fill in a form of the page and press its button."""
        form = self.page.form_with(button)
        name, value = form.buttons.get(button or "", ("", ""))
        data = {**form.values, **({name: value} if name else {}), **entered}
        target = urljoin(self.page.url, form.action)
        if form.method == "get":
            return self.open(f"{target.partition('?')[0]}?{urlencode(data)}")
        return self._follow(self.session.post(target, data=data, allow_redirects=False, timeout=5))

    def post(self, path: str, query: Mapping[str, str], **data: str) -> Shown:
        """Post a form that no page has shown, with the right token against forgery."""
        token = self.session.cookies.get("XSRF-TOKEN") or "made-up"
        self.session.cookies.set("XSRF-TOKEN", token, domain=urlsplit(BASE).hostname, path="/")
        data["_csrf"] = token
        url = f"{BASE}{path}?{urlencode(query)}"
        return self._follow(self.session.post(url, data=data, allow_redirects=False, timeout=5))

    def _follow(self, response: requests.Response) -> Shown:
        while response.is_redirect:
            target = urljoin(response.url, response.headers["Location"])
            if not target.startswith(f"{BASE}/"):
                break
            response = self.session.get(target, allow_redirects=False, timeout=5)
        self.shown = Shown(response)
        return self.shown


def give_domain(pool: UserPool, version: int = CLASSIC) -> None:
    """Give a pool the domain `BASE`, with the classic hosted UI or with managed login."""
    pool.call("CreateUserPoolDomain", Domain=PREFIX, ManagedLoginVersion=version)


@dataclass(frozen=True)
class Site:
    """An app client with pages, and its pool."""

    pool: UserPool
    client: AppClient

    @property
    def id(self) -> str:
        return self.client.id

    def password(self, username: str = "alice") -> str:
        """The password of a user."""
        return self.pool.user(username).password or ""


def make_client(pool: UserPool, **settings: Any) -> Site:
    """An app client with pages, in both versions."""
    client = pool.create_client(**{**OAUTH, **settings})
    pool.call("CreateManagedLoginBranding", ClientId=client.id, UseCognitoProvidedValues=True)
    return Site(pool, client)


def make_pool(
    cognito: Cognito, version: int = CLASSIC, *, addresses: Sequence[str] = tuple(ADDRESSES), **settings: Any
) -> UserPool:
    """A pool with a domain, and with alice, who has these addresses."""
    pool = cognito.create_user_pool(**settings)
    give_domain(pool, version)
    pool.create_user("alice", attributes={name: ADDRESSES[name] for name in addresses})
    return pool


def query(client: Site, **more: str) -> dict[str, str]:
    """An authorization request."""
    return {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK, "state": "s", **more}


def open_sign_in(client: Site, browser: Browser | None = None, **more: str) -> Browser:
    """A browser that has opened the sign-in page."""
    browser = browser or Browser()
    browser.open(f"{BASE}/oauth2/authorize", **query(client, **more))
    return browser


def user_of(client: Site, code: str | None) -> str:
    """The name of the user whom the application gets for a code."""
    data = {"grant_type": "authorization_code", "code": code, "client_id": client.id, "redirect_uri": CALLBACK}
    tokens = requests.post(f"{BASE}/oauth2/token", data=data, timeout=5).json()
    return str(jwts.claims(tokens["access_token"])["username"])


def verified(*attributes: str) -> list[dict[str, str]]:
    """What marks addresses of alice as verified, for AdminUpdateUserAttributes."""
    return [{"Name": f"{attribute}_verified", "Value": "true"} for attribute in attributes]
