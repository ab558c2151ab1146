"""Scalar values that are sent as text: in a path, a query string, a header or a form."""

from __future__ import annotations

from binascii import a2b_base64
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import Shape
from pytest_cognito.aws.protocol import timestamps
from pytest_cognito.aws.protocol.decode import INTEGERS, NOT_CONVERTIBLE

MAX_NUMBER_LENGTH: Final = 20  # characters of the longest 64-bit number with its sign


def scalar(shape: Shape, value: Any, code: str) -> Any:
    """The value of a scalar shape. Raises ``AWSError`` with ``code``, the protocol's code for malformed values."""
    kind = shape.type_name
    text = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    expected, convert = _SCALARS[kind]
    try:
        return convert(text)
    except (ValueError, OverflowError):
        error = NOT_CONVERTIBLE(found="STRING_VALUE", expected=expected)
        raise AWSError(code, error.message) from None


def _string(text: str) -> str:
    text.encode()  # raises ValueError for a lone surrogate, which could not be encoded later
    return text


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _integer(limit: int) -> Callable[[str], int]:
    def convert(text: str) -> int:
        digits = text.removeprefix("-")
        if len(text) > MAX_NUMBER_LENGTH or not (digits.isascii() and digits.isdigit()):
            raise ValueError(text)
        number = int(text)
        if not -limit <= number < limit:
            raise ValueError(text)
        return number

    return convert


def _timestamp(text: str) -> datetime:
    return timestamps.from_iso8601(text)


def _blob(text: str) -> bytes:
    return a2b_base64(text, strict_mode=True)


_SCALARS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "string": ("a String", _string),
    "boolean": ("a Boolean", _boolean),
    "timestamp": ("milliseconds since epoch", _timestamp),
    "blob": ("a Blob", _blob),
    "float": ("a Double", float),
    "double": ("a Double", float),
    **{kind: (expected, _integer(limit)) for kind, (limit, expected) in INTEGERS.items()},
}
