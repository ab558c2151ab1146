"""The wire protocols: an operation's parameters from a request, and an answer from its result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from botocore.model import OperationModel

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.http import Response
from pytest_cognito.aws.model import operation_model, protocol, service_model
from pytest_cognito.aws.protocol import json, query, rest_json
from pytest_cognito.aws.protocol.base import Codec

__all__ = ["Codec", "codec", "error_response"]

_CODECS: Final[Mapping[str, Callable[[OperationModel], Codec]]] = {
    "json": json.JSONCodec,
    "rest-json": rest_json.RestJSONCodec,
    "query": query.QueryCodec,
}


@cache
def codec(service: str, operation: str) -> Codec:
    """The codec of an operation, compiled when it is first asked for."""
    return _CODECS[protocol(service)](operation_model(service, operation))


def error_response(service: str | None, error: AWSError, request_id: str) -> Response:
    """An error on the wire when the operation, or even the service, is unknown (then as the JSON protocol has it)."""
    spoken = "json" if service is None else protocol(service)
    if service is not None and spoken == "query":
        return query.render_error(error, request_id, str(service_model(service).metadata.get("xmlNamespace", "")))
    render = rest_json.render_error if spoken == "rest-json" else json.render_error
    return render(error, request_id)
