"""The REST-JSON protocol: members are in the path, the query string and the headers, the others in a JSON body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

from botocore.model import OperationModel

from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.aws.model import Shape, path_template
from pytest_cognito.aws.protocol.base import error_headers
from pytest_cognito.aws.protocol.decode import structure
from pytest_cognito.aws.protocol.json import JSONCodec, dump, message_name
from pytest_cognito.aws.protocol.scalars import scalar
from pytest_cognito.http.messages import Response, form

CONTENT_TYPE: Final = "application/json"
SYNTAX: Final = "SerializationException"
WRONG_PATH = ErrorText("UnknownOperationException", "{operation} does not live at {path}")


class RestJSONCodec(JSONCodec):
    """The codec of an operation of a REST-JSON service."""

    content_type = CONTENT_TYPE

    def __init__(self, operation: OperationModel) -> None:
        super().__init__(operation)
        members = self.input_shape.members if self.input_shape is not None else {}
        self._uri = _located(members, "uri")
        self._query = _located(members, "querystring")
        self._headers = {name.lower(): member for name, member in _located(members, "header").items()}
        self._reader = structure({name: shape for name, shape in members.items() if not _location(shape)})
        self._path = path_template(operation.http["requestUri"])

    def parse(
        self,
        method: str,
        path: str,
        query: str | Mapping[str, Any],
        headers: Mapping[str, str],
        body: bytes | Mapping[str, Any],
    ) -> dict[str, Any]:
        found = self._path.fullmatch(path)
        if found is None:
            raise WRONG_PATH(operation=self.operation.name, path=path)
        labels = {name: unquote(value) for name, value in found.groupdict().items()}
        pairs = query if isinstance(query, Mapping) else dict(form(query))
        lowered = {name.lower(): value for name, value in headers.items()} if self._headers else {}
        return {
            **super().parse(method, path, query, headers, body),
            **_pick(self._uri, labels),
            **_pick(self._query, pairs),
            **_pick(self._headers, lowered),
        }

    def render_error(self, error: AWSError, request_id: str) -> Response:
        return render_error(error, request_id)

    def error_status(self, code: str) -> int:
        modelled = (shape for shape in self.operation.error_shapes if shape.name == code)
        return next((shape.metadata["error"]["httpStatusCode"] for shape in modelled), super().error_status(code))


def render_error(error: AWSError, request_id: str) -> Response:
    """The response for an error in REST-JSON: the code is in a header, the message in the body."""
    body = dump({message_name(error): error.message, **error.fields})
    return Response(error.status, [*error_headers(error, request_id), ("Content-Type", CONTENT_TYPE)], body)


def _location(shape: Shape) -> str | None:
    location: str | None = shape.serialization.get("location")
    return location


def _located(members: Mapping[str, Shape], location: str) -> dict[str, tuple[str, Shape]]:
    """The members of a location: the API's name and the shape, by the name in the location."""
    chosen = {name: shape for name, shape in members.items() if _location(shape) == location}
    return {shape.serialization.get("name", name): (name, shape) for name, shape in chosen.items()}


def _pick(members: Mapping[str, tuple[str, Shape]], values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: scalar(shape, values[wire], SYNTAX)
        for wire, (name, shape) in members.items()
        if values.get(wire) is not None
    }
