"""A test's own calls of a front, with the arguments and the responses of `requests`."""

from __future__ import annotations

import json as encoder
from collections.abc import Mapping, Sequence
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from urllib.parse import urlencode, urlsplit

from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    import requests

Parameters = Mapping[str, str | int | Sequence[str | int]]


class Options(TypedDict, total=False):
    """What a request has beside its method and path.

    ``params`` are the query string, ``json`` an object for the body, ``data`` a form or the body itself.
    """

    params: Parameters
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    json: Any
    data: Mapping[str, Any] | str | bytes
    address: str


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
        url = path if path.startswith(f"{self.url}/") or path == self.url else f"{self.url}{path}"
        if not path.startswith("/") and url != path:
            raise UsageError(f"a path begins with a slash: write {'/' + path!r}, or the whole address, {self.url}/…")
        query = urlencode(options["params"], doseq=True) if options.get("params") else ""
        if query:
            url = f"{url}{'&' if '?' in url else '?'}{query}"
        headers = {"host": urlsplit(url).netloc, "user-agent": "pytest-cognito", "accept": "*/*"}
        body = _body(options, headers)
        headers |= {name.lower(): value for name, value in options.get("headers", {}).items()}
        if options.get("cookies"):
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in options["cookies"].items())
        request = Request(method.upper(), url, headers, body).encoded()
        if "address" in options:
            request.address = options["address"]
        return request


def _body(options: Options, headers: dict[str, str]) -> bytes:
    """The body, whose type and length are added to the headers."""
    data = options.get("data")
    if "json" in options:
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
    from requests.structures import CaseInsensitiveDict

    made = requests.Response()
    made.status_code, made.url, made.encoding = response.status, request.url, "utf-8"
    made._content = b"" if request.method == "HEAD" else response.body
    headers: CaseInsensitiveDict[str] = CaseInsensitiveDict()
    for name, value in response.headers:
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
        if name.lower() == "set-cookie":
            for key, morsel in SimpleCookie(value).items():
                made.cookies.set(key, morsel.value, path=morsel["path"] or "/")
    made.headers = headers
    return made
