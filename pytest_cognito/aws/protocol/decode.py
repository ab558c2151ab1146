"""Conversion of JSON documents to an operation's parameters.

Most requests need no conversion. So each shape has two functions: ``accepts`` checks whether a value can be used
unchanged, and ``convert`` converts it otherwise: it decodes blobs and timestamps, omits unknown members and ``null`` as
a member or in a map, and raises an error for a wrong type.
"""

from __future__ import annotations

from binascii import a2b_base64
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, NoReturn

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.aws.model import Shape
from pytest_cognito.aws.protocol import timestamps
from pytest_cognito.kernel.strict_json import decode, refuse_lone_surrogates

NOT_JSON = ErrorText("SerializationException", "The request body is not a JSON document.")
TOO_DEEP = ErrorText("SerializationException", "The request body is nested too deeply.")
NOT_CONVERTIBLE = ErrorText("SerializationException", "{found} can not be converted to {expected}")
LIST_UNEXPECTED = ErrorText("SerializationException", "Start of list found where not expected")
MAP_UNEXPECTED = ErrorText("SerializationException", "Start of structure or map found where not expected.")
FIELD_UNEXPECTED = ErrorText("SerializationException", "Unexpected field type")

MAX_DOCUMENT_DEPTH: Final = 100
INTEGERS: Final[Mapping[str, tuple[int, str]]] = {"integer": (1 << 31, "an Integer"), "long": (1 << 63, "a Long")}

Accepts = Callable[[Any], bool]
Convert = Callable[[Any], Any]


class Reader(NamedTuple):
    """The functions for the values of a shape, and the type whose values are all accepted, if there is one."""

    accepts: Accepts
    convert: Convert
    exact_type: type | None = None


def load(body: bytes) -> Any:
    """The value of a JSON document. Raises ``SerializationException`` for anything else, or too deep nesting."""
    try:
        text = body.decode()
        value = decode(text)
        if b"\\u" in body:
            refuse_lone_surrogates(value)
    except (ValueError, RecursionError) as error:
        return _load_leniently(body, TOO_DEEP if isinstance(error, RecursionError) else NOT_JSON)
    return value


def _load_leniently(body: bytes, refusal: ErrorText) -> Any:
    """Load a document with leading whitespace, which JSON allows and ``raw_decode`` does not; else raise the error."""
    stripped = body.lstrip(b" \t\r\n")
    if stripped != body:
        return load(stripped)
    raise refusal() from None


def reader(shape: Shape) -> Reader:
    """The reader of a shape."""
    kind = shape.type_name
    if kind == "structure":
        return _DOCUMENT if shape.is_document_type else _structure(shape.members)
    if kind in _COMPOSED:
        return _COMPOSED[kind](shape)
    return _SCALARS[kind]


def structure(members: Mapping[str, Shape]) -> Reader:
    """The reader of a structure with these members."""
    return _structure(members)


def _structure(members: Mapping[str, Shape]) -> Reader:
    readers = {shape.serialization.get("name", name): (name, reader(shape)) for name, shape in members.items()}
    renamed = any(wire != name for wire, (name, _) in readers.items())
    exact_type = {name: read.exact_type for name, read in readers.values() if read.exact_type}
    others = {name: read.accepts for name, read in readers.values() if not read.exact_type}

    def accepts(value: Any) -> bool:
        if type(value) is not dict:
            return False
        for name, member in value.items():
            if exact_type.get(name) is not type(member):
                check = others.get(name)
                if check is None or not check(member):
                    return False
        return True

    def convert(value: Any) -> dict[str, Any]:
        _expect(dict, value)
        return {
            readers[wire][0]: readers[wire][1].convert(member)
            for wire, member in value.items()
            if member is not None and wire in readers
        }

    return Reader(_accept_none if renamed else accepts, convert)


