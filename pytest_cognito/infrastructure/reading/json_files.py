"""Templates in JSON, and the lines of what stands in them where each key has a line of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pytest_cognito.infrastructure.declared import Location
from pytest_cognito.infrastructure.document import KeyPath
from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.reading import limits

_KEY = re.compile(r'^([ \t]*)"((?:[^"\\]|\\.)*)"[ \t]*:')
_DEPTH = 4


def load(path: Path, text: str) -> tuple[Any, dict[KeyPath, int]]:
    """The content of a file, and the lines of its keys."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise TemplateError(texts.DUPLICATE_KEY.format(key=twice), Location(path))
        return result

    try:
        data = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        reason = texts.JSON_NOT_WELL_FORMED.format(line=error.lineno, column=error.colno)
        raise TemplateError(reason, Location(path, error.lineno)) from error
    except RecursionError:
        raise TemplateError(texts.TOO_DEEP.format(limit=limits.LEVELS), Location(path)) from None
    limits.check_depth(path, data)
    return data, _lines(text)


def _lines(text: str) -> dict[KeyPath, int]:
    """The lines of the keys of an indented file: the indentation says what is inside of what."""
    lines: dict[KeyPath, int] = {}
    around: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        found = _KEY.match(line)
        if found is None:
            continue
        indent = len(found[1].expandtabs(4))
        while around and around[-1][0] >= indent:
            around.pop()
        around.append((indent, found[2]))
        if len(around) <= _DEPTH:
            lines.setdefault(tuple(name for _, name in around), number)
    return lines
