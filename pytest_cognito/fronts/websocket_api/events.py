"""The events of WebSocket APIs."""

from __future__ import annotations

from typing import Any

from pytest_cognito.fronts.api_gateway.requests import canonical, many
from pytest_cognito.fronts.api_gateway.stages import Stage, forwarded_headers, logged_time, milliseconds, short_id
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.websocket_api.connection import WebSocketConnection

_NOT_OF_SOCKETS = ("content-length",)


def of_handshake(stage: Stage, exchange: Exchange, connection: WebSocketConnection) -> dict[str, Any]:
    """The event of ``$connect``, which is the only one with the headers and the query string."""
    found = forwarded_headers(exchange, stage.host)
    headers = {
        canonical(name): exchange.request.values(name, value)
        for name, value in found.items()
        if name not in _NOT_OF_SOCKETS
    }
    event: dict[str, Any] = {
        "headers": {name: values[-1] for name, values in headers.items()},
        "multiValueHeaders": headers,
    }
    query = many(exchange.request.query)
    if query:
        event["queryStringParameters"] = {name: values[-1] for name, values in query.items()}
        event["multiValueQueryStringParameters"] = query
    if stage.variables:
        event["stageVariables"] = dict(stage.variables)
    context = context_of(stage, exchange, connection, "CONNECT")
    return {**event, "requestContext": context, "isBase64Encoded": False}


def of_message(stage: Stage, exchange: Exchange, connection: WebSocketConnection, body: str) -> dict[str, Any]:
    """The event of a message."""
    context = context_of(stage, exchange, connection, "MESSAGE")
    context["messageId"] = short_id(exchange)
    event: dict[str, Any] = {"requestContext": context, "body": body, "isBase64Encoded": False}
    if stage.variables:
        event["stageVariables"] = dict(stage.variables)
    return event


def of_end(stage: Stage, exchange: Exchange, connection: WebSocketConnection, code: int, reason: str) -> dict[str, Any]:
    """The event of ``$disconnect``."""
    context = context_of(stage, exchange, connection, "DISCONNECT")
    context |= {"disconnectStatusCode": code, "disconnectReason": reason}
    headers = {"Host": stage.host, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": ""}
    many_headers = {name: [value] for name, value in headers.items()}
    return {
        "headers": headers,
        "multiValueHeaders": many_headers,
        "requestContext": context,
        "isBase64Encoded": False,
    }


def context_of(stage: Stage, exchange: Exchange, connection: WebSocketConnection, kind: str) -> dict[str, Any]:
    """``requestContext``; what the authorizer of ``$connect`` has said comes with every later event."""
    request_id = short_id(exchange)
    context: dict[str, Any] = {
        "routeKey": exchange.route,
        "eventType": kind,
        "extendedRequestId": request_id,
        "requestTime": logged_time(exchange.now),
        "messageDirection": "IN",
        "stage": stage.name,
        "connectedAt": milliseconds(connection.connected),
        "requestTimeEpoch": milliseconds(exchange.now),
        "identity": {
            "userAgent": connection.request.headers.get("user-agent", ""),
            "sourceIp": connection.request.address,
            **connection.identity,
        },
        "requestId": request_id,
        "domainName": stage.host,
        "connectionId": connection.id,
        "apiId": stage.api_id,
    }
    if connection.authorizer is not None:
        context["authorizer"] = connection.authorizer
    return context
