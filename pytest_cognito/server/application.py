"""All that Cognito answers over HTTP: calls of the API, and the web application."""

from __future__ import annotations

from ..aws.http import Request, Response
from ..web import hosts, wsgi
from ..world import World
from . import api


def answer(world: World, request: Request) -> Response:
    """The answer of a world to a request, whether it came through a socket or was caught in the process.

    What it raises is not for the wire: `TimedOut` where a test has injected a time-out, `Unsupported` for what AWS has
    and we have not, and our own bugs.
    """
    host = hosts.of(request)
    if (host is None or host.service) and api.is_call(request):
        return api.answer(world, request)
    from ..web.app import Application  # Werkzeug takes longer to import than all else that a call of the API needs

    return wsgi.call(Application(world), request)
