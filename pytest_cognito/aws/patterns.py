r"""Translation of the regular expressions of the service models, which are Java's, to Python's.

Java's ``\w``, ``\d`` and ``\s`` match ASCII only, its ``.`` excludes more line terminators than Python's, and it
supports Unicode's general categories (``\p{L}``, ``\p{Lu}``), which Python's ``re`` does not. Before a value is matched
with a pattern that has categories, each character beyond ASCII is replaced by a stand-in for its category, so that
``\p{L}`` becomes a class of the ASCII letters and five stand-ins. This needs no table of Unicode's characters.
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
STAND_INS: Final = {name: chr(0xE000 + position) for position, name in enumerate(CATEGORIES)}

_TOKEN = re.compile(r"\\p\{\w+\}|\\P\{\w+\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\.|.", re.DOTALL)
_JAVA_DOT = "[^\\n\\r\\x85\\u2028\\u2029]"

Matcher = Callable[[str], object]


@cache
def matcher(pattern: str) -> Matcher:
    """A function with a true result for values that Java's ``String.matches(pattern)`` accepts.

    Raises ``ValueError`` for a construct of Java that is not translated because no service model uses it.
    """
    matches = re.compile(translate(pattern), re.ASCII).fullmatch
    if r"\p" not in pattern:
        return matches
    return lambda value: matches(value if value.isascii() else fold(value))


def fold(value: str) -> str:
    """The value with each character beyond ASCII replaced by the stand-in for its general category."""
    return "".join([char if char < "\x80" else STAND_INS[category(char)] for char in value])


def translate(pattern: str) -> str:
    """Java's pattern in Python's syntax. If the pattern has categories, it is for folded values."""
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
    """Raise ``ValueError`` for a token that has another meaning in Python than in Java."""
    nested = in_class and token == "["
    beyond_ascii = folded and _character(token) > "\x7f"
    if nested or beyond_ascii or token.startswith(r"\P"):
        raise ValueError(f"{token!r} of the pattern {pattern!r} has no translation to Python")


def _character(token: str) -> str:
    """The character that a token matches, if it is a numeric escape or a literal character."""
    number = re.fullmatch(r"\\[ux]([0-9A-Fa-f]+)", token)
    return chr(int(number[1], 16)) if number else token[-1]


@cache
def _members(name: str) -> str:
    """The ASCII characters and stand-ins of a general category (``Lu``) or a group of them (``L``), for a class."""
    stand_ins = "".join(char for sub, char in STAND_INS.items() if sub.startswith(name))
    if not stand_ins:
        raise ValueError(f"unknown Unicode category {name!r}")
    plain = "".join(re.escape(char) for char in map(chr, range(128)) if category(char).startswith(name))
    return plain + stand_ins
