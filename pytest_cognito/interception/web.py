"""Who answers the requests that a library other than botocore makes: the innermost world's application."""

from __future__ import annotations

from .. import active
from ..aws.http import Request, Response


def answer(request: Request) -> Response | None:
    """The active world's answer; ``None``, with no world active, for a request that may go on to the network."""
    world = active.current()
    if world is None:
        active.refuse_if_blocked(f"{request.method} {request.url.partition('?')[0]}")
        return None
    from ..server import application

    return application.answer(world, request)


def knows(host: str) -> bool:
    """Whether a host is the custom domain of a pool in the active world."""
    world = active.current()
    if world is None:
        return False
    from ..cognito_idp.tables import DOMAINS

    return world.store[DOMAINS].get(("", host)) is not None
