"""Arguments of Terraform as members of the API: the models of botocore say which there are, and of which type."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from pytest_cognito.aws import model


def request(
    service: str, operation: str, arguments: Mapping[str, Any], names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The request of an operation that arguments say. ``names`` are those that differ: argument by member.

    ``callback_urls`` is ``CallbackURLs``. A block is a list of one; what is null or empty is not sent.
    """
    shape = model.operation_model(service, operation).input_shape
    return members(shape, arguments, names or {})


def block(arguments: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """The only block of a name; None if there is none."""
    found = arguments.get(name)
    if isinstance(found, Mapping):
        return found
    return (found[0] or {}) if found else None


def members(shape: model.Shape, arguments: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The members of a structure that arguments say."""
    given = {_plain(name): value for name, value in arguments.items() if value is not None}
    found = {}
    for name, member in shape.members.items():
        value = given.get(_plain(names.get(name, name)))
        if value not in (None, "", [], {}):
            found[name] = _convert(member, value, names)
    return found


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _convert(shape: model.Shape, value: Any, names: Mapping[str, str]) -> Any:
    kind = shape.type_name
    if kind == "structure":
        return _structure(shape, value, names)
    if kind == "list":
        return [_convert(shape.member, each, names) for each in value]
    if kind == "map":
        return {key: _convert(shape.value, each, names) for key, each in value.items() if each is not None}
    return _SCALARS[kind](value) if kind in _SCALARS else value


def _structure(shape: model.Shape, value: Any, names: Mapping[str, str]) -> Any:
    if shape.is_document_type:
        return json.loads(value) if isinstance(value, str) else value
    inside = value[0] if isinstance(value, list) else value
    return members(shape, inside or {}, names)


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool | dict | list) else str(value)


def _boolean(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).lower() == "true"


_SCALARS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "blob": base64.b64decode,
    "boolean": _boolean,
    "integer": int,
    "long": int,
    "string": _text,
}
