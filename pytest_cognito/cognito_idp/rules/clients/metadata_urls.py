"""The addresses of client ID metadata documents, and the patterns that they must fit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from pytest_cognito.cognito_idp import errors

_ANYTHING = "*"


def check_patterns(patterns: Iterable[str]) -> None:
    """Raise for a pattern that has no host, or a wildcard in place of the whole host."""
    for pattern in patterns:
        try:
            host = urlsplit(pattern).hostname or ""
        except ValueError:
            host = ""
        if not host.strip("*."):
            raise errors.CIMD_PATTERN_INVALID(pattern=pattern)


def fits(url: str, patterns: Iterable[str]) -> bool:
    """Whether an address fits one of some patterns, in which ``*`` stands for any characters."""
    return any(_expression(pattern).fullmatch(url) for pattern in patterns)


def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, re.split(r"\*+", pattern))), re.DOTALL)
