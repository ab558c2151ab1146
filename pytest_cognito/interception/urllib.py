"""The hook for :mod:`urllib.request`, which PyJWT's ``PyJWKClient`` uses.

It wraps ``AbstractHTTPHandler.do_open``: clients with an opener of their own do not call ``urlopen``, but every HTTP
and HTTPS handler calls this method, after the handling of redirects, cookies, authentication and proxies.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from pytest_cognito.http.messages import Request
from pytest_cognito.interception.http import http_client_response, is_for_cognito, is_hooked, mark_hooked, respond

if TYPE_CHECKING:
    import urllib.request
    from http.client import HTTPResponse
    from types import ModuleType

REQUIRED_ATTRIBUTES = ("AbstractHTTPHandler.do_open",)


def hook(library: ModuleType) -> None:
    """Let the handlers of ``urllib.request`` respond to requests for Cognito."""
    handler = library.AbstractHTTPHandler
    original = handler.do_open
    if is_hooked(original):
        return

    @functools.wraps(original)
    def do_open(self: Any, http_class: Any, req: urllib.request.Request, **http_conn_args: Any) -> Any:
        response = _respond(req) if is_for_cognito(req.full_url) else None
        return original(self, http_class, req, **http_conn_args) if response is None else response

    mark_hooked(do_open)
    handler.do_open = do_open


def _respond(req: urllib.request.Request) -> HTTPResponse | None:
    headers = {name.lower(): value for name, value in req.header_items()}
    method = req.get_method()
    response = respond(Request(method=method, url=req.full_url, headers=headers, body=_body(req)))
    if response is None:
        return None
    message = http_client_response(response, method)
    message.url = req.full_url
    message.msg = message.reason  # type: ignore[assignment]  # from which the openers read the reason
    return message


def _body(req: urllib.request.Request) -> bytes:
    """The body. One that can be read only once is replaced by bytes, because the request may go to the network."""
    data: Any = req.data
    if data is None:
        return b""
    if not isinstance(data, bytes | bytearray):
        data = data.read() if hasattr(data, "read") else b"".join(data)
        req.data = data
    return bytes(data)
