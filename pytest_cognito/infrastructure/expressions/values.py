"""Values as CloudFormation takes them for each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.errors import TemplateError


def as_text(value: Any, error: str) -> str:
    """A scalar as the text that CloudFormation makes of it; raises `TemplateError` for another value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        raise TemplateError(error)
    return value


def is_scalar(value: Any) -> bool:
    """Whether a value is a text, a number or a boolean."""
    return isinstance(value, str | bool | int | float)


def same(first: Any, second: Any) -> bool:
    """Whether two values are the same: numbers and booleans are the texts that stand for them."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return first.keys() == second.keys() and all(same(first[key], second[key]) for key in first)
    if isinstance(first, list | tuple) and isinstance(second, list | tuple):
        return len(first) == len(second) and all(map(same, first, second))
    return bool(_comparable(first) == _comparable(second))


def _comparable(value: Any) -> Any:
    return as_text(value, "") if is_scalar(value) else value
