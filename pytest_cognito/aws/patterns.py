r"""The regular expressions of the service models, which are Java's, in Python.

Java's ``\w``, ``\d`` and ``\s`` mean ASCII, its ``.`` stops at more line ends than Python's, and it knows Unicode's
general categories (``\p{L}``, ``\p{Lu}``), which Python's ``re`` does not. A value is folded before it meets a pattern
with categories: each character beyond ASCII becomes the one that stands for its category, so that ``\p{L}`` is a class
of the ASCII letters and five stand-ins. No table of Unicode's characters is needed, and none to be kept up to date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final
from unicodedata import category

CATEGORIES: Final = (
    *("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"),
    *("Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn"),
)
STAND_INS: Final = {name: chr(0xE000 + place) for place, name in enumerate(CATEGORIES)}

_TOKEN = re.compile(r"\\p\{\w+\}|\\P\{\w+\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\.|.", re.DOTALL)
_JAVA_DOT = "[^\\n\\r\\x85\\u2028\\u2029]"

Matcher = Callable[[str], object]


@cache
def matcher(pattern: str) -> Matcher:
    """A function that answers truly for a value that Java's ``String.matches(pattern)`` accepts.

    Raises ``ValueError`` for a construct of Java that the service models have not used so far.
    """
    matches = re.compile(translate(pattern), re.ASCII).fullmatch
    if r"\p" not in pattern:
        return matches
    return lambda value: matches(value if value.isascii() else fold(value))


def fold(value: str) -> str:
    """The value with each character beyond ASCII replaced by the one that stands for its general category."""
    return "".join([char if char < "\x80" else STAND_INS[category(char)] for char in value])


def translate(pattern: str) -> str:
    """Java's pattern as Python's, for values that are folded if the pattern has categories."""
    in_class = False
    folded = r"\p" in pattern
    dot = "." if pattern.startswith("(?s)") else _JAVA_DOT
    parts = []
    for token in _TOKEN.findall(pattern):
        _refuse_unknown(pattern, token, in_class=in_class, folded=folded)
        if token.startswith(r"\p"):
            members = _members(token[3:-1])
            parts.append(members if in_class else f"[{members}]")
            continue
        if token in ("[", "]"):
            in_class = token == "["
        parts.append(dot if token == "." and not in_class else token)
    return "".join(parts)


def _refuse_unknown(pattern: str, token: str, *, in_class: bool, folded: bool) -> None:
    """Stop at what would mean something else in Python than in Java."""
    nested = in_class and token == "["
    beyond_ascii = folded and _character(token) > "\x7f"
    if nested or beyond_ascii or token.startswith(r"\P"):
        raise ValueError(f"{token!r} of the pattern {pattern!r} has no translation to Python")


def _character(token: str) -> str:
    """The character that an escape by number or a plain token stands for."""
    number = re.fullmatch(r"\\[ux]([0-9A-Fa-f]+)", token)
    return chr(int(number[1], 16)) if number else token[-1]


@cache
def _members(name: str) -> str:
    """What a general category (``Lu``) or a group of them (``L``) is inside a class: ASCII characters and stand-ins."""
    stand_ins = "".join(char for sub, char in STAND_INS.items() if sub.startswith(name))
    if not stand_ins:
        raise ValueError(f"unknown Unicode category {name!r}")
    plain = "".join(re.escape(char) for char in map(chr, range(128)) if category(char).startswith(name))
    return plain + stand_ins
