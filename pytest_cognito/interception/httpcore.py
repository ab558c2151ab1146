"""The hook for `httpcore` and `httpcore2`, the last step of `httpx` and `httpx2`.

respx replaces ``handle_request`` of the connection pools while it is active, and calls the one hooked here for what it
lets through.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from pytest_cognito.http.messages import Request
from pytest_cognito.interception import responder
from pytest_cognito.interception.http import content, fields, is_hooked, mark_hooked, reason
from pytest_cognito.kernel.faults import TimedOut

if TYPE_CHECKING:
    from types import ModuleType

REQUIRED_ATTRIBUTES = ("ConnectionPool.handle_request", "AsyncConnectionPool.handle_async_request", "Response")


def hook(library: ModuleType) -> None:
    """Let all connection pools, including existing ones, keep requests for Cognito in the process."""
    if not is_hooked(library.ConnectionPool.handle_request):
        _hook_pool(library)
        _hook_async_pool(library)


def _hook_pool(library: ModuleType) -> None:
    original = library.ConnectionPool.handle_request

    @functools.wraps(original)
    def handle_request(self: Any, request: Any) -> Any:
        if not responder.intercepts(_url(request)):
            return original(self, request)
        return _respond(library, request, b"".join(request.stream))

    mark_hooked(handle_request)
    library.ConnectionPool.handle_request = handle_request


def _hook_async_pool(library: ModuleType) -> None:
    original = library.AsyncConnectionPool.handle_async_request

    @functools.wraps(original)
    async def handle_async_request(self: Any, request: Any) -> Any:
        if not responder.intercepts(_url(request)):
            return await original(self, request)
        return _respond(library, request, b"".join([part async for part in request.stream]))

    library.AsyncConnectionPool.handle_async_request = handle_async_request


def _url(request: Any) -> str:
    target: bytes = request.url.target  # the whole URL where aiobotocore sends by httpx
    return (target if b"://" in target.partition(b"?")[0] else bytes(request.url)).decode("latin-1")


def _respond(library: ModuleType, request: Any, body: bytes) -> Any:
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers]
    method = request.method.decode("latin-1")
    try:
        response = responder.respond(Request.received(method, _url(request), pairs, body))
    except TimedOut as error:
        raise (library.ConnectTimeout if error.phase == "connect" else library.ReadTimeout)(str(error)) from None
    return library.Response(
        response.status,
        headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields(response)],
        content=content(response, method),
        extensions={"http_version": b"HTTP/1.1", "reason_phrase": reason(response.status).encode("ascii")},
    )
