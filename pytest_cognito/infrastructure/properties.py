"""The properties of a type of resource: their names and types, held against what a template says."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final, TypeAlias

from botocore.model import DenormalizedStructureBuilder

from pytest_cognito.aws import model
from pytest_cognito.aws.model import Shape
from pytest_cognito.infrastructure.errors import InvalidProperties, refusals
from pytest_cognito.kernel.suggestions import suggestion


class Violations(list[str]):
    """What is wrong with properties, in CloudFormation's words; ``hints`` are what may be meant."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__(words)
        self.hints: list[str] = []


_Reader: TypeAlias = Callable[[Shape, Any, str, Violations], Any]
_BOOLEANS: Final = {"true": True, "false": False}
_NAMES: Final = {
    "blob": "String",
    "boolean": "Boolean",
    "integer": "Integer",
    "list": "JSONArray",
    "long": "Integer",
    "map": "JSONObject",
    "string": "String",
    "structure": "JSONObject",
}


class Mistake(Exception):
    """A value of another type than its property's."""


@cache
def members(service: str, operation: str, *path: str) -> Mapping[str, Shape]:
    """The members of an operation's request by name, or of a structure in it."""
    shape: Shape = model.operation_model(service, operation).input_shape
    for name in path:
        shape = shape.members[name]
        shape = shape.member if shape.type_name == "list" else shape
    found: Mapping[str, Shape] = shape.members
    return found


def own(**types: Mapping[str, Any]) -> dict[str, Shape]:
    """Properties that are in no model, by types as botocore's models write them: ``own(CSS={"type": "string"})``."""
    shape: Shape = DenormalizedStructureBuilder().with_members(types).build_model()
    return dict(shape.members)


TEXT: Final[Mapping[str, Any]] = {"type": "string"}
NUMBER: Final[Mapping[str, Any]] = {"type": "integer"}
SWITCH: Final[Mapping[str, Any]] = {"type": "boolean"}
TEXTS: Final[Mapping[str, Any]] = {"type": "list", "member": TEXT}
TAGS: Final[Mapping[str, Any]] = {
    "type": "list",
    "member": {"type": "structure", "members": {"Key": TEXT, "Value": TEXT}},
}
JSON: Final[Mapping[str, Any]] = {"type": "structure", "members": {}, "document": True}
"""Free JSON, or a text of JSON."""


def tags(listed: Iterable[Mapping[str, str]] | None) -> dict[str, str]:
    """Tags as operations take them, of a list of ``Key`` and ``Value``."""
    return {tag["Key"]: tag.get("Value", "") for tag in listed or ()}


def checked(
    given: Mapping[str, Any],
    properties: Mapping[str, Shape],
    required: Iterable[str],
) -> dict[str, Any]:
    """The properties of a resource in the types of the operations' members.

    Scalars are taken as what is wanted, as CloudFormation does: ``"true"`` is a boolean and ``5`` a text. Raises
    `InvalidProperties` for properties that lack, that the type does not have, and for other types.
    """
    violations = Violations(refusals.REQUIRED_KEY.format(name=name) for name in sorted(required) if name not in given)
    _note_unknown(given, properties, "#", violations)
    first = next((name for name in given if name not in properties), None)
    result = {}
    for name, value in given.items():
        if name in properties:
            result[name] = _read(properties[name], value, f"#/{name}", violations)
            first = first or (name if violations else None)
    if violations:
        raise InvalidProperties(violations, "\n".join(violations.hints), first)
    return result


def _note_unknown(given: Iterable[str], known: Iterable[str], path: str, violations: Violations) -> None:
    """Add the names that are not known, and what may be meant."""
    for name in given:
        if name not in known:
            violations.append(refusals.EXTRANEOUS_KEY.format(path=path, name=name))
            near = suggestion(name, known)
            if near.startswith("did you mean"):
                violations.hints.append(f"{name}: {near}")


def _read(shape: Shape, value: Any, path: str, violations: Violations) -> Any:
    """A value in the type of a shape; what is wrong with it is added to the violations."""
    if getattr(shape, "is_document_type", False):
        return value
    try:
        reader: _Reader = _READERS.get(shape.type_name, _text)
        return reader(shape, value, path, violations)
    except Mistake:
        expected = _NAMES.get(shape.type_name, "Number")
        violations.append(refusals.WRONG_TYPE.format(path=path, expected=expected, found=_found(value)))
        return value


def _structure(shape: Shape, value: Any, path: str, violations: Violations) -> dict[str, Any]:
    given, members_of = _object(value), shape.members
    _note_unknown(given, members_of, path, violations)
    return {
        name: _read(members_of[name], inner, f"{path}/{name}", violations)
        for name, inner in given.items()
        if name in members_of
    }


def _map(shape: Shape, value: Any, path: str, violations: Violations) -> dict[str, Any]:
    return {str(key): _read(shape.value, inner, f"{path}/{key}", violations) for key, inner in _object(value).items()}


def _list(shape: Shape, value: Any, path: str, violations: Violations) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise Mistake
    return [_read(shape.member, inner, f"{path}/{index}", violations) for index, inner in enumerate(value)]


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Mistake
    return value


def _text(_shape: Shape, value: Any, _path: str, _violations: Violations) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        raise Mistake
    return str(value)


def _boolean(_shape: Shape, value: Any, _path: str, _violations: Violations) -> bool:
    found = value if isinstance(value, bool) else _BOOLEANS.get(str(value).lower())
    if found is None:
        raise Mistake
    return found


def _number(kind: Callable[[str], Any]) -> _Reader:
    def read(_shape: Shape, value: Any, _path: str, _violations: Violations) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise Mistake
        try:
            return kind(str(value))
        except ValueError:
            raise Mistake from None

    return read


def _blob(_shape: Shape, value: Any, path: str, violations: Violations) -> Any:
    if not isinstance(value, str):
        raise Mistake
    try:
        return base64.b64decode(value, validate=True)
    except ValueError:
        violations.append(refusals.NOT_BASE64.format(path=path))
        return value


_READERS: Final[Mapping[str, _Reader]] = {
    "structure": _structure,
    "map": _map,
    "list": _list,
    "boolean": _boolean,
    "integer": _number(int),
    "long": _number(int),
    "float": _number(float),
    "double": _number(float),
    "blob": _blob,
}


def _found(value: Any) -> str:
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, Mapping):
        return "JSONObject"
    if isinstance(value, list | tuple):
        return "JSONArray"
    return "String" if isinstance(value, str) else "Null" if value is None else "Integer"
