"""Responses for calls of botocore that are answered before they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.parsers import create_parser

from pytest_cognito.aws.model import protocol_of
from pytest_cognito.http.messages import Response


class HTTPResponse:
    """The HTTP response that botocore's event handlers get, for a call that was not sent over HTTP."""

    __slots__ = ("status_code",)

    headers: Mapping[str, str] = {}
    content = b""
    text = ""

    def __init__(self, status_code: int) -> None:
        self.status_code = status_code


def error_response(response: Response, operation: Any, code: str) -> tuple[HTTPResponse, dict[str, Any]]:
    """The response for an error with a code, to an operation of a model, as botocore's own parser returns it."""
    model = operation.service_model
    parser: Any = create_parser(protocol_of(model))
    http_response = {
        "status_code": response.status,
        "headers": {name.lower(): value for name, value in response.headers},
        "body": response.body,
    }
    parsed: dict[str, Any] = parser.parse(http_response, operation.output_shape)
    shape = model.shape_for_error_code(code)
    if shape is not None:
        parsed.update(parser.parse(http_response, shape))
    parsed["ResponseMetadata"]["RetryAttempts"] = 0
    return HTTPResponse(response.status), parsed
