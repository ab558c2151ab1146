"""The door for :mod:`urllib.request`, and so for PyJWT's ``PyJWKClient``.

It is at ``AbstractHTTPHandler.do_open``: clients that build an opener of their own never come by ``urlopen``, but every
HTTP and HTTPS handler does its work here, below the handling of redirects, cookies, authentication and proxies.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.http import Request
from pytest_cognito.interception.http import answer, concerns, is_hooked, mark_hooked, parsed

if TYPE_CHECKING:
    import urllib.request
    from http.client import HTTPResponse
    from types import ModuleType

SEAMS = ("AbstractHTTPHandler.do_open",)


def hook(library: ModuleType) -> None:
    """Have the handlers of ``urllib.request`` answer what concerns Cognito."""
    handler = library.AbstractHTTPHandler
    original = handler.do_open
    if is_hooked(original):
        return

    @functools.wraps(original)
    def do_open(self: Any, http_class: Any, req: urllib.request.Request, **http_conn_args: Any) -> Any:
        response = _answered(req) if concerns(req.full_url) else None
        return original(self, http_class, req, **http_conn_args) if response is None else response

    mark_hooked(do_open)
    handler.do_open = do_open


def _answered(req: urllib.request.Request) -> HTTPResponse | None:
    headers = {name.lower(): value for name, value in req.header_items()}
    method = req.get_method()
    response = answer(Request(method=method, url=req.full_url, headers=headers, body=_body(req)))
    if response is None:
        return None
    message = parsed(response, method)
    message.url = req.full_url
    message.msg = message.reason  # type: ignore[assignment]  # where the openers look for the reason
    return message


def _body(req: urllib.request.Request) -> bytes:
    """The body; one that can be read once only is put back as bytes, for the network may be next."""
    data: Any = req.data
    if data is None:
        return b""
    if not isinstance(data, bytes | bytearray):
        data = data.read() if hasattr(data, "read") else b"".join(data)
        req.data = data
    return bytes(data)
