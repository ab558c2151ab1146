"""A test's own calls of a front, with the arguments and the responses of `requests`."""

from __future__ import annotations

import json as encoder
from collections.abc import Mapping, Sequence
from http.client import responses as reasons
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from urllib.parse import urlencode, urlsplit

from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

if TYPE_CHECKING:
    import requests

Parameters = Mapping[str, str | int | Sequence[str | int]] | Sequence[tuple[str, str | int]]


class Options(TypedDict, total=False):
    """What a request has beside its method and path.

    ``params`` are the query string, ``json`` an object for the body, ``data`` a form or the body itself. A header with
    a list of values is sent more than once. What is None is left out, as by `requests`.
    """

    params: Parameters | None
    headers: Mapping[str, str | Sequence[str]] | None
    cookies: Mapping[str, str] | None
    json: Any
    data: Mapping[str, Any] | str | bytes | None
    address: str


_NO_OPTIONS = {
    "allow_redirects": "a redirect is not followed; requests.get(…) of its address follows it",
    "auth": "write headers={'Authorization': …}",
    "files": "pass the body as data=b'…', and its Content-Type in headers",
    "timeout": "nothing waits: leave it out",
}
"""What `requests` takes and a front does not, and what to write instead."""


class Client:
    """The calls of a front. Each gives a `requests.Response`; a redirect is not followed.

    The methods that begin with ``a`` are coroutines, in which an asynchronous application runs in the test's own event
    loop: ``await api.aget("/notes")``.
    """

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        raise NotImplementedError

    def __call__(self, request: Request) -> Response:
        raise NotImplementedError

    async def answer_async(self, request: Request) -> Response:
        raise NotImplementedError

    def request(self, method: str, path: str, **options: Unpack[Options]) -> requests.Response:
        """The response to a request: ``api.request("GET", "/notes", headers={"Authorization": token})``.

        ``path`` begins with a slash, and is that of the application; or it is a whole address of this front.
        """
        request = self._request(method, path, options)
        return as_requests_response(request, self(request))

    async def arequest(self, method: str, path: str, **options: Unpack[Options]) -> requests.Response:
        """As `request`, in the running event loop."""
        request = self._request(method, path, options)
        return as_requests_response(request, await self.answer_async(request))

    def get(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return self.request("GET", path, **options)

    def head(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return self.request("HEAD", path, **options)

    def options(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return self.request("OPTIONS", path, **options)

    def post(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return self.request("DELETE", path, **options)

    async def aget(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return await self.arequest("GET", path, **options)

    async def apost(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return await self.arequest("POST", path, **options)

    async def aput(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return await self.arequest("PUT", path, **options)

    async def apatch(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return await self.arequest("PATCH", path, **options)

    async def adelete(self, path: str, **options: Unpack[Options]) -> requests.Response:
        return await self.arequest("DELETE", path, **options)

    def _request(self, method: str, path: str, options: Options) -> Request:
        own_url = self.url
        url = f"{own_url}{path}" if path.startswith("/") else path
        if url != own_url and not url.startswith(f"{own_url}/"):
            raise UsageError(f"a path begins with a slash: write {'/' + path!r}, or the whole address, {own_url}/…")
        _check(options)
        params = options.get("params")
        query = urlencode(params, doseq=True) if params else ""
        if query:
            url = f"{url}{'&' if '?' in url else '?'}{query}"
        headers = {"host": urlsplit(own_url).netloc, "user-agent": "pytest-cognito", "accept": "*/*"}
        body = _body(options, headers)
        own = _pairs(options)
        given = {name.lower() for name, _ in own}
        pairs = [*((name, value) for name, value in headers.items() if name not in given), *own]
        request = Request.received(method.upper(), url, pairs, body).encoded()
        if "address" in options:
            request.address = options["address"]
        return request


def _check(options: Options) -> None:
    """Raise `UsageError` for what a request has not: it would go unnoticed."""
    for name in options:
        if name not in Options.__annotations__:
            instead = _NO_OPTIONS.get(name) or suggestion(name, Options.__annotations__)
            raise UsageError(f"a request of a test has no {name!r}: {instead}")


def _pairs(options: Options) -> list[tuple[str, str]]:
    """The headers that a test has written, a name with several values more than once, and the cookies."""
    pairs: list[tuple[str, str]] = []
    for name, given in (options.get("headers") or {}).items():
        for value in [given] if isinstance(given, str) else given if isinstance(given, list | tuple) else [None]:
            if not isinstance(value, str) or "\r" in value or "\n" in value:
                raise UsageError(f"the header {name!r} is text without line breaks, or a list of such; not {given!r}")
            pairs.append((name, value))
    cookies = options.get("cookies")
    if cookies:
        pairs.append(("cookie", "; ".join(f"{name}={value}" for name, value in cookies.items())))
    return pairs


def _body(options: Options, headers: dict[str, str]) -> bytes:
    """The body, whose type and length are added to the headers."""
    data = options.get("data")
    if data is None and options.get("json") is None:
        return b""
    if options.get("json") is not None:
        if data is not None:
            raise UsageError("a request has one body: pass json= or data=, not both")
        headers["content-type"], body = "application/json", encoder.dumps(options["json"]).encode()
    elif isinstance(data, Mapping):
        headers["content-type"], body = "application/x-www-form-urlencoded", urlencode(data, doseq=True).encode()
    else:
        body = data.encode() if isinstance(data, str) else data or b""
    if body:
        headers["content-length"] = str(len(body))
    return body


def as_requests_response(request: Request, response: Response) -> requests.Response:
    """The response as `requests` gives it, with its cookies."""
    import requests

    made = requests.Response()
    made.status_code, made.url, made.encoding = response.status, request.url, "utf-8"
    made.reason = reasons.get(response.status, "")
    made._content = b"" if request.method == "HEAD" else response.body
    seen: dict[str, str] = {}  # looking for a name that isn't there is slow in those of `requests`
    for name, value in response.headers:
        lower = name.lower()
        made.headers[name] = seen[lower] = f"{seen[lower]}, {value}" if lower in seen else value
        if lower == "set-cookie":
            for key, morsel in SimpleCookie(value).items():
                made.cookies.set(key, morsel.value, path=morsel["path"] or "/")
    return made
