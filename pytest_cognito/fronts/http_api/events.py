"""The events of HTTP APIs: what those for functions and those for authorizers have in common, in both formats."""

from __future__ import annotations

from typing import Any

from pytest_cognito.fronts.api_gateway.requests import canonical, many
from pytest_cognito.fronts.api_gateway.stages import Stage, forwarded_headers, logged_time, milliseconds, short_id
from pytest_cognito.fronts.exchange import Exchange

PROTOCOL = "HTTP/1.1"
_IDENTITY = (
    *("accessKey", "accountId", "caller", "cognitoAmr", "cognitoAuthenticationProvider", "cognitoAuthenticationType"),
    *("cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId", "sourceIp", "user", "userAgent", "userArn"),
)


def shown_path(stage: Stage, exchange: Exchange) -> str:
    """The path as events have it: decoded, with the stage."""
    return f"{stage.prefix}{exchange.path}"


def context_v2(stage: Stage, exchange: Exchange) -> dict[str, Any]:
    """``requestContext`` of the format 2.0, without the authorizer."""
    request = exchange.request
    return {
        "accountId": exchange.world.account_id,
        "apiId": stage.api_id,
        "domainName": stage.host,
        "domainPrefix": stage.api_id,
        "http": {
            "method": request.method,
            "path": shown_path(stage, exchange),
            "protocol": PROTOCOL,
            "sourceIp": request.address,
            "userAgent": request.headers.get("user-agent", ""),
        },
        "requestId": short_id(exchange),
        "routeKey": exchange.route,
        "stage": stage.name,
        "time": logged_time(exchange.now),
        "timeEpoch": milliseconds(exchange.now),
    }


def request_v2(stage: Stage, exchange: Exchange) -> dict[str, Any]:
    """The members of the format 2.0 that tell of the request. What a request has not is left out."""
    headers = forwarded_headers(exchange, stage.host)
    cookies = headers.pop("cookie", "")
    query = exchange.request.query
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": exchange.route,
        "rawPath": shown_path(stage, exchange),
        "rawQueryString": query,
    }
    if cookies:
        event["cookies"] = [cookie.strip() for cookie in cookies.split(";") if cookie.strip()]
    event["headers"] = headers
    if query:
        event["queryStringParameters"] = {name: ",".join(values) for name, values in many(query).items()}
    if exchange.path_parameters:
        event["pathParameters"] = dict(exchange.path_parameters)
    if stage.variables:
        event["stageVariables"] = dict(stage.variables)
    return event


def context_v1(stage: Stage, exchange: Exchange) -> dict[str, Any]:
    """``requestContext`` of the format 1.0, without the authorizer."""
    request, request_id = exchange.request, short_id(exchange)
    return {
        "accountId": exchange.world.account_id,
        "apiId": stage.api_id,
        "domainName": stage.host,
        "domainPrefix": stage.api_id,
        "extendedRequestId": request_id,
        "httpMethod": request.method,
        "identity": _identity_v1(exchange),
        "path": shown_path(stage, exchange),
        "protocol": PROTOCOL,
        "requestId": request_id,
        "requestTime": logged_time(exchange.now),
        "requestTimeEpoch": milliseconds(exchange.now),
        "resourceId": exchange.route,
        "resourcePath": resource(exchange),
        "stage": stage.name,
    }


def request_v1(stage: Stage, exchange: Exchange) -> dict[str, Any]:
    """The members of the format 1.0 that tell of the request. What a request has not is null."""
    sent = forwarded_headers(exchange, stage.host).items()
    headers = {canonical(name): exchange.request.values(name, value) for name, value in sent}
    query = many(exchange.request.query)
    return {
        "version": "1.0",
        "resource": resource(exchange),
        "path": shown_path(stage, exchange),
        "httpMethod": exchange.request.method,
        "headers": {name: values[-1] for name, values in headers.items()},
        "multiValueHeaders": headers,
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": dict(exchange.path_parameters) or None,
        "stageVariables": dict(stage.variables) or None,
    }


def resource(exchange: Exchange) -> str:
    """The path of the route, with its variables: ``/notes/{id}``."""
    return exchange.route.partition(" ")[2] or exchange.route


def _identity_v1(exchange: Exchange) -> dict[str, Any]:
    known = {"sourceIp": exchange.request.address, "userAgent": exchange.request.headers.get("user-agent", "")}
    return {**dict.fromkeys(_IDENTITY), **known, **exchange.identity}
