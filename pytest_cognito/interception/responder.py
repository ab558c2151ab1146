"""The responder: which requests the hooks keep in the process, and what they are answered with.

A hook asks twice. Where a library first gets hold of a request it asks `answers`: while a mock is active, Cognito's
requests are answered there, before other mocks could refuse them. At the last step before the network, which only
requests reach that no mock has answered, it asks `intercepts`: what is answered nowhere must not leave a test run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito import active
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response

if TYPE_CHECKING:
    from pytest_cognito.world import World


def answers(url: str) -> bool:
    """Whether a mock is active and answers for the host of a URL.

    It does for Cognito's hosts, the custom domains of pools, and the sites of the world.
    """
    world = active.current()
    host = hosts.name_in_url(url) if world is not None else None
    if world is None or host is None:
        return False
    return hosts.find(host) is not None or world.sites.find(host) is not None or _is_custom_domain(world, host)


def intercepts(url: str) -> bool:
    """Whether a request to a URL may not reach the network: it is answered, or it is refused."""
    return answers(url) or (active.blocks_calls() and hosts.find(hosts.name_in_url(url) or "") is not None)


def respond(request: Request) -> Response:
    """The response of the innermost active world. Raises `NotMocked` if there is none."""
    world = active.current()
    if world is None:
        raise active.refuse(_name(request))
    from pytest_cognito.endpoints import application

    return application.handle(world, request)


def _is_custom_domain(world: World, host: str) -> bool:
    from pytest_cognito.cognito_idp import find_domain

    return find_domain(world, None, host) is not None


def _name(request: Request) -> str:
    """What a request is called in an error: the operation of a call, or else its method and address."""
    from pytest_cognito.aws import model
    from pytest_cognito.aws.errors import AWSError
    from pytest_cognito.endpoints import api

    address = f"{request.method} {request.url.partition('?')[0]}"
    host = hosts.of_request(request)
    if host is None or host.service is None or not api.is_call(request):
        return address
    try:
        service, operation = model.route(request)
    except AWSError:  # no operation that there is
        return address
    return f"{operation} of {service}"
