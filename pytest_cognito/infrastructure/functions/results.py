"""What Lambda's Python runtime makes of the result of a handler."""

from __future__ import annotations

import decimal
import inspect
import json
from typing import Any

from pytest_cognito.infrastructure.functions import errors


def marshalled(result: Any) -> Any:
    """A result as JSON has it, in which a decimal is a number. Raises `MarshalError` for what JSON does not have.

    A coroutine is given back as it is: whoever invokes functions says more about it.
    """
    if inspect.isawaitable(result):
        return result
    try:
        return json.loads(json.dumps(result, default=_number))
    except (TypeError, ValueError, RecursionError) as error:
        raise errors.MarshalError(f"Unable to marshal response: {error}") from error


def _number(value: object) -> float:
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
