"""A browser in the test's process, for the pages of user pools' domains and of simulated identity providers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from pytest_cognito import cognito_idp
from pytest_cognito.endpoints import application
from pytest_cognito.handles import arguments
from pytest_cognito.handles.cookies import Cookies
from pytest_cognito.handles.page import Page
from pytest_cognito.handles.pools import find_pool
from pytest_cognito.handles.redirect import Redirect
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.web import addresses
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.handles.app_client import AppClient
    from pytest_cognito.handles.user_pool import UserPool

MAX_REDIRECTS = 20
"""The number of redirects that a browser follows for one request."""
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
_HEADERS = {
    "user-agent": _AGENT,
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
    "accept-language": "en-US,en;q=0.9",
    "upgrade-insecure-requests": "1",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "sec-fetch-user": "?1",
}
_FORM = "application/x-www-form-urlencoded"
_REDIRECTS = (301, 302, 303, 307, 308)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SAME_METHOD = (307, 308)
_NO_DOMAIN = (
    'No user pool has a domain, without which it has no pages: pool.call("CreateUserPoolDomain", Domain="my-app")'
)


class Browser:
    """A browser with cookies of its own. It has no scripting; what the scripts of the pages do, it does itself.

    It opens the pages of the domains of user pools, those of simulated identity providers, and those of an application
    behind a load balancer or an API of the test. Redirects among them are followed. One that leads elsewhere is the
    result: a `Redirect`, for the test to follow with the application's own client. ``page`` is the page that it is at,
    None at the beginning and after a redirect that left.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.cookies = Cookies(world.clock)
        self.page: Page | None = None
        self.username: str | None = None
        """The user name that was entered last."""

    def get(self, url: str) -> Page | Redirect:
        """Open a URL, such as that to which the application redirects its users for a sign-in."""
        return self.send("GET", self._absolute(url))

    def post(self, url: str, data: Mapping[str, str]) -> Page | Redirect:
        """Post form parameters to a URL, whatever the page's forms are like."""
        arguments.check_mapping("data", data, '{"username": "alice"}')
        return self.send("POST", self._absolute(url), list(data.items()))

    def sign_out(self, client: AppClient, logout_uri: str | None = None) -> Page | Redirect:
        """Sign out at the domain of a client's pool, by ``/logout``; ``logout_uri`` is by default its first LogoutURL.

        The domain is the one that the browser is at or, if that is not the pool's, the pool's first.
        """
        arguments.check_client(client)
        record = self.world.store[cognito_idp.CLIENTS].get(client.id)
        if record is None:
            raise LookupError(f"the app client {client.id} no longer exists")
        target = logout_uri or next(iter(record.settings.get("LogoutURLs") or ()), None)
        if target is None:
            raise UsageError(f"the app client {client.id} has no LogoutURLs: write sign_out(client, logout_uri)")
        query = urlencode({"client_id": client.id, "logout_uri": target})
        return self.get(f"{self._base(find_pool(self.world, record.pool_id))}/logout?{query}")

    def forget(self) -> None:
        """Forget all cookies and the page: the browser is as new."""
        self.cookies.clear()
        self.page = self.username = None

    def pool_at(self, url: str) -> UserPool | None:
        """The user pool at whose domain a URL is; None if it is elsewhere."""
        domain = self.domain_at(url)
        return None if domain is None else find_pool(self.world, domain.pool_id)

    def serves(self, url: str) -> bool:
        """Whether a URL is one of Cognito's or of a simulated provider's."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            return False
        name = hosts.name_in_url(url) or ""
        return (
            self.world.sites.find(name) is not None
            or addresses.find_provider(self.world, _arriving("GET", url, {"host": parts.netloc})) is not None
            or self.domain_at(url) is not None
        )

    def send(
        self,
        method: str,
        url: str,
        data: list[tuple[str, str]] | None = None,
        source: str | None = None,
    ) -> Page | Redirect:
        """Send a request and follow redirects up to the first that leaves. ``source`` is its page's URL."""
        self._check_served(url)
        pool = self.pool_at(url)
        for _ in range(MAX_REDIRECTS + 1):
            response = self._request(method, url, data, source)
            location = response.header("Location")
            if response.status not in _REDIRECTS or location is None:
                page = self.page = Page(self, url, response)
                form = page.form_that_submits_itself
                if form is None or not self.serves(page.target(form)):
                    return page
                method, url, data, source = form.method, page.target(form), form.data(None), page.url
                continue
            target = urljoin(url, location)
            if not self.serves(target):
                self.page = None
                return Redirect(response.status, target, self.pool_at(url) or pool)
            pool = self.pool_at(url) or pool
            if method != "HEAD" and response.status not in _SAME_METHOD:
                method, data = "GET", None
            url = target
        raise UsageError(f"more than {MAX_REDIRECTS} redirects follow one another; the last leads to {_short(url)}")

    def _request(self, method: str, url: str, data: list[tuple[str, str]] | None, source: str | None) -> Response:
        address = url.partition("#")[0]
        body = b"" if data is None else urlencode(data).encode()
        if data is not None and method == "GET":
            address, body = f"{address.partition('?')[0]}?{body.decode()}", b""
        headers = {**_HEADERS, "host": urlsplit(url).netloc, **_origin(method, address, source)}
        if body or method == "POST":
            headers |= {"content-type": _FORM, "content-length": str(len(body))}
        cookies = self.cookies.header(address)
        if cookies is not None:
            headers["cookie"] = cookies
        response = application.handle(self.world, _arriving(method, address, headers, body))
        for name, value in response.headers:
            if name.lower() == "set-cookie":
                self.cookies.set(address, value)
        return response

    def _absolute(self, url: str) -> str:
        arguments.check_text("url", url, "that to which the application redirects its users")
        return url if self.page is None else urljoin(self.page.url, url)

    def _check_served(self, url: str) -> None:
        if self.serves(url):
            return
        there = ", ".join(sorted(domain.host for domain in self.world.store[cognito_idp.DOMAINS]))
        raise UsageError(
            f"this browser opens pages of user pools' domains and of simulated providers, and {_short(url)} is none: "
            f"the application's own pages are for the client of the application's tests. "
            + (f"Domains of user pools: {there}" if there else _NO_DOMAIN)
        )

    def domain_at(self, url: str) -> cognito_idp.Domain | None:
        """The domain of a user pool that a URL is at: by AWS's name, its own name, or one of the loopback server."""
        host = hosts.find(hosts.name_in_url(url) or "")
        if host is not None and host.prefix is None:
            return None
        return addresses.find(self.world, _arriving("GET", url, {"host": urlsplit(url).netloc}), ()).domain

    def _base(self, pool: UserPool) -> str:
        if self.page is not None and (there := self.pool_at(self.page.url)) is not None and there.id == pool.id:
            return self.page.origin
        domain = next((each for each in self.world.store[cognito_idp.DOMAINS] if each.pool_id == pool.id), None)
        if domain is None:
            raise UsageError(f'the user pool {pool.id} has no domain: pool.create_domain("my-app")')
        return f"https://{domain.host}"

    def __repr__(self) -> str:
        return f"<Browser at {self.page!r}>" if self.page is not None else "<Browser>"


def _arriving(method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Request:
    """The request as it arrives: at a host by its name or, with an address of this machine, at the loopback server."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    if name not in _LOOPBACK and not name.endswith(".localhost"):
        return Request(method, url, headers, body)
    origin = f"{parts.scheme}://{parts.netloc}"
    return Request(method, url.removeprefix(origin) or "/", headers, body, origin=origin)


def _origin(method: str, url: str, source: str | None) -> dict[str, str]:
    """The headers that say where a request comes from, by the referrer policy that browsers have by default."""
    if source is None:
        return {"sec-fetch-site": "none"}
    here, there = _origin_of(url), _origin_of(source)
    headers = {
        "sec-fetch-site": "same-origin" if here == there else "cross-site",
        "referer": source.partition("#")[0] if here == there else f"{there}/",
    }
    return {**headers, "origin": there} if method == "POST" else headers


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _short(url: str) -> str:
    """A URL without its query string, which may have secrets."""
    return url.partition("?")[0].partition("#")[0]
