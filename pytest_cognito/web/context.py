"""The context of a view, and the responses of views."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import CLIENTS, AppClient, Domain, UserPool, pool_of_documents
from pytest_cognito.http import cookies, cors, hosts
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.hosts import Host
from pytest_cognito.http.messages import Request, Response, form
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context, World

P = ParamSpec("P")
R = TypeVar("R")

CSRF_COOKIE = "XSRF-TOKEN"
_JSON = json.JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True)
class RequestContext:
    """The context of a view: the world, the request, and what was found out about it.

    ``call`` is the request's entry in the log of calls. ``host`` is the host of AWS, None for another host; ``domain``
    the user pool's domain with this host, if any; ``arguments`` are the values of the path parameters. ``base`` is what
    the paths of all pages of the domain begin with, and ``set_cookies`` are the cookies that the response sets.
    """

    world: World
    request: Request
    call: Call
    host: Host | None = None
    domain: Domain | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    set_cookies: list[Cookie] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """The scheme and the host of the request, with the port if it has one: ``http://notes.localhost:9229``."""
        if self.request.origin:
            return self.request.origin
        scheme, separator, rest = self.request.url.partition("://")
        if not separator or "/" in scheme:  # the URL begins with the path
            return f"https://{hosts.name_in_request(self.request)}" if self.host or self.domain else ""
        return f"{scheme}://{rest.partition('/')[0].partition('?')[0]}"

    @cached_property
    def query(self) -> dict[str, str]:
        """The parameters of the query string; for a repeated parameter, its first value."""
        return _first_values(self.request.query)

    @cached_property
    def form(self) -> dict[str, str]:
        """The parameters of a form in the body; for a repeated parameter, its first value."""
        return _first_values(self.request.body)

    @cached_property
    def cookies(self) -> dict[str, str]:
        """The cookies of the request."""
        return cookies.of_request(self.request)

    @cached_property
    def client_record(self) -> AppClient | None:
        """The app client that the query names, if it is one of the domain's pool."""
        client = self.world.store[CLIENTS].get(self.query.get("client_id"))
        is_other = client is not None and self.domain is not None and client.pool_id != self.domain.pool_id
        return None if is_other else client

    @cached_property
    def csrf_token(self) -> str:
        """The token against cross-site request forgery, which forms and the cookie ``XSRF-TOKEN`` have.

        It is that of the request's cookie, or else a new one, whose cookie the response sets.
        """
        known = self.cookies.get(CSRF_COOKIE)
        if known:
            return known
        token = self.world.ids.uuid()
        self.set_cookie(Cookie(CSRF_COOKIE, token))
        return token

    def set_cookie(self, cookie: Cookie) -> None:
        """Let the response set a cookie."""
        self.set_cookies.append(cookie)

    def step(self, work: Callable[Concatenate[Context, P], R], *args: P.args, **keywords: P.kwargs) -> R:
        """Call ``work`` in an atomic step of this request: after an error the state is as it was."""
        headers = self.request.headers
        return self.world.step(
            self.call,
            lambda context: work(context, *args, **keywords),
            user_agent=headers.get("user-agent", ""),
            address=self.request.address,
            origin="" if self.host or self.domain else self.request.origin,
            local_names=self._local_names,
        )

    @property
    def _local_names(self) -> dict[str, str]:
        """The name by which the loopback server was asked for the pages of the domain."""
        if self.domain is None or not self.request.origin:
            return {}
        return {self.domain.host: hosts.name_in_url(self.request.origin) or ""}

    def url(self, path: str, query: str | None = None) -> str:
        """The address of a page of the domain as the browser knows it, by default with the query of this request."""
        query = self.request.query if query is None else query
        address = f"{self.origin}{self.base}{path}"
        return f"{address}?{query}" if query else address


View: TypeAlias = Callable[[RequestContext], Response]


def _first_values(text: str | bytes) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for name, value in form(text):
        parameters.setdefault(name, value)
    return parameters


def json_response(value: Mapping[str, Any], status: int = 200) -> Response:
    """A JSON document that pages of any origin may read."""
    headers = [("Content-Type", "application/json"), *cors.response_headers()]
    return Response(status, headers, _JSON.encode(value).encode())


def json_error(error: AWSError) -> Response:
    """An error in the format of Cognito's OpenID endpoints."""
    return json_response({"code": error.code, "message": error.message, "type": "client"}, error.status)


def page(html: str, status: int = 200) -> Response:
    """An HTML page."""
    return Response(status, [("Content-Type", "text/html;charset=UTF-8")], html.encode())


def redirect(location: str) -> Response:
    """A redirect (302)."""
    return Response(302, [("Location", location)])


def pool_of_path(context: RequestContext) -> UserPool | None:
    """The user pool whose id is in the path, if it or a replica is in the host's region; None if there is none."""
    region = context.host.region if context.host else None
    return pool_of_documents(context.world, context.arguments["pool_id"], region)
