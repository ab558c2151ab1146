"""What tests in a real browser do on the pages of a domain, and what an application does with the code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from socketserver import ThreadingMixIn
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import jwt
import requests

from pytest_cognito import AppClient, UserPool
from pytest_cognito.handles.hosted_ui import HostedUI

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

_BLANK = b'<!doctype html><html lang="en"><title>The application</title><link rel="icon" href="data:,">'
_QUIET = ("debug", "info", "log", "verbose")


@dataclass
class Problems:
    """What a browser complains about, but for the statuses, and what else, that the test asks for."""

    found: list[str] = field(default_factory=list)
    allowed: set[int] = field(default_factory=set)
    allowed_text: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._said)
        context.on("weberror", self._raised)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        allowed = [*self.allowed_text, *(f"status of {status} " for status in self.allowed)]
        if message.type not in _QUIET and not any(text in message.text for text in allowed):
            self.found.append(f"{message.type} on {message.page.url if message.page else ''}: {message.text}")

    def _raised(self, error: WebError) -> None:
        self.found.append(f"script failed: {error.error}")

    def _failed(self, request: Request) -> None:
        self.found.append(f"{request.method} {request.url} failed: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.allowed:
            self.found.append(f"{response.request.method} {response.url}: status {response.status}")


class Application:
    """An application on this machine: ``files`` by their paths, and a page that says nothing at every other path."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, bytes]] = {}
        self._server = make_server("localhost", 0, self._answer, ThreadingWSGIServer, _Quiet)
        self.url = f"http://localhost:{self._server.server_port}"
        self.callback, self.signed_out = f"{self.url}/callback", f"{self.url}/signed-out"

    @property
    def client(self) -> dict[str, Any]:
        """The settings of its app client."""
        return {
            "AllowedOAuthScopes": ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
            "CallbackURLs": [self.callback],
            "LogoutURLs": [self.signed_out],
        }

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        kind, body = self.files.get(environ["PATH_INFO"], ("text/html", _BLANK))
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def __enter__(self) -> Application:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class ThreadingWSGIServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Site:
    """The pages of a domain, and an application whose users sign in there."""

    ui: HostedUI
    pool: UserPool
    client: AppClient
    application: Application
    base: str = ""
    """Where the pages are, if not at a name of their own."""

    @property
    def url(self) -> str:
        """Where the pages are."""
        return self.base or self.ui.url

    def below(self, name: str) -> Site:
        """The same pages by a path, below a name of the server."""
        port = urlsplit(self.ui.endpoint_url).port
        return replace(self, base=f"http://{name}:{port}{urlsplit(self.ui.path_url).path}")

    def style(self, settings: Mapping[str, Any]) -> None:
        """Change the style of managed login."""
        style = self.pool.call("DescribeManagedLoginBrandingByClient", ClientId=self.client.id)["ManagedLoginBranding"]
        self.pool.call(
            "UpdateManagedLoginBranding", ManagedLoginBrandingId=style["ManagedLoginBrandingId"], Settings=settings
        )

    @property
    def password(self) -> str:
        """alice's."""
        return self.pool.user("alice").password or ""

    def address(self, path: str, **parameters: str) -> str:
        """The address of a page, for an authorization request of the application."""
        given = {"response_type": "code", "redirect_uri": self.application.callback, **parameters}
        return f"{self.url}{path}?{urlencode({'client_id': self.client.id, **given})}"

    def start(self, tab: Page, **parameters: str) -> None:
        """The application sends its user to sign in."""
        tab.goto(self.address("/oauth2/authorize", **parameters))

    def sign_out(self, tab: Page) -> None:
        """The application sends its user to sign out, and gets them back."""
        query = urlencode({"client_id": self.client.id, "logout_uri": self.application.signed_out})
        tab.goto(f"{self.url}/logout?{query}")
        tab.wait_for_url(self.application.signed_out)

    def claims(self, tab: Page) -> dict[str, Any]:
        """Wait for the user to come back. The verified claims of the ID token that the application gets."""
        tab.wait_for_url(re.compile(r"/callback\?(.*&)?code="))
        [code] = parse_qs(urlsplit(tab.url).query)["code"]
        data = {"code": code, "client_id": self.client.id, "redirect_uri": self.application.callback}
        data["grant_type"] = "authorization_code"
        answer = requests.post(f"{self.ui.path_url}/oauth2/token", data=data, timeout=5)
        assert answer.status_code == 200, answer.text
        token = answer.json()["id_token"]
        key = jwt.PyJWKClient(self.pool.jwks_uri).get_signing_key_from_jwt(token)
        claims: dict[str, Any] = jwt.decode(
            token, key, ["RS256"], audience=self.client.id, issuer=self.pool.issuer, leeway=5
        )
        return claims

    def user(self, tab: Page) -> str:
        """The name of the user who comes back to the application."""
        return str(self.claims(tab)["cognito:username"])


class VirtualAuthenticator:
    """Chromium's virtual authenticator: it makes and uses passkeys as if its user had agreed."""

    _OPTIONS: ClassVar[dict[str, object]] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }

    def __init__(self, tab: Page) -> None:
        self._session = tab.context.new_cdp_session(tab)
        self._session.send("WebAuthn.enable")
        answer = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": self._OPTIONS})
        self._id = {"authenticatorId": answer["authenticatorId"]}

    @property
    def passkeys(self) -> list[dict[str, Any]]:
        """What it has."""
        found: list[dict[str, Any]] = self._session.send("WebAuthn.getCredentials", self._id)["credentials"]
        return found

    def refuse(self) -> None:
        """From now on it does not find that its user is the right one."""
        self._session.send("WebAuthn.setUserVerified", {**self._id, "isUserVerified": False})


def fill(tab: Page, **values: str) -> None:
    """Fill in fields by their labels: ``fill(tab, Username="alice")``; ``New_password`` for one of several words."""
    for label, value in values.items():
        tab.get_by_label(label.replace("_", " "), exact=True).fill(value)


def press(tab: Page, name: str) -> None:
    """Press a button."""
    tab.get_by_role("button", name=name, exact=True).click()


def enter_password(tab: Page, password: str, username: str = "alice") -> None:
    """Fill in the sign-in page and submit it."""
    fill(tab, Username=username, Password=password)
    press(tab, "Sign in")


def alert(tab: Page) -> str:
    """What the page says is wrong."""
    return tab.get_by_role("alert").filter(has_text=re.compile(r"\S")).inner_text().strip()
