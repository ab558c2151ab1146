"""Conversion of WSGI requests (PEP 3333) to `Request`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from pytest_cognito.http.messages import LOOPBACK, Request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_PATH = "/:@!$&'()*+,;=~"
_WITHOUT_PREFIX = ("CONTENT_TYPE", "CONTENT_LENGTH")


def request(environ: WSGIEnvironment) -> Request:
    """The request of a WSGI environment, with its body read."""
    path = quote((environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")).encode("latin-1"), safe=_PATH) or "/"
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


def _headers(environ: WSGIEnvironment) -> Iterable[tuple[str, str]]:
    for name, value in environ.items():
        if name.startswith("HTTP_"):
            yield name[5:].replace("_", "-").lower(), value
        elif name in _WITHOUT_PREFIX and value:
            yield name.replace("_", "-").lower(), value
