"""The door for `httpx` and for `httpx2`, whose internals bear the same names.

It is at two places. ``HTTPTransport.handle_request`` is where everything bound for the network passes, a transport of
the user's that wraps or extends a real one included. pytest-httpx replaces that method, and `respx` can replace the
client's look-up of a transport, so ``Client._send_single_request`` asks before either is reached, provided that the
client's own transport is a real one: a ``MockTransport`` or ``ASGITransport`` given by hand keeps its say.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.http import Request
from pytest_cognito.interception.http import answer, concerns, content, fields, is_hooked, mark_hooked

if TYPE_CHECKING:
    from types import ModuleType

SEAMS = (
    "HTTPTransport.handle_request",
    "AsyncHTTPTransport.handle_async_request",
    "Client._send_single_request",
    "Client._transport_for_url",
    "AsyncClient._send_single_request",
    "AsyncClient._transport_for_url",
    "ByteStream",
)


def hook(library: ModuleType) -> None:
    """Have clients and transports of `httpx` or `httpx2` answer what concerns Cognito, existing ones included."""
    if is_hooked(library.Client._send_single_request):
        return
    _hook_client(library)
    _hook_async_client(library)
    _hook_transport(library)
    _hook_async_transport(library)


def _hook_transport(library: ModuleType) -> None:
    original = library.HTTPTransport.handle_request

    @functools.wraps(original)
    def handle_request(self: Any, request: Any) -> Any:
        response = _answered(library, request) if concerns(str(request.url)) else None
        return original(self, request) if response is None else response

    library.HTTPTransport.handle_request = handle_request


def _hook_async_transport(library: ModuleType) -> None:
    original = library.AsyncHTTPTransport.handle_async_request

    @functools.wraps(original)
    async def handle_async_request(self: Any, request: Any) -> Any:
        response = await _answered_async(library, request) if concerns(str(request.url)) else None
        return await original(self, request) if response is None else response

    library.AsyncHTTPTransport.handle_async_request = handle_async_request


def _hook_client(library: ModuleType) -> None:
    original = library.Client._send_single_request
    look_up = library.Client._transport_for_url

    @functools.wraps(original)
    def _send_single_request(self: Any, request: Any) -> Any:
        if not (concerns(str(request.url)) and _is_plain(look_up(self, request.url), library.HTTPTransport)):
            return original(self, request)
        response = _answered(library, request)
        return original(self if response is None else _Client(self, response), request)

    mark_hooked(_send_single_request)
    library.Client._send_single_request = _send_single_request


def _hook_async_client(library: ModuleType) -> None:
    original = library.AsyncClient._send_single_request
    look_up = library.AsyncClient._transport_for_url

    @functools.wraps(original)
    async def _send_single_request(self: Any, request: Any) -> Any:
        if not (concerns(str(request.url)) and _is_plain(look_up(self, request.url), library.AsyncHTTPTransport)):
            return await original(self, request)
        response = await _answered_async(library, request)
        return await original(self if response is None else _Client(self, response), request)

    library.AsyncClient._send_single_request = _send_single_request


def _is_plain(transport: Any, real: Any) -> bool:
    """Whether a transport goes straight to the network: one that extends the real one may retry, log or count."""
    if not isinstance(transport, real):
        return False
    name = "handle_request" if hasattr(real, "handle_request") else "handle_async_request"
    return getattr(type(transport), name) is getattr(real, name)


class _Client:
    """A client whose transport has the answer ready; for the rest, the client itself."""

    def __init__(self, client: Any, response: Any) -> None:
        self._client = client
        self._response = response

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def _transport_for_url(self, _url: Any) -> _Client:
        return self

    def handle_request(self, _request: Any) -> Any:
        return self._response

    async def handle_async_request(self, _request: Any) -> Any:
        return self._response


def _answered(library: ModuleType, request: Any) -> Any:
    return _response(library, request, request.read())


async def _answered_async(library: ModuleType, request: Any) -> Any:
    return _response(library, request, await request.aread())


def _response(library: ModuleType, request: Any, body: bytes) -> Any:
    headers = {name.lower(): value for name, value in request.headers.items()}
    response = answer(Request(method=request.method, url=str(request.url), headers=headers, body=body))
    if response is None:
        return None
    stream = library.ByteStream(content(response, request.method))
    return library.Response(response.status, headers=fields(response), stream=stream)
