"""What the sockets' server runs: the application, with everything that it raises made into an answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from ..aws.http import Request, Response
from ..kernel.usage import Unsupported
from ..web import cors, wsgi
from ..world import World
from . import application
from .api import TimedOut

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_log = logging.getLogger("pytest_cognito.server")


class Front:
    """The application of the world that ``world`` gives for each request, as WSGI.

    ``hang_up`` is what the server that runs it takes for: close the connection, without an answer.
    """

    def __init__(self, world: Callable[[], World | None], hang_up: type[Exception]) -> None:
        self._world = world
        self._hang_up = hang_up

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = wsgi.request(environ)
        response = self._answer(request)
        headers = {**response.headers, "Content-Length": str(len(response.body))}
        start_response(f"{response.status} {_phrase(response.status)}", list(headers.items()))
        return [] if request.method == "HEAD" else [response.body]

    def _answer(self, request: Request) -> Response:
        world = self._world()
        if world is None:
            return _failure(503, "NoWorld", "No mock is active: this server answers while the mock of a test is.")
        try:
            return application.answer(world, request)
        except TimedOut:
            raise self._hang_up from None
        except Unsupported as missing:
            return _failure(501, "NotImplemented", str(missing))
        except Exception as bug:  # noqa: BLE001 - logged with its traceback; the client is told whose fault it was
            _log.exception("pytest-cognito failed to answer %s %s", request.method, request.url)
            return _failure(500, type(bug).__name__, f"pytest-cognito failed: {bug!r}; its log has the traceback")


def _failure(status: int, kind: str, message: str) -> Response:
    body = json.dumps({"__type": kind, "message": message}).encode()
    return Response(status, {"Content-Type": "application/x-amz-json-1.1", **cors.answer()}, body)


def _phrase(status: int) -> str:
    """The reason phrase of a status; a test may inject one that HTTP does not know."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
