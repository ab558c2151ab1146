"""Addresses of resources, and references to them as they stand in expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

_INDEX = r'\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]'
_STEP = re.compile(rf"\.?(?P<name>[\w-]+)|(?P<index>{_INDEX})")
_INDEXES = re.compile(_INDEX)


class Reference(NamedTuple):
    """A reference to a resource: its ``base`` address, its index as written, which is the ``key``, an ``attribute``.

    ``aws_iam_role.users[0].arn`` is ``("aws_iam_role.users", "[0]", "arn")``.
    """

    base: str
    key: str
    attribute: str


def steps(address: str) -> list[str]:
    """The pieces of an address: ``module.auth["a.b"].x`` is ``module``, ``auth``, ``["a.b"]``, ``x``."""
    return [found["name"] or found["index"] for found in _STEP.finditer(address)]


def join(pieces: Iterable[str]) -> str:
    """The address of some pieces."""
    return "".join(piece if piece.startswith("[") else f".{piece}" for piece in pieces).removeprefix(".")


def base(address: str) -> str:
    """The address of a resource without any index, as states and configurations name what depends on it."""
    return _INDEXES.sub("", address)


def is_short_for(text: str, address: str) -> bool:
    """Whether a text is the last part of an address, without its index or with it: ``main``, ``main["x"]``."""
    return any(each == text or each.endswith(f".{text}") for each in (address, base(address)))


def reference(text: str) -> Reference | None:
    """A reference to a resource or a data source, inside one module; None for ``var.x``, ``module.m.x`` and so on."""
    pieces = steps(text)
    head = 3 if pieces[0] == "data" else 2
    if len(pieces) < head or pieces[0] in ("var", "local", "each", "count", "path", "module", "terraform", "self"):
        return None
    indexed = len(pieces) > head and pieces[head].startswith("[")
    rest = pieces[head + indexed :]
    return Reference(join(pieces[:head]), pieces[head] if indexed else "", join(rest))


def most_specific(references: Sequence[str]) -> list[str]:
    """References without those that only begin a longer one: Terraform lists ``a.b.id`` and then ``a.b``."""
    found: list[str] = []
    for text in references:
        if not any(other == text or other.startswith((f"{text}.", f"{text}[")) for other in found):
            found.append(text)
    return found


def follow(value: Any, path: str) -> Any:
    """What is at a path such as ``scope[0].scope_name`` of a value. Raises ``KeyError`` if nothing is."""
    for step in steps(path):
        key: Any = step
        if step.startswith("["):
            inside = step[1:-1]
            key = inside[1:-1] if inside.startswith('"') else int(inside)
        try:
            value = value[key]
        except (IndexError, TypeError) as error:
            raise KeyError(path) from error
    return value
