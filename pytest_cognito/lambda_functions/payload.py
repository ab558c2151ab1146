"""The JSON in which a function gets its event and returns its result."""

from __future__ import annotations

import json
import math
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol.decode import MAX_DOCUMENT_DEPTH, is_shallow, load

_ENCODER = json.JSONEncoder(allow_nan=False, ensure_ascii=False)
_DEPTH = 20
"""How deep a value may be nested to be copied. Deeper ones, which are rare or endless, are for JSON's own functions."""
_INTEGER_BITS = 64


def event_copy(event: dict[str, Any]) -> dict[str, Any]:
    """The event as a function gets it: what JSON makes of it. Its changes stay with it."""
    try:
        copy: dict[str, Any] = _copy(event, _DEPTH)
    except _Converted:
        copy = json.loads(json.dumps(event))
    return copy


def result_copy(result: Any) -> Any:
    """The result of a function, as it arrives: what JSON makes of it. Raises ``ValueError`` if it has no JSON."""
    try:
        return _copy(result, _DEPTH)
    except _Converted:
        return read(dump(result))


class _Converted(Exception):
    """A value that JSON gives back as another one, or does not take: a tuple, a key that is no text, NaN."""


def _copy(value: Any, depth: int) -> Any:
    """A copy of JSON's own types, for which encoding and decoding take several times as long."""
    kind = type(value)
    if kind is dict and depth:
        copied = {}
        for key, each in value.items():
            if type(key) is not str or not key.isascii():
                raise _Converted
            copied[key] = each if type(each) is str and each.isascii() else _copy(each, depth - 1)
        return copied
    if kind is list and depth:
        return [_copy(each, depth - 1) for each in value]
    if not _is_scalar(value, kind):
        raise _Converted
    return value


def _is_scalar(value: Any, kind: type) -> bool:
    """Whether JSON gives a value back as it is."""
    if kind is str:
        return value.isascii() or _is_encodable(value)
    if kind is int:
        return bool(value.bit_length() <= _INTEGER_BITS)
    if kind is float:
        return math.isfinite(value)
    return value is None or kind is bool


def _is_encodable(text: str) -> bool:
    """Whether a text has no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def dump(result: Any) -> bytes:
    """The JSON of a function's result. Raises ``ValueError`` if it has none."""
    try:
        return _ENCODER.encode(result).encode()
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def read(payload: bytes) -> Any:
    """The result of a function from its JSON.

    Raises ``ValueError`` for what is no JSON or can't be passed on as JSON: NaN, numbers that are too large, lone
    surrogates, and deep nesting.
    """
    try:
        result = load(payload)
    except AWSError as error:
        raise ValueError("the result of the function is not JSON, or is nested too deeply") from error
    opened = payload.count(b"{") + payload.count(b"[")
    if opened > MAX_DOCUMENT_DEPTH and not is_shallow(result):
        raise ValueError("the result of the function is nested too deeply")
    return result
