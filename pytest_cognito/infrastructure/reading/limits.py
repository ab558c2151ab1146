"""How large a template may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pytest_cognito.infrastructure.declared import Location
from pytest_cognito.infrastructure.errors import TemplateError, texts

BYTES = 1_000_000
"""What CloudFormation takes from a bucket."""
LEVELS = 100
"""How deep a template may be nested. It is not known where AWS ends; no template that people write comes near."""


def check_size(path: Path) -> None:
    """Raise `TemplateError` for a file that CloudFormation does not take."""
    if path.stat().st_size > BYTES:
        raise TemplateError(texts.TOO_LARGE.format(limit=BYTES), Location(path))


def check_depth(path: Path, data: Any) -> None:
    """Raise `TemplateError` for content that is nested too deeply."""
    level = [data]
    for _ in range(LEVELS + 1):
        level = [inner for one in level for inner in _composed_in(one)]
        if not level:
            return
    raise TemplateError(texts.TOO_DEEP.format(limit=LEVELS), Location(path))


def _composed_in(value: Any) -> Iterator[Any]:
    """The lists and objects that stand in a list or an object."""
    for inner in value.values() if isinstance(value, Mapping) else value:
        if isinstance(inner, dict | list):
            yield inner
