"""The wire protocols: parsing of requests and rendering of responses."""

from __future__ import annotations

from functools import cache

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import operation_model, protocol, service_model
from pytest_cognito.aws.protocol.base import Codec
from pytest_cognito.http.messages import Response

__all__ = ["Codec", "codec", "error_response"]


@cache
def codec(service: str, operation: str) -> Codec:
    """The codec of an operation, compiled when it is first used. Most test runs need one protocol only."""
    model, protocol_name = operation_model(service, operation), protocol(service)
    if protocol_name == "query":
        from pytest_cognito.aws.protocol.query import QueryCodec

        return QueryCodec(model)
    if protocol_name == "rest-json":
        from pytest_cognito.aws.protocol.rest_json import RestJSONCodec

        return RestJSONCodec(model)
    from pytest_cognito.aws.protocol.json import JSONCodec

    return JSONCodec(model)


def error_response(service: str | None, error: AWSError, request_id: str) -> Response:
    """The response for an error of an unknown operation, or of an unknown service (in the JSON protocol then)."""
    from pytest_cognito.aws.protocol import json, query, rest_json

    protocol_name = "json" if service is None else protocol(service)
    if service is not None and protocol_name == "query":
        return query.render_error(error, request_id, str(service_model(service).metadata.get("xmlNamespace", "")))
    render = rest_json.render_error if protocol_name == "rest-json" else json.render_error
    return render(error, request_id)
