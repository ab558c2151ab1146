"""Expressions of DynamoDB, as far as it takes to tell which attributes they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_TOKEN: Final = re.compile(
    r"(?P<step>\.\s*[#\w-]+|\[\s*\d+\s*\])|(?P<value>:\w+)|(?P<name>[#A-Za-z_][\w-]*)(?P<call>\s*\()?|<>|<=|>=|\S"
)
KEYWORDS: Final = frozenset(("add", "and", "between", "delete", "in", "not", "or", "remove", "set"))


def attributes(expression: str, names: Mapping[str, str]) -> Iterator[str]:
    """The top-level attributes in an expression. ``names`` are ExpressionAttributeNames."""
    for token in _TOKEN.finditer(expression):
        name = token["name"]
        if name and token["call"] and name.lower() not in KEYWORDS:
            continue  # a function: attribute_exists(…)
        if name and name.lower() not in KEYWORDS:
            yield names.get(name, name)


def equalities(expression: str, names: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a KeyConditionExpression says of attributes by ``=``: their values by name."""
    tokens = [token[0].strip() for token in _TOKEN.finditer(expression)]
    found: dict[str, Any] = {}
    for left, operator, right in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if operator == "=":
            name, value = (right, left) if left.startswith(":") else (left, right)
            if value in values:
                found[names.get(name, name)] = values[value]
    return found
