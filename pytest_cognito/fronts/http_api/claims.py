"""Claims as the events of HTTP APIs have them: text, in the form in which Go prints values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_text(claims: Mapping[str, Any]) -> dict[str, str]:
    """Each claim as text, by name in alphabetical order."""
    return {name: value if type(value := claims[name]) is str else _printed(value) for name in sorted(claims)}


def _printed(value: Any) -> str:
    """Lists are ``[a b]``, objects ``map[key:value]`` in the order of their keys, nothing is ``<nil>``."""
    if type(value) is int or type(value) is str:
        return str(value)
    if value is None or isinstance(value, bool):
        return {None: "<nil>", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return f"[{' '.join(map(_printed, value))}]"
    if isinstance(value, Mapping):
        return f"map[{' '.join(f'{key}:{_printed(value[key])}' for key in sorted(value))}]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
