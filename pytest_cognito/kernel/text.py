"""Values as text on one line, truncated if they are too long, and without secrets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice

MAX_LENGTH = 60
MASK = "***"
_MAX_ITEMS = 6
_SIMPLE = re.compile(r"[^\s\"'=]+")
_SECRET = re.compile("passw|passphrase|pwd|secret|token|credential|apikey|accesskey|privatekey|authorization|cookie")


def plain(value: object) -> str:
    """A value as text on one line, truncated; a string is quoted only if it needs to be."""
    if isinstance(value, str) and value.isprintable() and _SIMPLE.fullmatch(value):
        return cut(str.__str__(value))
    return cut(_safely(repr, value))


def cut(text: str) -> str:
    """A text, truncated to ``MAX_LENGTH`` characters."""
    return text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"


def printable(text: str) -> str:
    """A text on one line, in which characters that a terminal would act upon are escaped as Python escapes them."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def message(error: BaseException) -> str:
    """The text of an exception."""
    return _safely(str, error)


def first_line(error: BaseException) -> str:
    """The first line of the text of an exception."""
    return message(error).partition("\n")[0]


def is_secret(name: str) -> bool:
    """Whether a name sounds like that of a secret, such as ``clientSecret`` or ``api_key``."""
    return _SECRET.search("".join(filter(str.isalnum, name.lower()))) is not None


def first_few(names: Iterable[str]) -> str:
    """The first few of the names, and an ellipsis if there are more."""
    first = list(islice(names, _MAX_ITEMS + 1))
    return ", ".join(first[:_MAX_ITEMS]) + (" …" if len(first) > _MAX_ITEMS else "")


def _safely(convert: Callable[[object], str], value: object) -> str:
    """A value converted by ``repr`` or ``str``. Its class may be the test's, and raise anything."""
    try:
        return convert(value)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - see above; pytest's own reports do the same
        return f"<{type(value).__name__} whose {convert.__name__}() raised {type(error).__name__}>"
