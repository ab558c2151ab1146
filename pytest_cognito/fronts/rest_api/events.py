"""The event of the proxy integration, format 1.0, and of REQUEST authorizers."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from pytest_cognito import iam
from pytest_cognito.fronts.api_gateway import failures
from pytest_cognito.fronts.api_gateway.requests import canonical, many
from pytest_cognito.fronts.api_gateway.stages import forwarded_headers, logged_time, milliseconds, short_id
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api import proxy_results, texts
from pytest_cognito.fronts.rest_api.gateway_responses import Values, render
from pytest_cognito.fronts.rest_api.stages import Stage
from pytest_cognito.http.messages import Request, Response, form
from pytest_cognito.lambda_functions.failures import Failure, NotInvoked, NotJSON, Raised, TimedOut

_NOT_PASSED_ON = frozenset(
    (
        *("connection", "content-length", "content-md5", "expect", "max-forwards", "proxy-authenticate", "server"),
        *("te", "trailer", "transfer-encoding", "upgrade", "www-authenticate"),
    )
)
_IDENTITY = (
    *("cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller", "sourceIp", "principalOrgId", "accessKey"),
    *("cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn", "userAgent", "user"),
)


class ProxyEvents:
    """The payload format of the proxy integration of a stage's methods."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def event(self, exchange: Exchange) -> dict[str, Any]:
        """The event of a request."""
        request, stage = exchange.request, self.stage
        is_binary = stage.is_binary(request.headers.get("content-type")) and bool(request.body)
        context = request_context(exchange, stage)
        if exchange.authorizer is not None:
            context["authorizer"] = dict(exchange.authorizer)
        return {
            **request_members(exchange, stage),
            "requestContext": context,
            "body": _body(request, is_binary=is_binary),
            "isBase64Encoded": is_binary,
        }

    def response(self, exchange: Exchange, result: Any) -> Response:
        """The response of a result, or the gateway's for one that is malformed.

        A body in Base64 becomes binary if the first type that the client accepts is one of the binary media types.
        """
        accepted = exchange.request.headers.get("accept", "").partition(",")[0]
        decodes = self.stage.is_binary(accepted)
        try:
            response = proxy_results.response_of(result, decodes=decodes)
        except proxy_results.MalformedResult as malformed:
            exchange.explain(f"API Gateway can't use what the function returned: {malformed}")
            return respond(exchange, self.stage, texts.MALFORMED_RESULT())
        if result.get("isBase64Encoded") and not decodes:
            exchange.explain(
                f"the body stays Base64: {accepted.strip() or 'no type'} is no binary media type of the API"
            )
        trace = forwarded_headers(exchange, self.stage.host)["x-amzn-trace-id"]
        response.add_headers([("X-Amzn-Trace-Id", f"{trace};Sampled=0")])
        return response

    def failed(self, exchange: Exchange, failure: Failure) -> Response:
        """The gateway's response for a function that failed, or that can't be run."""
        if isinstance(failure, TimedOut):
            exchange.explain("the function did not return in time")
            return respond(exchange, self.stage, texts.TIMED_OUT())
        if isinstance(failure, NotInvoked):
            exchange.explain(f"Lambda did not invoke the function: {failure.reason}")
            return respond(exchange, self.stage, texts.NOT_INVOKED())
        why = {Raised: "raised an error", NotJSON: "returned what JSON cannot hold"}[type(failure)]
        exchange.explain(f"the function {why}: {failure.reason}" if failure.reason else f"the function {why}")
        failures.explain(exchange, failure)
        return respond(exchange, self.stage, texts.MALFORMED_RESULT())


def respond(exchange: Exchange, stage: Stage, refusal: texts.Refusal) -> Response:
    """The gateway response of a refusal."""
    return render(refusal, stage.gateway_responses, values_of(exchange, stage))


def values_of(exchange: Exchange, stage: Stage) -> Values:
    """What the variables of templates and mappings stand for in a request."""
    context = request_context(exchange, stage)
    context["authorizer"] = dict(exchange.authorizer or {})
    parameters = {
        "header": exchange.request.headers,
        "querystring": dict(form(exchange.request.query)),
        "path": exchange.path_parameters,
    }
    return Values(context, stage.variables, parameters)


def request_members(exchange: Exchange, stage: Stage) -> dict[str, Any]:
    """What an event says of the request itself. What is empty is null.

    Header names are in the form that HTTP/1.1 clients give them, ``User-Agent``. The path is encoded as it
    came; the parameters in it and those of the query string are decoded.
    """
    request, resource = exchange.request, resource_of(exchange)
    headers = passed_headers(exchange, stage)
    query = many(request.query)
    return {
        "resource": resource,
        "path": stage.application_path(request),
        "httpMethod": request.method,
        "headers": {name: values[-1] for name, values in headers.items()},
        "multiValueHeaders": headers,
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": dict(exchange.path_parameters) or None,
        "stageVariables": dict(stage.variables) or None,
    }


def request_context(exchange: Exchange, stage: Stage) -> dict[str, Any]:
    """``requestContext`` of an event, and ``$context`` of a template, without the authorizer."""
    resource, now = resource_of(exchange), exchange.now
    headers = exchange.request.headers
    identity: dict[str, Any] = dict.fromkeys(_IDENTITY)
    identity |= {"sourceIp": exchange.request.address, "userAgent": headers.get("user-agent"), **exchange.identity}
    return {
        "resourceId": stage.resource_ids.get(resource, ""),
        "resourcePath": resource,
        "httpMethod": exchange.request.method,
        "extendedRequestId": short_id(exchange),
        "requestTime": logged_time(now),
        "path": f"/{stage.name}{stage.application_path(exchange.request)}",
        "accountId": exchange.world.account_id,
        "protocol": "HTTP/1.1",
        "stage": stage.name,
        "domainPrefix": stage.api_id,
        "requestTimeEpoch": milliseconds(now),
        "requestId": exchange.request_id,
        "identity": identity,
        "domainName": stage.host,
        "deploymentId": stage.deployment_id,
        "apiId": stage.api_id,
    }


def resource_of(exchange: Exchange) -> str:
    """The path of the resource that a request has found, with its variables: ``/notes/{id}``."""
    return exchange.route.partition(" ")[2]


def method_arn(exchange: Exchange, stage: Stage) -> str:
    """The ARN of the method with the path that is asked for: ``arn:aws:execute-api:…:a1b2c3d4e5/prod/GET/notes/1``."""
    return wanted(exchange, stage).resource


def wanted(exchange: Exchange, stage: Stage) -> iam.Wanted:
    """What a request wants to do, as policies speak of it."""
    return stage.invoke(exchange, exchange.request.method, stage.application_path(exchange.request))


def passed_headers(exchange: Exchange, stage: Stage) -> Mapping[str, list[str]]:
    """The headers as the function gets them, in the order of their names, with those that API Gateway adds."""
    headers, values = forwarded_headers(exchange, stage.host), exchange.request.values
    return {canonical(name): values(name, headers[name]) for name in sorted(headers) if name not in _NOT_PASSED_ON}


def _body(request: Request, *, is_binary: bool) -> str | None:
    if not request.body:
        return None
    return base64.b64encode(request.body).decode() if is_binary else request.body.decode("utf-8", "replace")
