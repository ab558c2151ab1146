"""The hook for `aiohttp`.

It wraps ``BaseConnector.connect``, by which every request, including redirects, gets its connection: the last step
before the network. The hook returns a connection in memory, so that aiohttp itself writes the request and parses the
response. aioresponses and vcrpy replace ``ClientSession._request``, which is called earlier; while it is replaced, the
hooked public methods of the session pass requests that are answered to the original ``_request``, unless the test has
a stub of aioresponses for them.
"""

from __future__ import annotations

import asyncio
import functools
import sys
from typing import TYPE_CHECKING, Any

from pytest_cognito.http.messages import Request
from pytest_cognito.interception import responder
from pytest_cognito.interception.http import is_hooked, mark_hooked, wire

if TYPE_CHECKING:
    from types import ModuleType

    import aiohttp

REQUIRED_ATTRIBUTES = (
    "BaseConnector.connect",
    "ClientSession._request",
    "ClientSession._build_url",
    "connector.Connection",
    "client_proto.ResponseHandler",
    "payload.BytesPayload",
)
_METHODS = ("request", "get", "options", "head", "post", "put", "patch", "delete")


def hook(library: ModuleType) -> None:
    """Let all connectors of `aiohttp`, including existing ones, keep requests for Cognito in the process."""
    if is_hooked(library.BaseConnector.connect):
        return
    _hook_connector(library)
    session = library.ClientSession
    for name in _METHODS:
        setattr(session, name, _bypass_mocks(session, name, session._request))


def _hook_connector(library: ModuleType) -> None:
    original = library.BaseConnector.connect

    @functools.wraps(original)
    async def connect(self: Any, req: aiohttp.ClientRequest, *args: Any, **options: Any) -> Any:
        if responder.intercepts(str(req.url)):
            return _connection(library, req, await _respond(library, req))
        return await original(self, req, *args, **options)

    mark_hooked(connect)
    library.BaseConnector.connect = connect


def _bypass_mocks(session_class: type[aiohttp.ClientSession], name: str, real_request: Any) -> Any:
    original = getattr(session_class, name)
    position = 1 if name == "request" else 0

    @functools.wraps(original)
    def method(self: aiohttp.ClientSession, *args: Any, **options: Any) -> Any:
        mocked = session_class._request is not real_request and type(self)._request is session_class._request
        if mocked:
            url = self._build_url(args[position] if len(args) > position else options.get("url", ""))
            verb = name if position == 0 else args[0] if args else options.get("method", "")
            if responder.answers(str(url)) and not _has_stub(session_class, verb, url, options.get("params")):
                return original(_BypassingSession(self, real_request), *args, **options)
        return original(self, *args, **options)

    return method


def _has_stub(session_class: Any, verb: str, url: Any, params: Any) -> bool:
    """Whether aioresponses, if it is what has replaced ``_request``, has a stub for a request."""
    aioresponses: Any = sys.modules.get("aioresponses.core")
    mock = getattr(getattr(session_class._request, "side_effect", None), "__self__", None)
    if aioresponses is None or not isinstance(mock, aioresponses.aioresponses):
        return False
    address = aioresponses.normalize_url(aioresponses.merge_params(url, params))
    return any(stub.match(verb, address) for stub in mock._matches.values())


class _BypassingSession:
    """A proxy of a session with the original ``_request`` method."""

    def __init__(self, session: aiohttp.ClientSession, real_request: Any) -> None:
        self._session = session
        self._real_request = real_request

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    async def _request(self, *args: Any, **options: Any) -> Any:
        return await self._real_request(self._session, *args, **options)


async def _respond(library: ModuleType, req: aiohttp.ClientRequest) -> bytes:
    request = Request.received(req.method, str(req.url), req.headers.items(), await _body(library, req))
    return wire(responder.respond(request), req.method)


async def _body(library: ModuleType, req: aiohttp.ClientRequest) -> bytes:
    """The body. One that can be read only once is replaced by bytes, because aiohttp writes it afterwards."""
    body: Any = req.body
    if not body or isinstance(body, bytes):
        return body or b""
    collected = _BodyCollector()
    await body.write(collected)
    if not isinstance(body, library.payload.BytesPayload):
        if hasattr(req, "update_body"):
            await req.update_body(bytes(collected))
        else:  # aiohttp before 3.12.7, where the body is a plain attribute
            req.body = bytes(collected)
    return bytes(collected)


class _BodyCollector(bytearray):
    """A stream writer that collects what is written."""

    async def write(self, chunk: bytes) -> None:
        self.extend(chunk)

    async def write_eof(self, chunk: bytes = b"") -> None:
        self.extend(chunk)

    async def drain(self) -> None:
        """Do nothing: there is no buffer to drain."""


def _connection(library: ModuleType, req: aiohttp.ClientRequest, response: bytes) -> Any:
    loop = asyncio.get_running_loop()
    protocol = library.client_proto.ResponseHandler(loop)
    protocol.connection_made(_Transport(loop, protocol, response))
    return library.connector.Connection(_Connector, req.connection_key, protocol, loop)


class _Connector:
    """The connector that a connection is released to, which closes it."""

    force_close = True

    @staticmethod
    def _release(_key: Any, protocol: Any, **_options: Any) -> None:
        protocol.close()


class _Transport(asyncio.Transport):
    """A transport that ignores the request written to it, and then delivers a response."""

    def __init__(self, loop: asyncio.AbstractEventLoop, protocol: Any, response: bytes) -> None:
        super().__init__()
        self._loop = loop
        self._protocol = protocol
        self._response: bytes | None = response
        self._closing = False

    def write(self, _data: object) -> None:
        response, self._response = self._response, None
        if response is not None:
            self._loop.call_soon(self._deliver, response)

    def _deliver(self, response: bytes) -> None:
        if not self._closing:
            self._protocol.data_received(response)

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if not self._closing:
            self._closing = True
            self._loop.call_soon(self._protocol.connection_lost, None)

    def abort(self) -> None:
        self.close()

    def pause_reading(self) -> None:
        """Do nothing: the response is delivered as a whole."""

    def resume_reading(self) -> None:
        """Do nothing: the response is delivered as a whole."""
