"""The door for `aiohttp`.

It is at ``BaseConnector.connect``, the one method by which every request, redirect included, gets its connection: ours
is in memory, so that aiohttp itself writes the request and parses the response. aioresponses and vcrpy replace
``ClientSession._request``, far above; while one does, the session's public methods take Cognito's requests past it.
"""

from __future__ import annotations

import asyncio
import functools
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.http import Request
from pytest_cognito.interception.http import answer, concerns, is_hooked, mark_hooked, wire

if TYPE_CHECKING:
    from types import ModuleType

    import aiohttp

SEAMS = (
    "BaseConnector.connect",
    "ClientSession._request",
    "ClientSession._build_url",
    "connector.Connection",
    "client_proto.ResponseHandler",
    "payload.BytesPayload",
)
_METHODS = ("request", "get", "options", "head", "post", "put", "patch", "delete")

_past_a_mock: ContextVar[bool] = ContextVar("_past_a_mock", default=False)


class _NotOurs(Exception):
    """A request that was taken past another mock, and that nobody answers here after all."""


def hook(library: ModuleType) -> None:
    """Have every connector of `aiohttp` answer what concerns Cognito, those that exist already included."""
    if is_hooked(library.BaseConnector.connect):
        return
    _hook_connector(library)
    session = library.ClientSession
    for name in _METHODS:
        setattr(session, name, _past_mocks(session, name, session._request))


def _hook_connector(library: ModuleType) -> None:
    original = library.BaseConnector.connect

    @functools.wraps(original)
    async def connect(self: Any, req: aiohttp.ClientRequest, *args: Any, **options: Any) -> Any:
        if concerns(str(req.url)):
            answered = await _answered(library, req)
            if answered is not None:
                return _connection(library, req, answered)
            if _past_a_mock.get():
                raise _NotOurs
        return await original(self, req, *args, **options)

    mark_hooked(connect)
    library.BaseConnector.connect = connect


def _past_mocks(session_class: type[aiohttp.ClientSession], name: str, true_request: Any) -> Any:
    original = getattr(session_class, name)
    position = 1 if name == "request" else 0

    @functools.wraps(original)
    def method(self: aiohttp.ClientSession, *args: Any, **options: Any) -> Any:
        mocked = session_class._request is not true_request and type(self)._request is session_class._request
        if mocked:
            url = args[position] if len(args) > position else options.get("url", "")
            if concerns(str(self._build_url(url))):
                return original(_Session(self, true_request), *args, **options)
        return original(self, *args, **options)

    return method


class _Session:
    """A session that has its true way of making requests back; for the rest, the session itself."""

    def __init__(self, session: aiohttp.ClientSession, true_request: Any) -> None:
        self._session = session
        self._true_request = true_request

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    async def _request(self, *args: Any, **options: Any) -> Any:
        token = _past_a_mock.set(True)
        try:
            return await self._true_request(self._session, *args, **options)
        except _NotOurs:
            pass
        finally:
            _past_a_mock.reset(token)
        return await self._session._request(*args, **options)


async def _answered(library: ModuleType, req: aiohttp.ClientRequest) -> bytes | None:
    headers = {name.lower(): value for name, value in req.headers.items()}
    body = await _body(library, req)
    response = answer(Request(method=req.method, url=str(req.url), headers=headers, body=body))
    return None if response is None else wire(response, req.method)


async def _body(library: ModuleType, req: aiohttp.ClientRequest) -> bytes:
    """The body; one that can be read once only is put back as bytes, for aiohttp is still to write it."""
    body: Any = req.body
    if not body or isinstance(body, bytes):
        return body or b""
    collected = _Collector()
    await body.write(collected)
    if not isinstance(body, library.payload.BytesPayload):
        if hasattr(req, "update_body"):
            await req.update_body(bytes(collected))
        else:  # aiohttp before 3.12.7, where the body is a plain attribute
            req.body = bytes(collected)
    return bytes(collected)


class _Collector(bytearray):
    """A stream writer that keeps what is written."""

    async def write(self, chunk: bytes) -> None:
        self.extend(chunk)

    async def write_eof(self, chunk: bytes = b"") -> None:
        self.extend(chunk)

    async def drain(self) -> None:
        """Nothing is ever under way."""


def _connection(library: ModuleType, req: aiohttp.ClientRequest, answered: bytes) -> Any:
    loop = asyncio.get_running_loop()
    protocol = library.client_proto.ResponseHandler(loop)
    protocol.connection_made(_Transport(loop, protocol, answered))
    return library.connector.Connection(_Connector, req.connection_key, protocol, loop)


class _Connector:
    """What a connection is given back to: nobody uses it again."""

    force_close = True

    @staticmethod
    def _release(_key: Any, protocol: Any, **_options: Any) -> None:
        protocol.close()


class _Transport(asyncio.Transport):
    """Takes the request, which has been answered, and gives the answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop, protocol: Any, answered: bytes) -> None:
        super().__init__()
        self._loop = loop
        self._protocol = protocol
        self._answered: bytes | None = answered
        self._closing = False

    def write(self, _data: object) -> None:
        answered, self._answered = self._answered, None
        if answered is not None:
            self._loop.call_soon(self._give, answered)

    def _give(self, answered: bytes) -> None:
        if not self._closing:
            self._protocol.data_received(answered)

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if not self._closing:
            self._closing = True
            self._loop.call_soon(self._protocol.connection_lost, None)

    def abort(self) -> None:
        self.close()

    def pause_reading(self) -> None:
        """All of the answer is there already."""

    def resume_reading(self) -> None:
        """All of the answer is there already."""
