"""What a WebSocket API says itself."""

from __future__ import annotations

import json

from pytest_cognito.fronts.api_gateway.stages import short_id
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http.messages import Response

FORBIDDEN = "Forbidden"
INTERNAL_ERROR = "Internal server error"
UNAUTHORIZED = "Unauthorized"
GONE = "GoneException"
TOO_LARGE = "PayloadTooLargeException"
FORBIDDEN_ERROR = "ForbiddenException"
# The exact texts and statuses of AWS are not known: these follow the pattern of the others.
DENIED = "User is not authorized to access this resource"
NO_UPGRADE = "Upgrade Required"

# The codes of closed connections
NORMAL = 1000
TOO_BIG = 1009


def answer(exchange: Exchange, connection_id: str, status: int, message: str) -> Response:
    """The response to a handshake that is refused."""
    return Response(
        status, [("Content-Type", "application/json")], message_of(exchange, connection_id, message).encode()
    )


def message_of(exchange: Exchange, connection_id: str, message: str) -> str:
    """What the API sends to a client itself."""
    said = {"message": message, "connectionId": connection_id, "requestId": short_id(exchange)}
    return json.dumps(said, separators=(",", ":"))


def error(status: int, code: str) -> Response:
    """An error of the management API."""
    return Response(status, [("Content-Type", "application/json"), ("x-amzn-ErrorType", code)], b"{}")
