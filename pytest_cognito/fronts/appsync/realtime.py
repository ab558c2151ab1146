"""The real-time endpoint of a GraphQL API, over which clients subscribe by WebSocket: it is not there yet."""

from __future__ import annotations

from typing import NoReturn

from pytest_cognito.http.messages import Request
from pytest_cognito.kernel.errors import Unsupported

PATH = "/graphql/realtime"
"""Where the endpoint is on the host of the API, beside a host of its own."""


def refuse(request: Request) -> NoReturn:
    """Raise the error for a client that wants to connect."""
    raise Unsupported(
        f"pytest-cognito does not speak the protocol of AppSync's real-time endpoint, {request.url.partition('?')[0]}: "
        f"api.subscribe(…) of the GraphQL API subscribes, and has the messages"
    )
