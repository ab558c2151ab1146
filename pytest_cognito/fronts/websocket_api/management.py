"""The management API of a WebSocket API, ``@connections``: what the application calls to answer its clients."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol.timestamps import iso8601
from pytest_cognito.fronts import callers
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.websocket_api import texts
from pytest_cognito.fronts.websocket_api.authorizers import SERVICE, wanted
from pytest_cognito.http.messages import Response

if TYPE_CHECKING:
    from pytest_cognito.fronts.websocket_api.api import WebSocketApi

PATH = "/@connections/"
LARGEST = 128 * 1024
_ACTION = "execute-api:ManageConnections"


def answer(api: WebSocketApi, exchange: Exchange) -> Response:
    """PostToConnection, GetConnection and DeleteConnection, by the method."""
    connection_id = unquote(exchange.path.removeprefix(PATH))
    if not _is_allowed(api, exchange, connection_id):
        return texts.error(403, texts.FORBIDDEN_ERROR)
    connection = api.connections.get(connection_id)
    if connection is None:
        exchange.explain(f"there is no open connection {connection_id}")
        return texts.error(410, texts.GONE)
    method, body = exchange.request.method, exchange.request.body
    if method == "POST":
        if len(body) > LARGEST:
            return texts.error(413, texts.TOO_LARGE)
        connection.received.append(body.decode("utf-8", "replace"))
        connection.active = exchange.now
        return Response(200, [("Content-Type", "application/json")])
    if method == "DELETE":
        api.disconnect(connection, texts.NORMAL, "Connection Closed Normally")
        return Response(204)
    said = {
        "connectedAt": iso8601(connection.connected),
        "identity": {
            "sourceIp": connection.request.address,
            "userAgent": connection.request.headers.get("user-agent", ""),
        },
        "lastActiveAt": iso8601(connection.active),
    }
    return Response(200, [("Content-Type", "application/json")], json.dumps(said).encode())


def _is_allowed(api: WebSocketApi, exchange: Exchange, connection_id: str) -> bool:
    """Whether the caller has signed the request, and policies allow it. The developer may do all."""
    signed = callers.signature(exchange.request)
    wrong = callers.misdirected(signed, SERVICE, api.region)
    if signed is None or wrong:
        exchange.explain(f"the management API asks for a request that is signed for {SERVICE}: {wrong}")
        return False
    try:
        caller = callers.authorization_of(exchange, signed, SERVICE)
    except AWSError as error:
        exchange.explain(error.message)
        return False
    want = wanted(exchange, api.stage, f"{exchange.request.method}{PATH}{connection_id}", _ACTION)
    return caller.is_developer or bool(callers.decide(exchange, caller, [want]))
