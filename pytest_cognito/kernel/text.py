"""Values as text on one line, truncated if they are too long."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

MAX_LENGTH = 60
_MAX_ITEMS = 6
_SIMPLE = re.compile(r"[^\s\"'=]+")


def plain(value: object) -> str:
    """A value as text on one line, truncated; a string is quoted only if it needs to be."""
    return cut(value if isinstance(value, str) and _SIMPLE.fullmatch(value) else repr(value))


def cut(text: str) -> str:
    """A text, truncated to ``MAX_LENGTH`` characters."""
    return text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"


def printable(text: str) -> str:
    """A text on one line, in which characters that a terminal would act upon are escaped as Python escapes them."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def first_few(names: Iterable[str]) -> str:
    """The first few of the names, and an ellipsis if there are more."""
    first = list(islice(names, _MAX_ITEMS + 1))
    return ", ".join(first[:_MAX_ITEMS]) + (" …" if len(first) > _MAX_ITEMS else "")
