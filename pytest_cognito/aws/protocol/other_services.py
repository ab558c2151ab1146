"""The responses for errors of services that other mocks answer for, in the protocol of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol import json, query, rest_json
from pytest_cognito.aws.protocol.base import error_headers
from pytest_cognito.aws.protocol.xml import leaf
from pytest_cognito.http.messages import Headers, Response

_XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CBOR_MAP_OF_TWO = b"\xa2"
_CBOR_TEXT_OF_LENGTH = b"\x79"
"""A text whose length is in the next two bytes."""


def render_error(
    protocol: str, error: AWSError, request_id: str, metadata: Mapping[str, Any], *, head: bool = False
) -> Response:
    """The response for an error, as a client with a service model of these ``metadata`` expects it.

    That to a request by HEAD has no body.
    """
    if metadata.get("serviceId") == "S3":
        response = _s3(error, request_id)
    else:
        response = _RENDERERS.get(protocol, _json)(error, request_id, metadata)
    return Response(response.status, response.headers, b"") if head else response


def _json(error: AWSError, request_id: str, metadata: Mapping[str, Any]) -> Response:
    response = json.render_error(error, request_id)
    if "awsQueryCompatible" in metadata:  # SQS, whose errors have the codes of its former protocol, too
        response.headers.append(("x-amzn-query-error", f"{error.code.removesuffix('Exception')};Sender"))
    return response


def _rest_json(error: AWSError, request_id: str, metadata: Mapping[str, Any]) -> Response:  # noqa: ARG001
    return rest_json.render_error(error, request_id)


def _query(error: AWSError, request_id: str, metadata: Mapping[str, Any]) -> Response:
    return query.render_error(error, request_id, str(metadata.get("xmlNamespace", "")))


def _ec2(error: AWSError, request_id: str, metadata: Mapping[str, Any]) -> Response:  # noqa: ARG001
    inner = f"<Error>{leaf('Code', error.code)}{leaf('Message', error.message)}</Error>"
    body = f"<Response><Errors>{inner}</Errors>{leaf('RequestID', request_id)}</Response>"
    return Response(error.status, _xml_headers(request_id), (_XML_DECLARATION + body).encode())


def _s3(error: AWSError, request_id: str) -> Response:
    inner = f"{leaf('Code', error.code)}{leaf('Message', error.message)}{leaf('RequestId', request_id)}"
    headers: Headers = [("x-amz-request-id", request_id), ("Content-Type", "application/xml")]
    return Response(error.status, headers, f"{_XML_DECLARATION}<Error>{inner}</Error>".encode())


def _cbor(error: AWSError, request_id: str, metadata: Mapping[str, Any]) -> Response:  # noqa: ARG001
    texts = b"".join(map(_cbor_text, ("__type", error.code, "message", error.message)))
    headers = [*error_headers(error, request_id), ("smithy-protocol", "rpc-v2-cbor")]
    return Response(error.status, [*headers, ("Content-Type", "application/cbor")], _CBOR_MAP_OF_TWO + texts)


def _cbor_text(text: str) -> bytes:
    encoded = text.encode("utf-8", "replace")
    return _CBOR_TEXT_OF_LENGTH + len(encoded).to_bytes(2, "big") + encoded


def _xml_headers(request_id: str) -> Headers:
    return [("x-amzn-RequestId", request_id), ("Content-Type", "text/xml")]


_RENDERERS: Mapping[str, Callable[[AWSError, str, Mapping[str, Any]], Response]] = {
    "ec2": _ec2,
    "query": _query,
    "rest-json": _rest_json,
    "rest-xml": _query,
    "smithy-rpc-v2-cbor": _cbor,
}
