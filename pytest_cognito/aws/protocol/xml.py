"""XML for the responses of the query protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.aws.model import Shape

_UNSAFE: Final = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def text(value: str) -> str:
    """An escaped text for the content of an element; characters that XML does not allow become U+FFFD."""
    return _UNSAFE.sub(lambda found: _ESCAPES.get(found.group(), "\ufffd"), value)


def leaf(name: str, value: str) -> str:
    """An element with a text."""
    return f"<{name}>{text(value)}</{name}>"


def element(name: str, shape: Shape, value: Any) -> str:
    """An element with a value of the shape."""
    kind = shape.type_name
    if kind == "structure":
        return f"<{name}>{_members(shape, value)}</{name}>"
    if kind == "list":
        return _list(name, shape, value)
    if kind == "map":
        return f"<{name}>{''.join(_entry(shape, key, each) for key, each in value.items())}</{name}>"
    return leaf(name, str(value).lower() if kind == "boolean" else str(value))


def _members(shape: Shape, value: Mapping[str, Any]) -> str:
    members = shape.members
    return "".join(
        element(members[name].serialization.get("name", name), members[name], member) for name, member in value.items()
    )


def _list(name: str, shape: Shape, value: list[Any]) -> str:
    if shape.serialization.get("flattened"):
        flat = shape.member.serialization.get("name", name)
        return "".join(element(flat, shape.member, each) for each in value)
    inner = shape.member.serialization.get("name", "member")
    return f"<{name}>{''.join(element(inner, shape.member, each) for each in value)}</{name}>"


def _entry(shape: Shape, key: Any, value: Any) -> str:
    key_name = shape.key.serialization.get("name", "key")
    value_name = shape.value.serialization.get("name", "value")
    return f"<entry>{element(key_name, shape.key, key)}{element(value_name, shape.value, value)}</entry>"
