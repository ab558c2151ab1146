"""Requests that a load balancer sends itself: to the endpoints of a domain, and for the keys of issuers."""

from __future__ import annotations

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.endpoints import application
from pytest_cognito.federation import asking
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.faults import TimedOut

_AGENT = "ELB"


def ask(
    exchange: Exchange, method: str, url: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> Response | None:
    """The response to a request, which is in the log of calls; None if there is none in time."""
    world, name = exchange.world, hosts.name_in_url(url) or ""
    sent = {"host": name, "user-agent": _AGENT, **(headers or {})}
    published = world.documents.get(url)
    if published is not None:
        return Response(200, [], published.encode())
    host = hosts.find(name)
    try:
        if host is not None or world.sites.find(name) or cognito_idp.find_domain(world, host, name):
            return application.handle(world, Request(method, url, sent, body))
        answer = asking.ask(world, method, url, headers=sent, data=body or None)
    except (TimedOut, AWSError):
        return None
    return Response(answer.status_code, list(answer.headers.items()), answer.content)
