"""The JSON in which a function gets its event and returns its result."""

from __future__ import annotations

import json
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol.decode import MAX_DOCUMENT_DEPTH, is_shallow, load


def event_copy(event: dict[str, Any]) -> dict[str, Any]:
    """The event as a function gets it: its changes stay with it."""
    copy: dict[str, Any] = json.loads(json.dumps(event))
    return copy


def dump(result: Any) -> bytes:
    """The JSON of a function's result. Raises ``ValueError`` if it has none."""
    try:
        return json.dumps(result, allow_nan=False, ensure_ascii=False).encode()
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
