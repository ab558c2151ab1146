"""The filter of ListUsers: ``AttributeName = "value"`` or ``AttributeName ^= "prefix"``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .. import errors
from ..tables import SEARCHABLE

_FILTER = re.compile(r'\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)
_AS_IT_IS = ("username", "status", "sub")
_SEARCHABLE = frozenset((*_AS_IT_IS, "cognito:user_status", *SEARCHABLE))


@dataclass(frozen=True, slots=True)
class Filter:
    """What is searched for: ``value`` is in the form in which the attribute is indexed."""

    attribute: str
    value: str
    prefix: bool


def parse(text: str) -> Filter:
    """A filter, or the error that AWS gives for one that can't be read or searches what can't be searched."""
    match = _FILTER.fullmatch(text)
    if match is None:
        raise errors.FILTER_INVALID()
    attribute, operator, quoted = match.groups()
    if attribute not in _SEARCHABLE:
        raise errors.SEARCH_ATTRIBUTE_INVALID(name=attribute)
    value = re.sub(r"\\(.)", r"\1", quoted)
    return Filter(attribute, value if attribute in _AS_IT_IS else value.lower(), operator == "^=")
