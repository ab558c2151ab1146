"""The WSGI application of the loopback server, which converts exceptions to responses."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from pytest_cognito.endpoints import application
from pytest_cognito.endpoints.api import TimedOut
from pytest_cognito.http import cors, wsgi
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_log = logging.getLogger("pytest_cognito.server")


class Application:
    """The WSGI application. ``world`` gives the world for each request, None if no mock is active.

    ``hang_up`` is the exception by which the server closes the connection without a response.
    """

    def __init__(self, world: Callable[[], World | None], hang_up: type[Exception]) -> None:
        self._world = world
        self._hang_up = hang_up

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = wsgi.request(environ)
        response = self._handle(request)
        headers = [*response.headers, ("Content-Length", str(len(response.body)))]
        start_response(f"{response.status} {_phrase(response.status)}", headers)
        return [] if request.method == "HEAD" else [response.body]

    def _handle(self, request: Request) -> Response:
        world = self._world()
        if world is None:
            return _failure(503, "NoWorld", "No mock is active: this server answers while the mock of a test is.")
        try:
            return application.handle(world, request)
        except TimedOut:
            raise self._hang_up from None
        except Unsupported as missing:
            return _failure(501, "NotImplemented", str(missing))
        except Exception as bug:  # noqa: BLE001 - logged with its traceback, and reported to the client
            _log.exception("pytest-cognito failed to answer %s %s", request.method, request.url)
            return _failure(500, type(bug).__name__, f"pytest-cognito failed: {bug!r}; its log has the traceback")


def _failure(status: int, kind: str, message: str) -> Response:
    body = json.dumps({"__type": kind, "message": message}).encode()
    return Response(status, [("Content-Type", "application/x-amz-json-1.1"), *cors.response_headers()], body)


def _phrase(status: int) -> str:
    """The reason phrase of a status; a test may inject a status that HTTP does not define."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
