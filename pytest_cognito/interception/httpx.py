"""The hook for `httpx` and for `httpx2`, whose internals have the same names.

It wraps two methods. ``HTTPTransport.handle_request`` is called for every request to the network, also by transports
of the user that wrap or extend a real one. pytest-httpx replaces that method, and `respx` what it calls. So
``Client._send_single_request``, which is called before either, is wrapped as well: it responds if the client's
transport is a real one, and leaves the request to a ``MockTransport`` or ``ASGITransport`` of the user. A request for
which the test has a stub of `respx` or pytest-httpx is left to that. The last step is `httpcore`, with its own hook.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from pytest_cognito.http.messages import Request
from pytest_cognito.interception import httpx_stubs, responder
from pytest_cognito.interception.http import content, fields, is_hooked, mark_hooked
from pytest_cognito.kernel.faults import TimedOut

if TYPE_CHECKING:
    from types import ModuleType

REQUIRED_ATTRIBUTES = (
    "HTTPTransport.handle_request",
    "AsyncHTTPTransport.handle_async_request",
    "Client._send_single_request",
    "Client._transport_for_url",
    "AsyncClient._send_single_request",
    "AsyncClient._transport_for_url",
    "ByteStream",
)


def hook(library: ModuleType) -> None:
    """Let all clients and transports of the library, including existing ones, respond to requests for Cognito."""
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
        response = _respond(library, self, request) if _is_answered(request) else None
        return original(self, request) if response is None else response

    library.HTTPTransport.handle_request = handle_request


def _hook_async_transport(library: ModuleType) -> None:
    original = library.AsyncHTTPTransport.handle_async_request

    @functools.wraps(original)
    async def handle_async_request(self: Any, request: Any) -> Any:
        response = await _respond_async(library, self, request) if _is_answered(request) else None
        return await original(self, request) if response is None else response

    library.AsyncHTTPTransport.handle_async_request = handle_async_request


def _hook_client(library: ModuleType) -> None:
    original = library.Client._send_single_request
    look_up = library.Client._transport_for_url

    @functools.wraps(original)
    def _send_single_request(self: Any, request: Any) -> Any:
        response = None
        if _is_answered(request):
            transport = look_up(self, request.url)
            if _sends_directly(transport, library.HTTPTransport):
                response = _respond(library, transport, request)
        return original(self if response is None else _RespondingClient(self, response), request)

    mark_hooked(_send_single_request)
    library.Client._send_single_request = _send_single_request


def _hook_async_client(library: ModuleType) -> None:
    original = library.AsyncClient._send_single_request
    look_up = library.AsyncClient._transport_for_url

    @functools.wraps(original)
    async def _send_single_request(self: Any, request: Any) -> Any:
        response = None
        if _is_answered(request):
            transport = look_up(self, request.url)
            if _sends_directly(transport, library.AsyncHTTPTransport):
                response = await _respond_async(library, transport, request)
        return await original(self if response is None else _RespondingClient(self, response), request)

    library.AsyncClient._send_single_request = _send_single_request


def _is_answered(request: Any) -> bool:
    return responder.answers(str(request.url))


def _sends_directly(transport: Any, real: Any) -> bool:
    """Whether a transport sends requests by the method of the real one: a subclass may retry, log or count."""
    if not isinstance(transport, real):
        return False
    name = "handle_request" if hasattr(real, "handle_request") else "handle_async_request"
    return getattr(type(transport), name) is getattr(real, name)


class _RespondingClient:
    """A proxy of a client, with a transport that returns a given response."""

    def __init__(self, client: Any, response: Any) -> None:
        self._client = client
        self._response = response

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def _transport_for_url(self, _url: Any) -> _RespondingClient:
        return self

    def handle_request(self, _request: Any) -> Any:
        return self._response

    async def handle_async_request(self, _request: Any) -> Any:
        return self._response


def _respond(library: ModuleType, transport: Any, request: Any) -> Any:
    """The response to a request; None if the test has a stub for it."""
    body = request.read()
    return None if httpx_stubs.has_stub(library, transport, request) else _response(library, request, body)


async def _respond_async(library: ModuleType, transport: Any, request: Any) -> Any:
    body = await request.aread()
    return None if httpx_stubs.has_stub(library, transport, request) else _response(library, request, body)


def _response(library: ModuleType, request: Any, body: bytes) -> Any:
    try:
        received = Request.received(request.method, str(request.url), request.headers.multi_items(), body)
        response = responder.respond(received)
    except TimedOut as error:
        kind = library.ConnectTimeout if error.phase == "connect" else library.ReadTimeout
        raise kind(str(error), request=request) from None
    stream = library.ByteStream(content(response, request.method))
    return library.Response(response.status, headers=fields(response), stream=stream)
