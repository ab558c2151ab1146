"""A world whose domains are attacked, and browsers without scruples."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from pytest_cognito import AppClient, UserPool
from pytest_cognito.cognito import Cognito
from pytest_cognito.endpoints import application
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.web import site
from pytest_cognito.world import World
from tests.support.forms import CALLBACK, OAUTH
from tests.support.jwts import claims

PASSWORD = "Correct-horse-7"
REGION = "us-east-1"
DOMAINS = ("classic", "managed")
HOSTS = {name: hosts.prefix_domain(name, REGION) for name in DOMAINS}
LOGOUT = "https://app.example.com/goodbye"
FORM = {"content-type": "application/x-www-form-urlencoded"}
MARK = "zz'\"><zz {0.x} %s"
"""What is on a page only if it was escaped."""
_UNESCAPED = re.compile(rb"zz'\"|<zz|zz\">")
_NOT_FORMS = ("/oauth2/", "/authorize", "/saml2/")
"""Paths that programs or identity providers post to, so that there is no page with a token before."""
PATHS = sorted({route.path for route in site.routes()})
_POSTED = {route.path for route in site.routes() if "POST" in route.methods and "PUT" not in route.methods}
POSTED = sorted(path for path in _POSTED if not path.startswith(_NOT_FORMS))
"""The paths of pages that forms are posted to."""
SETTINGS: dict[str, Any] = {
    "AutoVerifiedAttributes": ["email"],
    "Schema": [{"Name": "email", "Required": True, "Mutable": True}],
    "UserPoolTier": "ESSENTIALS",
    "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]}},
}


@dataclass(frozen=True)
class WebWorld:
    """A world, and for each domain its pool and its app client."""

    world: World
    pools: dict[str, UserPool]
    clients: dict[str, AppClient]

    def query(self, domain: str) -> dict[str, str]:
        """The parameters of a good authorization request."""
        client = self.clients[domain]
        return {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK, "scope": "openid email"}

    def ask(self, request: Request) -> Response:
        """The response to a request, which holds what every response must."""
        response = application.handle(self.world, request)
        check(request, response)
        return response


@cache
def web_world() -> WebWorld:
    """Two domains, one of each version; alice is at home in browser 0, and bob in browser 1."""
    cognito = Cognito(World(seed="web"))
    pools, clients = {}, {}
    for version, name in enumerate(DOMAINS, 1):
        pool = cognito.create_user_pool(**SETTINGS)
        pool.call("CreateUserPoolDomain", Domain=name, ManagedLoginVersion=version)
        pool.call("SetUserPoolMfaConfig", WebAuthnConfiguration={"RelyingPartyId": "example.com"})
        client = pool.create_client(
            **{**OAUTH, "LogoutURLs": [LOGOUT], "ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}
        )
        pool.call("CreateManagedLoginBranding", ClientId=client.id, UseCognitoProvidedValues=True)
        for number, user in enumerate(("alice", "bob")):
            email = f"{user}@{number}.example.com"
            pool.create_user(user, password=f"{PASSWORD}{number}", email=email, email_verified="true")
        pools[name], clients[name] = pool, client
    return WebWorld(cognito.world, pools, clients)


def check(request: Request, response: Response) -> None:
    """What holds for every response, whatever was asked."""
    about = f"{request.method} {request.url}"
    assert 200 <= response.status < 500, about
    for name, value in response.headers:
        (name + value).encode("latin-1")
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", name + value), about
    _check_location(request, response.header("Location"), about)
    kind = response.header("Content-Type") or ""
    if kind.startswith("text/html"):
        assert not _UNESCAPED.search(response.body), about
    cookies = [value for name, value in response.headers if name == "Set-Cookie"]
    for cookie in cookies:
        name, attributes = cookie.partition("=")[0], cookie.partition(";")[2]
        assert "Path=/" in attributes, cookie
        assert "SameSite=Lax" in attributes, cookie
        assert name == "lang" or ("Secure" in attributes and "HttpOnly" in attributes), cookie


def path_on(request: Request, location: str) -> str | None:
    """The path to which a redirect leads with its query, if it stays on the host of the request."""
    own = f"https://{hosts.name_in_request(request)}/"
    return f"/{location.removeprefix(own)}" if location.startswith(own) else None


def _check_location(request: Request, location: str | None, about: str) -> None:
    """A redirect stays on the domain, or leads to an address that the client has registered."""
    if location is None:
        return
    target = urlsplit(location)._replace(query="", fragment="").geturl()
    inside = path_on(request, location) is not None
    assert inside or target in (CALLBACK, LOGOUT), f"{about} → {location}"


@dataclass
class Browser:
    """A browser with cookies of its own, which knows the passwords and the mails of one person.

    ``number`` is that of the person: alice in browser 0, bob in browser 1, whose addresses end with it.
    """

    web: WebWorld
    number: int
    domain: str
    cookies: dict[str, str] = field(default_factory=dict)
    at: str = ""
    html: str = ""
    back: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"@{self.number}.example.com"

    def open(self, path: str, changes: dict[str, str]) -> None:
        """Go to a page, with a query that is good but for ``changes``."""
        query = {**self.web.query(self.domain), **changes}
        self._ask("GET", f"{path}?{urlencode(query, errors='replace')}")

    def submit(self, number: int, changes: dict[str, str]) -> None:
        """Submit one of the forms of the page with what is in its fields, but for ``changes``."""
        forms = re.findall(r'<form action="([^"]*)"([^>]*)>(.*?)</form>', self.html, re.DOTALL)
        if forms:
            action, _, inner = forms[number % len(forms)]
            fields = {unescape(name): unescape(value) for name, value in _fields(inner)}
            self.post(unescape(action), {**fields, **changes})

    def post(self, target: str, form: dict[str, str]) -> None:
        """Post a form with the right token."""
        token = self.cookies.get("XSRF-TOKEN", "")
        self._ask("POST", target, urlencode({"_csrf": token, **form}, errors="replace").encode())

    def code(self) -> str:
        """The last code that was sent to the person."""
        mails = [one for one in self.web.world.outbox if one.to.endswith(self.address)]
        return next((one.code for one in reversed(mails) if one.code), "000000")

    def _ask(self, method: str, target: str, body: bytes = b"") -> None:
        for _ in range(6):
            url = urljoin(f"https://{HOSTS[self.domain]}", target)
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"host": HOSTS[self.domain], "cookie": cookies, **FORM}
            request = Request.make(method, url, headers, body)
            response = self.web.ask(request)
            self._keep(response)
            location = response.header("Location")
            if location is None:
                self.at, self.html = urlsplit(url).path, response.body.decode()
                return
            inside = path_on(request, location)
            if inside is None:
                self.back.append(location)
                return
            method, target, body = "GET", inside, b""

    def _keep(self, response: Response) -> None:
        for name, value in response.headers:
            if name == "Set-Cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content.strip('"')
                if not self.cookies[cookie]:
                    del self.cookies[cookie]

    def people(self) -> set[str]:
        """Whom the application takes the person for: the addresses of the users whose codes and tokens it got."""
        pool = self.web.pools[self.domain]
        tokens = [token for location in self.back if (token := self._access_token(location))]
        return {str(pool.user(claims(token)["username"]).email) for token in tokens}

    def _access_token(self, location: str) -> str | None:
        """The access token of what was sent to the application: it gets one for a code."""
        parts = urlsplit(location)
        sent = parse_qs(f"{parts.query}&{parts.fragment}")
        if "code" not in sent:
            return sent.get("access_token", [None])[0]
        form = {**self.web.query(self.domain), "grant_type": "authorization_code", "code": sent["code"][0]}
        url, headers = f"https://{HOSTS[self.domain]}/oauth2/token", {"host": HOSTS[self.domain], **FORM}
        answer = json.loads(self.web.ask(Request.make("POST", url, headers, urlencode(form).encode())).body)
        assert answer.keys() & {"access_token", "error"}
        found: str | None = answer.get("access_token")
        return found


def _fields(form: str) -> list[tuple[str, str]]:
    return re.findall(r'<input[^>]*? name="([^"]*)"[^>]*? value="([^"]*)"', form)
