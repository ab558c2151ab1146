"""An application whose users sign in by identity providers, and a browser with which they do, by `requests`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any
from urllib.parse import urljoin

import requests

from pytest_cognito import AppClient, Cognito, UserPool
from tests.support.hosted import CALLBACK, OAUTH, PREFIX, Hosted, parameters, said
from tests.support.jwts import claims

ISSUER = "https://idp.example.com"
ALL = ("Google", "Facebook", "LoginWithAmazon", "SignInWithApple", "OIDC", "SAML")
SIMULATED: dict[str, Callable[[Cognito], Any]] = {
    "Google": lambda cognito: cognito.providers.google,
    "Facebook": lambda cognito: cognito.providers.facebook,
    "LoginWithAmazon": lambda cognito: cognito.providers.amazon,
    "SignInWithApple": lambda cognito: cognito.providers.apple,
    "OIDC": lambda cognito: cognito.providers.oidc(ISSUER),
    "SAML": lambda cognito: cognito.providers.saml(ISSUER),
}
_FORWARD = re.compile(r'<form[^>]*id="forward"[^>]*action="([^"]*)"')
_FIELD = re.compile(r'type="hidden" name="([^"]*)" value="([^"]*)"')


def make_pool(cognito: Cognito, **settings: Any) -> UserPool:
    """A pool with a domain."""
    pool = cognito.create_user_pool(**settings)
    pool.call("CreateUserPoolDomain", Domain=PREFIX)
    return pool


def name_of(kind: str) -> str:
    """The name that a provider of a type has in these tests."""
    return kind if kind not in ("OIDC", "SAML") else "Corp"


def add_provider(cognito: Cognito, pool: UserPool, kind: str, **settings: Any) -> str:
    """Give a pool the simulated provider of a type, and return its name."""
    name = name_of(kind)
    details = settings.pop("ProviderDetails", {})
    mapping = {"AttributeMapping": {"email": "email", "name": "name"}}
    provider = SIMULATED[kind](cognito)
    pool.create_identity_provider(name, provider=provider, ProviderDetails=details, **{**mapping, **settings})
    return name


def make_client(pool: UserPool, *providers: str, **settings: Any) -> AppClient:
    return pool.create_client(**{**OAUTH, "SupportedIdentityProviders": list(providers), **settings})


class Federated(Hosted):
    """As `Hosted`: ``start`` goes to the page of the provider, ``choose`` chooses a user there and comes back."""

    def start(self, provider: str | None = None, **query: str | None) -> requests.Response:
        """Where the application's request leads: the page of the provider, or the redirect to the application."""
        named = {} if provider is None else {"identity_provider": provider}
        return self.open(self.url("/oauth2/authorize", **self.asked(**{**named, **query})))

    def asked(self, **query: str | None) -> dict[str, str]:
        usual = {"client_id": self.client.id, "response_type": "code", "redirect_uri": CALLBACK}
        return {name: value for name, value in {**usual, **query}.items() if value is not None}

    def url(self, path: str, **query: str) -> str:
        return requests.Request("GET", f"{self.base}{path}", params=query).prepare().url or ""

    def open(self, url: str) -> requests.Response:
        return self.follow(self.browser.get(url, allow_redirects=False, timeout=5))

    def post_form(self, url: str, form: Mapping[str, str]) -> requests.Response:
        return self.follow(self.browser.post(url, data=dict(form), allow_redirects=False, timeout=5))

    def follow(self, response: requests.Response) -> requests.Response:
        """The page or the redirect to the application to which redirects lead, and forms that submit themselves."""
        for _ in range(20):
            form = forwarded(response)
            if form is not None:
                response = self.browser.post(*form, allow_redirects=False, timeout=5)
            elif response.is_redirect and not self.is_left(response):
                target = urljoin(response.url, response.headers["Location"])
                response = self.browser.get(target, allow_redirects=False, timeout=5)
            else:
                break
        return response

    def is_left(self, response: requests.Response) -> bool:
        """Whether a redirect leads to the application."""
        return response.headers["Location"].startswith("https://app.example.com/")

    def choose(self, page: requests.Response, sub: str = "1", **said_of_them: Any) -> str:
        """Sign in at a provider, on its page, and return where that leads in the end."""
        back = self.follow(self.chosen(page, sub, **said_of_them))
        return back.headers.get("Location", back.url)

    def chosen(self, page: requests.Response, sub: str = "1", **said_of_them: Any) -> requests.Response:
        """What a provider answers once the user is chosen: the way back to Cognito, which is not taken yet."""
        decision = said_of_them.pop("decision", "allow")
        email = said_of_them.pop("email", "ann@example.com")
        form = {"sub": sub, "email": email, "claims": json.dumps(said_of_them), "decision": decision}
        return self.browser.post(page.url, data=form, allow_redirects=False, timeout=5)

    def enter(self, provider: str | None = None, sub: str = "1", /, **said_of_them: Any) -> dict[str, str]:
        """Sign in by a provider, and return the parameters of the redirect to the application.

        ``query`` are parameters of the application's request.
        """
        query = said_of_them.pop("query", {})
        return parameters(self.choose(self.start(provider, **query), sub, **said_of_them))

    def claims(self, provider: str | None = None, sub: str = "1", /, **said_of_them: Any) -> dict[str, Any]:
        """The claims of the ID token of a sign-in."""
        back = self.enter(provider, sub, **said_of_them)
        return claims(said(self.redeem(back["code"]))["id_token"])


def forwarded(response: requests.Response) -> tuple[str, dict[str, str]] | None:
    """Where the form of a page that submits itself is sent to, with its fields, if it is such a page."""
    action = _FORWARD.search(response.text)
    if action is None:
        return None
    fields = {unescape(name): unescape(value) for name, value in _FIELD.findall(response.text)}
    return urljoin(response.url, unescape(action[1])), fields


class WayBack:
    """What a provider has sent with a browser to Cognito: by a redirect, or by a form. ``owner`` is the browser."""

    def __init__(self, app: Federated, sub: str = "1", provider: str | None = None) -> None:
        self.owner = app
        response = app.chosen(app.start(provider), sub)
        form = forwarded(response)
        self.by_form = form is not None
        location = response.headers.get("Location", "")
        self.url, self.fields = form or (location.partition("?")[0], parameters(location))

    def take(self, app: Federated, **changes: str | None) -> str:
        """Let a browser take this way, with parameters changed, and return where it leads."""
        response = self.sent(app, None, changes)
        assert response.status_code == 302
        return response.headers["Location"]

    def sent(self, app: Federated, url: str | None, changes: Mapping[str, str | None]) -> requests.Response:
        """What Cognito answers to a browser that takes this way, perhaps to another address."""
        fields = {name: value for name, value in {**self.fields, **changes}.items() if value is not None}
        if self.by_form:
            return app.browser.post(url or self.url, data=fields, allow_redirects=False, timeout=5)
        return app.browser.get(url or self.url, params=fields, allow_redirects=False, timeout=5)
