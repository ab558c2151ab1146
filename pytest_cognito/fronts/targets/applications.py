"""WSGI and ASGI applications behind a front.

``find(app)`` tells what an object is by how it is called: an ASGI application is a coroutine function of ``scope``,
``receive`` and ``send``, or takes arguments of these names; a WSGI application takes ``start_response`` as its second
argument. A Lambda function, which takes an event and a context, is neither. What can't be told apart is wrapped:
``WsgiApplication(app)``, ``AsgiApplication(app)``.

What an application raises, the test gets, with its traceback.
"""

from __future__ import annotations

import inspect
import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.targets import Target
from pytest_cognito.fronts.targets.event_loops import AsgiServer, Loops
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_PORTS = {"http": 80, "https": 443}
_CLIENT_PORT = 45678
_ASGI = ("scope", "receive", "send")


def find(app: object) -> Target | None:
    """The target that an application is; None for what is neither a WSGI nor an ASGI application."""
    if isinstance(app, WsgiApplication | AsgiApplication):
        return app
    if not callable(app) or isinstance(app, type):
        return None
    if _is_asgi(app):
        return AsgiApplication(app)
    return WsgiApplication(app) if _is_wsgi(app) else None


class WsgiApplication:
    """An application by PEP 3333: of Flask, Django, Bottle, Pyramid, Falcon …"""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def answer(self, exchange: Exchange) -> Response:
        from werkzeug.test import run_wsgi_app

        body, status, headers = run_wsgi_app(self.app, self.environ(exchange), buffered=True)
        return Response(int(status.split()[0]), list(headers.items()), b"".join(body))

    async def answer_async(self, exchange: Exchange) -> Response:
        return self.answer(exchange)

    def environ(self, exchange: Exchange) -> dict[str, Any]:
        """The environment of a request; ``SCRIPT_NAME`` is what the front's own path has before the application's."""
        request, (scheme, host, port) = exchange.request.encoded(), _server(exchange)
        root, path = _paths(exchange)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": _latin(root),
            "PATH_INFO": _latin(path),
            "QUERY_STRING": request.query,
            "REQUEST_URI": request.path + (f"?{request.query}" if request.query else ""),
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": request.address,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(request.body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in request.headers.items():
            if "_" in name:
                # Servers for WSGI leave such a header out: it would be taken for the one with hyphens.
                continue
            key = name.upper().replace("-", "_")
            environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
        if request.body:
            environ["CONTENT_LENGTH"] = str(len(request.body))
        return environ


class AsgiApplication:
    """An application by ASGI 3: of FastAPI, Starlette, Quart, Litestar, Django …

    For a plain call it runs in an event loop of its own, which is there as long as the target is, also where a loop is
    already running in the thread of the test. For an asynchronous call it runs in the running loop, if that is one of
    asyncio. Its lifespan begins
    before the first request in a loop, as with a server. In a loop of its own it ends with the world, in a loop of the
    test with that loop. An application that does without raises an error for the scope ``lifespan``, as ASGI has it.
    """

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app
        self._loops = Loops(AsgiServer(app))

    def answer(self, exchange: Exchange) -> Response:
        return self._loops.run(exchange.world, self.scope(exchange), exchange.request.body)

    async def answer_async(self, exchange: Exchange) -> Response:
        return await self._loops.run_here(exchange.world, self.scope(exchange), exchange.request.body)

    def scope(self, exchange: Exchange) -> dict[str, Any]:
        """The scope of a request; ``root_path`` is what the front's own path has before the application's."""
        request, (scheme, host, port) = exchange.request.encoded(), _server(exchange)
        root, path = _paths(exchange)
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": scheme,
            "path": root + path,
            "raw_path": request.path.encode("ascii"),
            "query_string": request.query.encode("ascii"),
            "root_path": root,
            "headers": [
                (name.encode("latin-1"), each.encode("latin-1"))
                for name, value in request.headers.items()
                for each in request.values(name, value)
            ],
            "client": (request.address, _CLIENT_PORT),
            "server": (host, port),
            "extensions": {},
        }


def _is_asgi(app: Callable[..., Any]) -> bool:
    names = _parameters(app)
    if names[:3] == list(_ASGI):
        return True
    if names == ["scope"]:
        raise UsageError(
            f"{app!r} is an application by ASGI 2: pass asgiref.compatibility.guarantee_single_callable(app)"
        )
    called = app if inspect.isroutine(app) else type(app).__call__
    return inspect.iscoroutinefunction(inspect.unwrap(called)) and len(names) == len(_ASGI)


def _is_wsgi(app: Callable[..., Any]) -> bool:
    return _parameters(app)[1:2] in (["start_response"], ["start"]) or callable(getattr(app, "wsgi_app", None))


def _parameters(app: Callable[..., Any]) -> list[str]:
    """The names of the parameters by which it is called; none where Python does not know them."""
    try:
        return list(inspect.signature(app).parameters)
    except (TypeError, ValueError):
        return []


def _server(exchange: Exchange) -> tuple[str, str, int]:
    """The scheme, the host and the port that the application is asked at."""
    parts = urlsplit(exchange.request.url)
    scheme = parts.scheme or "https"
    return scheme, parts.hostname or "", parts.port or _PORTS[scheme]


def _paths(exchange: Exchange) -> tuple[str, str]:
    """What stands before the path of the application, such as a stage, and that path; both are decoded."""
    whole = unquote(exchange.request.path)
    if not whole.endswith(exchange.path):
        return "", exchange.path
    return whole.removesuffix(exchange.path), exchange.path


def _latin(path: str) -> str:
    """The text that stands for the bytes of a path in WSGI."""
    return path.encode().decode("latin-1")
