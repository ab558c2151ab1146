"""The responder for the HTTP libraries: it passes requests to the application of the innermost active world."""

from __future__ import annotations

from pytest_cognito import active
from pytest_cognito.http.messages import Request, Response


def respond(request: Request) -> Response | None:
    """The response of the active world; ``None`` if no world is active and the request may go to the network."""
    world = active.current()
    if world is None:
        active.refuse_if_blocked(f"{request.method} {request.url.partition('?')[0]}")
        return None
    from pytest_cognito.endpoints import application

    return application.handle(world, request)


def is_custom_domain(host: str) -> bool:
    """Whether a host is the custom domain of a user pool in the active world."""
    world = active.current()
    if world is None:
        return False
    from pytest_cognito.cognito_idp import find_domain

    return find_domain(world, None, host) is not None