def _list(shape: Shape) -> Reader:
    element = reader(shape.member)

    def accepts(value: Any) -> bool:
        return type(value) is list and _all_accepted(element, value)

    def convert(value: Any) -> list[Any]:
        _expect(list, value)
        return [None if each is None else element.convert(each) for each in value]

    return Reader(accepts, convert)


def _map(shape: Shape) -> Reader:
    element = reader(shape.value)

    def accepts(value: Any) -> bool:
        return type(value) is dict and _all_accepted(element, value.values())

    def convert(value: Any) -> dict[str, Any]:
        _expect(dict, value)
        return {key: element.convert(each) for key, each in value.items() if each is not None}

    return Reader(accepts, convert)


def _all_accepted(element: Reader, values: Any) -> bool:
    if element.exact_type:
        return {element.exact_type}.issuperset(map(type, values))
    return all(map(element.accepts, values))


def _expect(expected: type, value: Any) -> None:
    if type(value) is expected:
        return
    if type(value) is dict:
        raise MAP_UNEXPECTED()
    raise LIST_UNEXPECTED() if type(value) is list else FIELD_UNEXPECTED()


def _refuse(value: Any, expected: str) -> NoReturn:
    """Raise AWS's error for a value that is not of the scalar type ``expected``."""
    if isinstance(value, dict):
        raise MAP_UNEXPECTED()
    if isinstance(value, list):
        raise LIST_UNEXPECTED()
    if isinstance(value, bool):
        found = "TRUE_VALUE" if value else "FALSE_VALUE"
    else:
        found = "STRING_VALUE" if isinstance(value, str) else "NUMBER_VALUE"
    raise NOT_CONVERTIBLE(found=found, expected=expected)


def _string(value: Any) -> str:
    return value if type(value) is str else _refuse(value, "a String")


def _boolean(value: Any) -> bool:
    return value if type(value) is bool else _refuse(value, "a Boolean")


def _integer(kind: str) -> Reader:
    limit, expected = INTEGERS[kind]

    def accepts(value: Any) -> bool:
        return type(value) is int and -limit <= value < limit

    def convert(value: Any) -> int:
        number: int = int(value) if type(value) is float and value.is_integer() else value
        return number if accepts(number) else _refuse(value, expected)

    return Reader(accepts, convert)


def _double(value: Any) -> float:
    return float(value) if type(value) in (int, float) else _refuse(value, "a Double")


def _timestamp(value: Any) -> datetime:
    expected = "milliseconds since epoch"
    if type(value) not in (int, float):
        _refuse(value, expected)
    try:
        return timestamps.from_seconds(value)
    except (OverflowError, ValueError):
        _refuse(value, expected)


def _blob(value: Any) -> bytes:
    if type(value) is not str:
        _refuse(value, "a Blob")
    try:
        return a2b_base64(value, strict_mode=True)
    except ValueError:
        _refuse(value, "a Blob")


def _accept_none(_value: Any) -> bool:
    return False


def is_shallow(value: Any, depth: int = MAX_DOCUMENT_DEPTH) -> bool:
    """Whether the value of a JSON document is nested so little that code may recurse through it."""
    if isinstance(value, (dict, list)):
        inner = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(is_shallow(each, depth - 1) for each in inner)
    return True


def _document(value: Any) -> Any:
    """A JSON document of any form. Its depth is limited, so that code may recurse through it."""
    if not is_shallow(value):
        raise TOO_DEEP()
    return value


_DOCUMENT: Final = Reader(is_shallow, _document)
_COMPOSED: Final[Mapping[str, Callable[[Shape], Reader]]] = {"list": _list, "map": _map}
_SCALARS: Final[Mapping[str, Reader]] = {
    "string": Reader(_accept_none, _string, str),
    "boolean": Reader(_accept_none, _boolean, bool),
    "integer": _integer("integer"),
    "long": _integer("long"),
    "float": Reader(_accept_none, _double),
    "double": Reader(_accept_none, _double),
    "timestamp": Reader(_accept_none, _timestamp),
    "blob": Reader(_accept_none, _blob),
}
