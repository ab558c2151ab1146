"""The events of HTTP APIs: what those for functions and those for authorizers have in common, in both formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.fronts.api_gateway.stages import Stage, forwarded_headers, logged_time, milliseconds, short_id
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http.messages import form

PROTOCOL = "HTTP/1.1"


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
    headers = {canonical(name): value for name, value in forwarded_headers(exchange, stage.host).items()}
    query = many(exchange.request.query)
    return {
        "version": "1.0",
        "resource": resource(exchange),
        "path": shown_path(stage, exchange),
        "httpMethod": exchange.request.method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": dict(exchange.path_parameters) or None,
        "stageVariables": dict(stage.variables) or None,
    }


def resource(exchange: Exchange) -> str:
    """The path of the route, with its variables: ``/notes/{id}``."""
    return exchange.route.partition(" ")[2] or exchange.route


def many(query: str) -> dict[str, list[str]]:
    """The values of a query string by name."""
    found: dict[str, list[str]] = {}
    for name, value in form(query) if query else ():
        found.setdefault(name, []).append(value)
    return found


def canonical(name: str) -> str:
    """A header's name as Go writes it: ``X-Forwarded-For``."""
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _identity_v1(exchange: Exchange) -> dict[str, Any]:
    caller: Mapping[str, Any] = (exchange.authorizer or {}).get("iam") or {}
    cognito = caller.get("cognitoIdentity") or {}
    amr = cognito.get("amr")
    return {
        "accessKey": caller.get("accessKey"),
        "accountId": caller.get("accountId"),
        "caller": caller.get("callerId"),
        "cognitoAmr": amr,
        "cognitoAuthenticationProvider": ",".join(amr[1:]) if amr and len(amr) > 1 else None,
        "cognitoAuthenticationType": amr[0] if amr else None,
        "cognitoIdentityId": cognito.get("identityId"),
        "cognitoIdentityPoolId": cognito.get("identityPoolId"),
        "principalOrgId": None,
        "sourceIp": exchange.request.address,
        "user": caller.get("userId"),
        "userAgent": exchange.request.headers.get("user-agent", ""),
        "userArn": caller.get("userArn"),
    }
