"""The query protocol: requests are forms with names such as ``Tags.member.1.Key``, responses are XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from botocore.model import OperationModel

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import Shape
from pytest_cognito.aws.protocol import timestamps
from pytest_cognito.aws.protocol.base import Codec
from pytest_cognito.aws.protocol.encode import Writer
from pytest_cognito.aws.protocol.json import base64_text
from pytest_cognito.aws.protocol.scalars import scalar
from pytest_cognito.aws.protocol.xml import element, leaf
from pytest_cognito.http.messages import Response, form

CONTENT_TYPE: Final = "text/xml"
SYNTAX: Final = "MalformedInput"
MAX_INDEX_DIGITS: Final = 6


@dataclass(slots=True)
class Node:
    """A node in the tree of a form's dotted names: a value, children, or both."""

    value: Any = None
    children: dict[str, Node] = field(default_factory=dict)


class QueryCodec(Codec):
    """The codec of an operation of a query service."""

    content_type = CONTENT_TYPE
    _parsed_timestamp = staticmethod(timestamps.parsed_iso8601)

    def __init__(self, operation: OperationModel) -> None:
        super().__init__(operation)
        self._wire = Writer(timestamps.iso8601, base64_text).structure(self.output_shape)
        self._namespace = str(operation.service_model.metadata.get("xmlNamespace", ""))

    def parse(
        self,
        method: str,  # noqa: ARG002 - the other protocols' parameters are here, too
        path: str,  # noqa: ARG002
        query: str | Mapping[str, Any],
        headers: Mapping[str, str],  # noqa: ARG002
        body: bytes | Mapping[str, Any],
    ) -> dict[str, Any]:
        if self.input_shape is None:
            return {}
        return _structure(self.input_shape, _tree([*_pairs(query), *_pairs(body)]))

    def render(self, result: Mapping[str, Any], request_id: str) -> Response:
        value = self._wire(result)
        name = self.operation.name
        parts = [f"<ResponseMetadata>{leaf('RequestId', request_id)}</ResponseMetadata>"]
        if self.output_shape is not None:
            wrapper = self.output_shape.serialization.get("resultWrapper", f"{name}Result")
            parts.insert(0, element(wrapper, self.output_shape, value))
        body = f'<{name}Response xmlns="{self._namespace}">{"".join(parts)}</{name}Response>'
        return Response(200, [("x-amzn-RequestId", request_id), ("Content-Type", CONTENT_TYPE)], body.encode())

    def render_error(self, error: AWSError, request_id: str) -> Response:
        return render_error(error, request_id, self._namespace)


def render_error(error: AWSError, request_id: str, namespace: str) -> Response:
    """The response for an error in the query protocol: XML with type (``Sender``, ``Receiver``), code and message."""
    fields = {
        "Type": "Sender" if error.status < 500 else "Receiver",
        "Code": error.code,
        "Message": error.message,
        **error.fields,
    }
    inner = "".join(leaf(name, str(value)) for name, value in fields.items())
    body = f'<ErrorResponse xmlns="{namespace}"><Error>{inner}</Error>{leaf("RequestId", request_id)}</ErrorResponse>'
    return Response(error.status, [("x-amzn-RequestId", request_id), ("Content-Type", CONTENT_TYPE)], body.encode())


def _pairs(source: str | bytes | Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return source.items() if isinstance(source, Mapping) else form(source)


def _tree(pairs: Iterable[tuple[str, Any]]) -> Node:
    root = Node()
    for name, value in pairs:
        node = root
        for part in name.split("."):
            node = node.children.setdefault(part, Node())
        node.value = value
    return root


def _structure(shape: Shape, node: Node) -> dict[str, Any]:
    found = {}
    for name, member in shape.members.items():
        child = node.children.get(member.serialization.get("name", name))
        if child is not None:
            value = _value(member, child)
            if value is not None:
                found[name] = value
    return found


def _value(shape: Shape, node: Node) -> Any:
    kind = shape.type_name
    if kind == "structure":
        return _structure(shape, node)
    if kind == "list":
        number = shape.member.serialization.get("name", "member")
        items = node if shape.serialization.get("flattened") else node.children.get(number, Node())
        return [_value(shape.member, each) for each in _numbered(items)]
    if kind == "map":
        items = node if shape.serialization.get("flattened") else node.children.get("entry", Node())
        return dict(_entry(shape, each) for each in _numbered(items))
    return None if node.value is None else scalar(shape, node.value, SYNTAX)


def _entry(shape: Shape, node: Node) -> tuple[Any, Any]:
    key = node.children.get(shape.key.serialization.get("name", "key"), Node(""))
    value = node.children.get(shape.value.serialization.get("name", "value"), Node(""))
    return _value(shape.key, key), _value(shape.value, value)


def _numbered(node: Node) -> list[Node]:
    """The elements of a list in the order of their numbers, which may have gaps."""
    numbers = [name for name in node.children if name.isascii() and name.isdigit() and len(name) <= MAX_INDEX_DIGITS]
    return [node.children[number] for number in sorted(numbers, key=int)]
