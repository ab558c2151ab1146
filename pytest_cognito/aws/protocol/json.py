"""AWS JSON 1.1: every request is a POST with a JSON object as body."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from botocore.model import OperationModel

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol import timestamps
from pytest_cognito.aws.protocol.base import Codec, error_headers
from pytest_cognito.aws.protocol.decode import Reader, load, reader, structure
from pytest_cognito.aws.protocol.encode import Writer
from pytest_cognito.http.messages import Response

CONTENT_TYPE = "application/x-amz-json-1.1"


class JSONCodec(Codec):
    """The codec of an operation of a JSON service."""

    content_type = CONTENT_TYPE
    _parsed_timestamp = staticmethod(timestamps.parsed_seconds)

    def __init__(self, operation: OperationModel) -> None:
        super().__init__(operation)
        self._reader: Reader = reader(self.input_shape) if self.input_shape is not None else structure({})
        self._wire = Writer(timestamps.seconds, base64_text).structure(self.output_shape)

    def parse(
        self,
        method: str,  # noqa: ARG002 - the other protocols' parameters are here, too
        path: str,  # noqa: ARG002
        query: str | Mapping[str, Any],  # noqa: ARG002
        headers: Mapping[str, str],  # noqa: ARG002
        body: bytes | Mapping[str, Any],
    ) -> dict[str, Any]:
        if not body:
            return {}
        parameters: Any = load(body) if isinstance(body, bytes) else body
        if not self._reader.accepts(parameters):
            parameters = self._reader.convert(parameters)
        accepted: dict[str, Any] = parameters
        return accepted

    def render(self, result: Mapping[str, Any], request_id: str) -> Response:
        value = self._wire(result)
        body = b"" if self.output_shape is None else dump(value)
        return Response(200, [("x-amzn-RequestId", request_id), ("Content-Type", self.content_type)], body)

    def render_error(self, error: AWSError, request_id: str) -> Response:
        return render_error(error, request_id)


def render_error(error: AWSError, request_id: str) -> Response:
    """The response for an error in the JSON protocol: the body has the code as ``__type``, and the message."""
    body = dump({"__type": error.code, message_name(error): error.message, **error.fields})
    return Response(error.status, [*error_headers(error, request_id), ("Content-Type", CONTENT_TYPE)], body)


def message_name(error: AWSError) -> str:
    """The member that has an error's message. What authorises calls, before the service, writes it in another way."""
    return "Message" if error.code == "AccessDeniedException" else "message"


def dump(value: Any) -> bytes:
    """A JSON document without whitespace. A lone surrogate, which UTF-8 can't encode, becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def base64_text(blob: bytes) -> str:
    """Bytes in base64, as in JSON and XML."""
    return b64encode(blob).decode("ascii")
