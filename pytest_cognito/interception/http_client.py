"""The hook for :mod:`http.client`, on which urllib, urllib3, requests and botocore stand: their last step.

A connection to a host of Cognito gets a socket in memory, so that the library itself writes the request and parses the
response. `urllib3` has classes of its own, which connect before they send; they are hooked by ``connect_in_memory``
as well. A connection that was opened to AWS before, while that was allowed, is closed rather than used again.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

from pytest_cognito.http.messages import Request
from pytest_cognito.interception import responder
from pytest_cognito.interception.http import is_hooked, mark_hooked, wire

if TYPE_CHECKING:
    from http.client import HTTPConnection
    from types import ModuleType

REQUIRED_ATTRIBUTES = ("HTTPConnection.connect", "HTTPConnection.putrequest")


def hook(library: ModuleType) -> None:
    """Keep requests for Cognito in the process, also those of connections that were made before."""
    if is_hooked(library.HTTPConnection.putrequest):
        return
    _hook_putrequest(library.HTTPConnection)
    connect_in_memory(library)


def _hook_putrequest(connection_class: Any) -> None:
    original = connection_class.putrequest

    @functools.wraps(original)
    def putrequest(self: HTTPConnection, method: str, url: str, *args: Any, **options: Any) -> Any:
        in_memory = isinstance(self.sock, _Socket)
        intercepts = responder.intercepts(_address(self, url))
        if in_memory is not intercepts:
            if self.sock is not None:
                self.sock.close()
            self.sock = _Socket(self) if intercepts else None  # without one it connects
        return original(self, method, url, *args, **options)

    mark_hooked(putrequest)
    connection_class.putrequest = putrequest


def connect_in_memory(library: ModuleType) -> None:
    """Let the connections of a module, ``http.client`` or ``urllib3.connection``, connect in memory."""
    for name in ("HTTPConnection", "HTTPSConnection"):
        connection_class = getattr(library, name, None)  # HTTPSConnection is missing where Python has no ssl
        if connection_class is not None and not is_hooked(connection_class.connect):
            _hook_connect(connection_class)


def _hook_connect(connection_class: Any) -> None:
    original = connection_class.connect

    @functools.wraps(original)
    def connect(self: Any) -> Any:
        if not responder.intercepts(_address(self)):
            return original(self)
        self.sock = _Socket(self)
        # urllib3 warns of a connection without a verified certificate.
        self.is_verified = self.proxy_is_verified = True
        return None

    mark_hooked(connect)
    connection_class.connect = connect


def _address(connection: Any, target: str = "") -> str:
    """The URL of a request that is sent by a connection. Its target is a path, or the whole URL if a proxy gets it."""
    if "://" in target.partition("?")[0]:
        return target
    tunnelled = connection._tunnel_host is not None
    host = connection._tunnel_host if tunnelled else connection.host
    port = connection._tunnel_port if tunnelled else connection.port
    scheme = "https" if connection.default_port == 443 else "http"
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}{'' if port in (None, connection.default_port) else f':{port}'}{target}"


class _Socket:
    """A socket that collects a request, and responds when the connection begins to read."""

    def __init__(self, connection: HTTPConnection) -> None:
        self._connection = connection
        self._sent = bytearray()

    def sendall(self, data: bytes) -> None:
        self._sent += data

    def makefile(self, _mode: str) -> io.BytesIO:
        try:
            request = _request(self._connection, bytes(self._sent))
            return io.BytesIO(wire(responder.respond(request), request.method))
        except BaseException:
            self._connection.close()
            raise

    def settimeout(self, _seconds: float | None) -> None:
        """Do nothing: the response does not wait."""

    def setsockopt(self, *_option: object) -> None:
        """Do nothing: there is no network."""

    def shutdown(self, _how: int) -> None:
        """Do nothing: there is nobody at the other end."""

    def close(self) -> None:
        """Do nothing: nothing is open."""


def _request(connection: HTTPConnection, sent: bytes) -> Request:
    """The request that was written to a connection."""
    from http.client import parse_headers

    stream = io.BytesIO(sent)
    method, target = stream.readline().decode("latin-1").rsplit(" ", 1)[0].split(" ", 1)
    headers = parse_headers(stream)
    chunked = headers.get("transfer-encoding", "").lower() == "chunked"
    body = b"".join(_chunks(stream)) if chunked else stream.read()
    return Request.received(method, _address(connection, target), headers.items(), body)


def _chunks(stream: io.BytesIO) -> Any:
    while size := int(stream.readline().partition(b";")[0], 16):
        yield stream.read(size)
        stream.readline()
