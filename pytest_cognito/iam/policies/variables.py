"""Policy variables: ``${aws:username}``, ``${aws:PrincipalTag/team, 'none'}``, and ``${*}``, ``${?}``, ``${$}``.

They are replaced in documents of Version 2012-10-17. What they stand for is never a wildcard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_VARIABLE = re.compile(r"\$\{(?:(?P<literal>[*?$])|\s*(?P<key>[^{}',]+?)\s*(?:,\s*'(?P<default>[^']*)'\s*)?)\}")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: ``text`` as the policy has it, ``key`` the condition key that it stands for, ``name`` in lower case.

    ``literal`` is the character that a special variable stands for.
    """

    text: str
    key: str
    name: str
    default: str | None
    literal: str | None = None

    def __str__(self) -> str:
        return self.text

    def value(self, values: Mapping[str, str | tuple[str, ...]]) -> str | None:
        """What it stands for in a request. A key with several values stands for nothing."""
        value = values.get(self.name)
        return value if isinstance(value, str) else self.default


def split(text: str) -> Iterator[str | Variable]:
    """The variables of a text, and what stands between them. What is not one is left as it is."""
    position = 0
    for found in _VARIABLE.finditer(text):
        if found.start() > position:
            yield text[position : found.start()]
        key = found["key"] or ""
        yield Variable(found[0], key, key.lower(), found["default"], found["literal"])
        position = found.end()
    if position < len(text):
        yield text[position:]


def segments(text: str, count: int) -> list[str]:
    """A text split at its first colons into ``count`` parts at most. Those within variables are passed over."""
    parts, position = [""], 0
    for found in _VARIABLE.finditer(text):
        _split_into(parts, text[position : found.start()], count)
        parts[-1] += found[0]
        position = found.end()
    _split_into(parts, text[position:], count)
    return parts


def _split_into(parts: list[str], text: str, count: int) -> None:
    first, *more = text.split(":", count - len(parts))
    parts[-1] += first
    parts.extend(more)
