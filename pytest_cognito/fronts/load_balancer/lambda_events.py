"""Lambda functions as targets: the event of a request, and the response that a function's result is."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Mapping
from typing import Any

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer.pages import page
from pytest_cognito.fronts.targets.functions import FunctionTarget
from pytest_cognito.http.messages import Headers, Request, Response, is_header
from pytest_cognito.kernel.functions import Function
from pytest_cognito.lambda_functions.failures import Failure, TimedOut
from pytest_cognito.lambda_functions.permissions import Invoker

MOST = 1024 * 1024
"""The number of bytes of a body, in a request and in a response, at most."""
SERVICE = "elasticloadbalancing"
"""The service, as the permissions of functions know it."""
_TEXT = ("text/", "application/json", "application/javascript", "application/xml")
_OWN = ("connection", "content-length", "transfer-encoding")
_BINARY = "application/octet-stream"
_IDLE_TIMEOUT = dt.timedelta(seconds=60)
_STATUSES = range(100, 1000)


class LambdaTarget(FunctionTarget):
    """A Lambda function in a target group. The load balancer waits for it as long as for any target."""

    def __init__(self, function: str | Function, payload: LambdaEvents) -> None:
        invoker = Invoker(SERVICE, payload.target_group_arn)
        super().__init__(function, payload, _IDLE_TIMEOUT, invoker)

    def answer(self, exchange: Exchange) -> Response:
        size = len(exchange.request.body)
        if size > MOST:
            exchange.explain(f"the load balancer answers 413: the body has {size} bytes, more than {MOST}")
            return page(413, exchange.now)
        return super().answer(exchange)


class LambdaEvents:
    """The format of events and results; ``multi_value`` is the attribute of the target group for all values."""

    def __init__(self, target_group_arn: str, *, multi_value: bool) -> None:
        self.target_group_arn = target_group_arn
        self.multi_value = multi_value

    def event(self, exchange: Exchange) -> dict[str, Any]:
        """The event: header names are in lower case, path and query as they were sent, still percent-encoded."""
        request = exchange.request
        body, encoded = _body(request.body, request.headers)
        return {
            "requestContext": {"elb": {"targetGroupArn": self.target_group_arn}},
            "httpMethod": request.method,
            "path": request.path,
            **self._query(request.query),
            **self._headers(request),
            "body": body,
            "isBase64Encoded": encoded,
        }

    def _query(self, query: str) -> dict[str, Any]:
        pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
        if not self.multi_value:
            return {"queryStringParameters": dict(pairs)}  # the last value of a name
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            values.setdefault(name, []).append(value)
        return {"multiValueQueryStringParameters": values}

    def _headers(self, request: Request) -> dict[str, Any]:
        headers = {name: request.values(name, value) for name, value in request.headers.items()}
        if not self.multi_value:
            return {"headers": {name: values[-1] for name, values in headers.items()}}  # the last value of a name
        return {"multiValueHeaders": headers}

    def response(self, exchange: Exchange, result: Any) -> Response:
        try:
            return self._response(result)
        except _InvalidError as error:
            return _failed(exchange, "LambdaInvalidResponse", str(error))

    def failed(self, exchange: Exchange, failure: Failure) -> Response:
        if isinstance(failure, TimedOut):
            exchange.explain(f"the load balancer answers 504: {failure.reason}")
            return page(504, exchange.now)
        return _failed(exchange, "LambdaUnhandled", failure.reason or "the function has no result")

    def _response(self, result: Any) -> Response:
        if not isinstance(result, dict):
            raise _InvalidError(f"the function returned {type(result).__name__}, not a dict with statusCode")
        status = result.get("statusCode")
        if isinstance(status, bool) or not isinstance(status, int) or status not in _STATUSES:
            raise _InvalidError(f"statusCode is {status!r}, not a number such as 200")
        body = result.get("body", "")
        if not isinstance(body, str):
            raise _InvalidError(f"body is {type(body).__name__}, not text: json.dumps(…)")
        encoded = result.get("isBase64Encoded", False)
        if not isinstance(encoded, bool):
            raise _InvalidError(f"isBase64Encoded is {encoded!r}, not true or false")
        try:
            content = base64.b64decode(body, validate=True) if encoded else body.encode()
        except binascii.Error:
            raise _InvalidError("body is no Base64, as isBase64Encoded says") from None
        if len(content) > MOST:
            raise _InvalidError(f"the body has {len(content)} bytes, more than {MOST}")
        return Response(status, self._response_headers(result, len(content)), content)

    def _response_headers(self, result: Mapping[str, Any], length: int) -> Headers:
        name = "multiValueHeaders" if self.multi_value else "headers"
        given = result.get(name) or {}
        if not isinstance(given, dict):
            raise _InvalidError(f"{name} is {type(given).__name__}, not a dict")
        pairs: Headers = []
        for key, value in given.items():
            values = value if self.multi_value else [value]
            if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
                raise _InvalidError(f"the header {key!r} of {name} is {value!r}, not text")
            if not all(is_header(key, each) for each in values):
                raise _InvalidError(
                    f"the header {key!r} can't be sent: its name has a space, or its value a line break"
                )
            pairs += [(key, each) for each in values if key.lower() not in _OWN]
        if not any(key.lower() == "content-type" for key, _ in pairs):
            pairs.append(("Content-Type", _BINARY))
        return [*pairs, ("Content-Length", str(length))]


class _InvalidError(Exception):
    """A result that the load balancer can't make a response of."""


def _failed(exchange: Exchange, reason: str, detail: str) -> Response:
    exchange.explain(f"the load balancer answers 502, {reason}: {detail}")
    return page(502, exchange.now)


def _body(body: bytes, headers: Mapping[str, str]) -> tuple[str, bool]:
    """The body of an event, and whether it is in Base64, as all is that the headers do not call text."""
    is_text = headers.get("content-type", "").startswith(_TEXT) and "content-encoding" not in headers
    if not body or is_text:
        return body.decode("utf-8", "replace"), False
    return base64.b64encode(body).decode(), True
