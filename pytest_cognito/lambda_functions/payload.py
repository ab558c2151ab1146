"""The JSON in which a function gets its event and returns its result."""

from __future__ import annotations

import json
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol.decode import MAX_DOCUMENT_DEPTH, is_shallow, load

_ENCODER = json.JSONEncoder(allow_nan=False, ensure_ascii=False)
_SCALARS = frozenset((str, int, float, bool, type(None)))


def event_copy(event: dict[str, Any]) -> dict[str, Any]:
    """The event as a function gets it: what JSON makes of it. Its changes stay with it."""
    try:
        copy: dict[str, Any] = _copy(event)
    except _Converted:
        copy = json.loads(json.dumps(event))
    return copy


class _Converted(Exception):
    """A value that JSON gives back as another one: a tuple, a key that is no text, a subclass of str."""


def _copy(value: Any) -> Any:
    """A copy of JSON's own types, for which encoding and decoding take several times as long."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is dict:
        copied = {}
        for key, each in value.items():
            if type(key) is not str:
                raise _Converted
            copied[key] = each if type(each) is str else _copy(each)
        return copied
    if kind is list:
        return [_copy(each) for each in value]
    raise _Converted


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
