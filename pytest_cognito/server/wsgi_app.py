"""The WSGI application of the loopback server, which converts exceptions to responses."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.endpoints import api, application
from pytest_cognito.http import wsgi
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.errors import Unsupported, UsageError, release_frames
from pytest_cognito.kernel.faults import TimedOut
from pytest_cognito.kernel.identifiers import Identifiers, random_seed
from pytest_cognito.server import pages
from pytest_cognito.server.request_log import log_request
from pytest_cognito.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_log = logging.getLogger("pytest_cognito.server")
_REQUEST_ID = "x-amzn-RequestId"
_BUG = "pytest-cognito failed to answer this request. Its log has the traceback: please report it."


class Application:
    """The WSGI application. ``world`` gives the world for each request, None if no mock is active.

    ``bound_to`` is the host that the server listens on. ``hang_up`` is the exception by which the server closes the
    connection without a response.
    """

    def __init__(self, world: Callable[[], World | None], bound_to: str, hang_up: type[Exception]) -> None:
        self._world = world
        self._pages = pages.Pages(bound_to)
        self._hang_up = hang_up
        self._ids = Identifiers(random_seed())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = wsgi.request(environ)
        response = self._respond(request)
        log_request(request, response)
        headers = [*response.headers, ("Content-Length", str(len(response.body)))]
        start_response(f"{response.status} {_phrase(response.status)}", headers)
        return [] if request.method == "HEAD" else [response.body]

    def _respond(self, request: Request) -> Response:
        """The response to a request, which has a request id, whatever it is."""
        world = self._world()
        request_id = (self._ids if world is None else world.ids).request_id()
        response = self._pages.handle(world, request) or self._handle(world, request, request_id)
        if response.header(_REQUEST_ID) is None:
            response.add_headers([(_REQUEST_ID, request_id)])
        return response

    def _handle(self, world: World | None, request: Request, request_id: str) -> Response:
        if world is None:
            return api.refuse(request, AWSError("NoWorld", pages.NO_WORLD, status=503), request_id)
        try:
            return application.handle(world, request, request_id)
        except TimedOut as error:
            release_frames(error)
            raise self._hang_up from None
        except UsageError as error:
            release_frames(error)
            return api.refuse(request, _mistake(error), request_id)
        except Exception as bug:  # noqa: BLE001 - logged with its traceback, and reported to the client
            _log.exception("pytest-cognito failed to answer %s %s", request.method, request.url)
            release_frames(bug)
            return api.refuse(request, AWSError("InternalFailure", _BUG, status=500), request_id)


def _mistake(error: UsageError) -> AWSError:
    """The error for a feature that is not there yet, or for a mistake in the use of the server."""
    if isinstance(error, Unsupported):
        return AWSError("NotImplemented", str(error), status=501)
    return AWSError("UsageError", str(error), status=400)


def _phrase(status: int) -> str:
    """The reason phrase of a status; a test may inject a status that HTTP does not define."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
