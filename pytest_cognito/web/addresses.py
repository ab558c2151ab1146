"""Where the loopback server answers for hosts of AWS and of simulated identity providers, and what a request is for.

A server on one port stands in for many hosts. A host has a *label* there: of a prefix domain its prefix
(``notes``, or ``notes.eu-west-1`` where another region's domain has it), of a custom domain and of a simulated provider
the host name. A label is a name below ``localhost``, which browsers resolve to the machine, or the beginning of a path,
for everyone else:

    http://notes.localhost:9229/login        http://127.0.0.1:9229/notes/login
    http://idp.example.com.localhost:9229/   http://127.0.0.1:9229/_provider/idp.example.com/

Custom domains are answered by their own names as well, where these lead to the server.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from pytest_cognito.cognito_idp import Domain, domain_with_label, find_domain, label_of, pool_of_documents
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request
from pytest_cognito.http.sites import SERVER_PATH
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.web.context import RequestContext

_LOCALHOST = ".localhost"


class Place(NamedTuple):
    """What a request is for: the ``domain`` of a user pool, if any, and the ``request`` as if it was sent there.

    ``base`` is the beginning of the path of all pages of the domain, which the path of ``request`` has not.
    """

    request: Request
    domain: Domain | None = None
    base: str = ""


class CookieAttributes(NamedTuple):
    """The attributes of a cookie that depend on the address: ``Path`` and ``Secure``."""

    path: str
    secure: bool


def find(world: World, request: Request, reserved: Collection[str]) -> Place:
    """The place that a request is for. Paths that begin with a ``reserved`` segment are pages of the server itself."""
    name = hosts.name_in_request(request)
    host = hosts.find(name)
    domain = find_domain(world, host, name)
    if domain is not None or host is not None or not request.origin:
        return Place(request, domain)
    if name.endswith(_LOCALHOST):
        domain = domain_with_label(world, name.removesuffix(_LOCALHOST))
        if domain is not None:
            return Place(request, domain)
    segment, rest = _first_segment(request.url)
    domain = None if segment in reserved else domain_with_label(world, unquote(segment).lower())
    return Place(request) if domain is None else Place(replace(request, url=rest), domain, f"/{segment}")


def find_provider(world: World, request: Request) -> tuple[Request, str] | None:
    """The request to a simulated provider that a request to the server stands for, and the beginning of its path."""
    if not request.origin:
        return None
    name, base, url = hosts.name_in_request(request), "", request.url
    if name.endswith(_LOCALHOST):
        name = name.removesuffix(_LOCALHOST)
    elif request.path.startswith(f"{SERVER_PATH}/"):
        segment, url = _first_segment(url.removeprefix(SERVER_PATH))
        name, base = unquote(segment).lower(), f"{SERVER_PATH}/{segment}"
    if world.sites.find(name) is None:
        return None
    headers = {**request.headers, "host": name}
    return Request(request.method, f"https://{name}{url}", headers, request.body, request.address), base


def cookie_attributes(context: RequestContext, same_site: str | None = "Lax") -> CookieAttributes:
    """The path that a cookie is for, and whether it is sent over TLS alone.

    At AWS all cookies are ``Secure``. Of clients that take and send such a cookie over plain HTTP, on the loopback
    interface, there are browsers alone, so that there only a cookie with ``SameSite=None`` is, which they refuse
    otherwise.
    """
    secure = context.origin.startswith("https:") or same_site == "None"
    return CookieAttributes(f"{context.base}/", secure)


def local_url(context: RequestContext, url: str) -> str:
    """The address at which the server that has received a request answers for a URL of AWS or of a simulated provider.

    It has the form of the request's: names below ``localhost``, or paths. Other URLs are returned unchanged, and so are
    all for a request in process.
    """
    if context.domain is not None and context.request.origin and hosts.name_in_url(url) == context.domain.host:
        return f"{context.request.origin}{context.base}{_target(url)}"
    return translated(context.world, context.request, url, by_path=bool(context.base))


def translated(world: World, request: Request, url: str, *, by_path: bool) -> str:
    """As `local_url`, for a request that need not be one for a domain; ``by_path`` says that a path has its label."""
    if not request.origin or not url.startswith(("https://", "http://")):
        return url
    name = hosts.name_in_url(url) or ""
    host = hosts.find(name)
    by_path = by_path or not _is_site_name(world, request)
    if host is not None and host.service == "cognito-idp":
        pool_id = urlsplit(url).path.split("/")[1:2]
        known = pool_id and pool_of_documents(world, pool_id[0], host.region) is not None
        return f"{_root(request, by_path=by_path)}{_target(url)}" if known else url
    domain = find_domain(world, host, name)
    if domain is not None:
        return domain_url(world, request.origin, domain, by_path=by_path) + _target(url)
    if world.sites.find(name) is not None:
        return f"{_below(request.origin, name, SERVER_PATH, by_path=by_path)}{_target(url)}"
    return url


def domain_url(world: World, origin: str, domain: Domain, *, by_path: bool) -> str:
    """The address of a domain's pages on the server with an origin, without a slash at its end."""
    return _below(origin, label_of(world, domain), "", by_path=by_path)


def _below(origin: str, label: str, path: str, *, by_path: bool) -> str:
    if by_path:
        return f"{origin}{path}/{quote(label)}"
    return _with_host(origin, f"{label}{_LOCALHOST}")


def _root(request: Request, *, by_path: bool) -> str:
    """The origin of the server itself, which serves the documents of all pools."""
    return request.origin if by_path else _with_host(request.origin, "localhost")


def _is_site_name(world: World, request: Request) -> bool:
    """Whether a request names a domain or a provider by its host name, which is none of the server's own then."""
    name = hosts.name_in_request(request)
    return name.endswith(_LOCALHOST) or find_domain(world, hosts.find(name), name) is not None


def _with_host(origin: str, host: str) -> str:
    """An origin with another host name and the same port."""
    scheme, _, authority = origin.partition("://")
    _, colon, port = authority.rpartition(":")
    return f"{scheme}://{host}:{port}" if colon and port.isdigit() else f"{scheme}://{host}"


def _first_segment(url: str) -> tuple[str, str]:
    """The first segment of a path with its query, and the rest: ``/notes/login?a=b`` → ``notes``, ``/login?a=b``."""
    path, mark, query = url.partition("?")
    segment, _, rest = path.lstrip("/").partition("/")
    return segment, f"/{rest}{mark}{query}"


def _target(url: str) -> str:
    """The path, the query and the fragment of a URL."""
    parts = urlsplit(url)
    return parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
