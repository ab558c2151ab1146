"""JSON as its standard has it (RFC 8259). Python's own reader takes more: ``NaN``, and numbers that are infinite."""

from __future__ import annotations

import json
import math
from typing import Any, Final, NoReturn


def load(text: bytes) -> Any:
    """The value of a document in UTF-8. Raises ``ValueError`` for anything else, and for too deep nesting."""
    try:
        value = decode(text.decode())
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if b"\\u" in text:
        refuse_lone_surrogates(value)
    return value


def decode(text: str) -> Any:
    """The value of a document, as `json.loads` gives it, and sooner where no space is around it."""
    if text[:1] not in _SPACES:
        value, end = DECODER.raw_decode(text)
        if end == len(text):
            return value
    return DECODER.decode(text)


def refuse_lone_surrogates(value: Any) -> None:
    """Raise ``ValueError`` for a surrogate without its pair, which an escape can express and UTF-8 can't encode."""
    json.dumps(value, ensure_ascii=False).encode()


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits} is too large")
    return number


def _unrepeated(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        names = [name for name, _ in members]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} is there twice")
    return found


_SPACES: Final = frozenset(" \t\r\n")
DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)
UNREPEATED: Final = json.JSONDecoder(
    parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_unrepeated
)
"""One that refuses objects in which a name is repeated, of which readers take now this value, now that."""
