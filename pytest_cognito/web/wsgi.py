"""Requests and answers as WSGI has them (PEP 3333), and as plain data."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

from ..aws.http import Request, Response
from . import hosts

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

_PATH = "/:@!$&'()*+,;=~"
_WITHOUT_PREFIX = ("CONTENT_TYPE", "CONTENT_LENGTH")


def request(environ: WSGIEnvironment) -> Request:
    """The request that a WSGI server hands over, its body read."""
    path = quote((environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")).encode("latin-1"), safe=_PATH) or "/"
    query = environ.get("QUERY_STRING")
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return Request(
        environ["REQUEST_METHOD"],
        f"{path}?{query}" if query else path,
        dict(_headers(environ)),
        environ["wsgi.input"].read(length) if length else b"",
    )


def _headers(environ: WSGIEnvironment) -> Iterable[tuple[str, str]]:
    for name, value in environ.items():
        if name.startswith("HTTP_"):
            yield name[5:].replace("_", "-").lower(), value
        elif name in _WITHOUT_PREFIX and value:
            yield name.replace("_", "-").lower(), value


def environ(request: Request) -> WSGIEnvironment:
    """A request as a WSGI application takes it."""
    scheme = "https" if request.url.startswith("https:") else "http"
    made: WSGIEnvironment = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
        "QUERY_STRING": request.query,
        "SERVER_NAME": hosts.name(request) or "localhost",
        "SERVER_PORT": str(_port(request.url) or (443 if scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        made[key if key in _WITHOUT_PREFIX else f"HTTP_{key}"] = value
    made["CONTENT_LENGTH"] = str(len(request.body))
    return made


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:  # no number
        return None


def call(application: WSGIApplication, request: Request) -> Response:
    """The answer of a WSGI application to a request."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Any:
        begun[:] = [(status, headers)]

    parts = application(environ(request), start_response)
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    status, headers = begun[0]
    return Response(int(status.split(" ", 1)[0]), dict(headers), body)
