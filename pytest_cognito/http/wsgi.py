"""Conversion of WSGI requests (PEP 3333) to `Request`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from pytest_cognito.http.messages import LOOPBACK, Request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_SEGMENT = ":@!$&'()*+,;=~"
_WITHOUT_PREFIX = ("CONTENT_TYPE", "CONTENT_LENGTH")


def request(environ: WSGIEnvironment) -> Request:
    """The request of a WSGI environment, with its body read."""
    path = "/".join(quote(segment, safe=_SEGMENT) for segment in _segments(environ)) or "/"
    query = environ.get("QUERY_STRING")
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return Request(
        environ["REQUEST_METHOD"],
        f"{path}?{query}" if query else path,
        dict(_headers(environ)),
        environ["wsgi.input"].read(length) if length else b"",
        environ.get("REMOTE_ADDR") or LOOPBACK,
        f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}",
    )


def _segments(environ: WSGIEnvironment) -> list[bytes]:
    """The segments of the path. That one has a slash, only the path as it was sent tells, which Werkzeug gives."""
    path: bytes = (environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")).encode("latin-1")
    sent = environ.get("REQUEST_URI", "").partition("?")[0]
    if unquote_to_bytes(sent) != path:  # there is none, or it was changed on the way
        return path.split(b"/")
    return [unquote_to_bytes(segment) for segment in sent.split("/")]


def _headers(environ: WSGIEnvironment) -> Iterable[tuple[str, str]]:
    for name, value in environ.items():
        if name.startswith("HTTP_"):
            yield name[5:].replace("_", "-").lower(), value
        elif name in _WITHOUT_PREFIX and value:
            yield name.replace("_", "-").lower(), value
