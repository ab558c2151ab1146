"""The HTTP application: it dispatches requests to the API or to the web endpoints."""

from __future__ import annotations

from pytest_cognito.endpoints import api
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.world import World


def handle(world: World, request: Request, request_id: str | None = None) -> Response:
    """The response of a world to a request that was received by the server or by a hook in the process.

    ``request_id`` is the request's id, which the log of calls has; without it, the world's next.

    Raises `TimedOut` if a time-out is injected, and `Unsupported` for features that are not implemented. These and
    exceptions by bugs are not part of AWS's interface; the caller converts them.
    """
    request_id = request_id or world.ids.request_id()
    host = hosts.of_request(request)
    simulated = world.sites.find(hosts.name_in_request(request)) if host is None else None
    if simulated is not None:
        return simulated(request)
    if host is None and request.origin and world.sites:
        from pytest_cognito.web import relay

        relayed = relay.handle(world, request)
        if relayed is not None:
            return relayed
    if (host is None or host.service) and api.is_call(request) and not _is_visit(world, request):
        return api.handle(world, request, request_id)
    from pytest_cognito.web import site  # most tests make calls of the API alone, which need none of it

    return site.handle(world, request, request_id)


def _is_visit(world: World, request: Request) -> bool:
    """Whether a request asks for the root of a user pool's domain, as a browser does, which is no call of the API."""
    if request.method not in ("GET", "HEAD") or request.path != "/" or request.query:
        return False
    from pytest_cognito.web import addresses

    return addresses.find(world, request, ()).domain is not None
