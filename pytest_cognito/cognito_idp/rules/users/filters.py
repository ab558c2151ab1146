"""The filter of ListUsers: ``AttributeName = "value"`` or ``AttributeName ^= "prefix"``."""

from __future__ import annotations

import re
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import SEARCHABLE

_FILTER = re.compile(r'\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)
_CASE_SENSITIVE = ("username", "status", "sub")
_SEARCHABLE = frozenset((*_CASE_SENSITIVE, "cognito:user_status", *SEARCHABLE))


class Filter(NamedTuple):
    """A parsed filter. ``value`` is in lower case unless the attribute is compared case-sensitively."""

    attribute: str
    value: str
    prefix: bool


def parse(text: str) -> Filter:
    """Parse a filter, or raise the error of AWS for a syntax error or an attribute that can't be searched."""
    match = _FILTER.fullmatch(text)
    if match is None:
        raise errors.FILTER_INVALID()
    attribute, operator, quoted = match.groups()
    if attribute not in _SEARCHABLE:
        raise errors.SEARCH_ATTRIBUTE_INVALID(name=attribute)
    value = re.sub(r"\\(.)", r"\1", quoted)
    return Filter(attribute, value if attribute in _CASE_SENSITIVE else value.lower(), operator == "^=")
