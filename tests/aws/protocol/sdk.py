"""What botocore's parsers make of a response."""

from __future__ import annotations

from typing import Any

from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser

from pytest_cognito.aws.model import operation_model, protocol
from pytest_cognito.http.messages import Response


def parsed(service: str, response: Response, shape: Any) -> dict[str, Any]:
    """A response in the shape of an answer or of an error."""
    answer = {"status_code": response.status, "headers": HeadersDict(response.headers), "body": response.body}
    found: dict[str, Any] = create_parser(protocol(service)).parse(answer, shape)
    return found


def botocore_reads(service: str, response: Response, operation: str) -> dict[str, Any]:
    """The response to an operation."""
    return parsed(service, response, operation_model(service, operation).output_shape)
