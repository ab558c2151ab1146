"""Cross-origin requests: what a browser must be told before it hands an answer to a page of another origin."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}
_AN_HOUR = "3600"
EXPOSED = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"


def answer() -> dict[str, str]:
    """The headers that let a page read an answer, and those of its headers that tell what became of the call."""
    return {**_ANY_ORIGIN, "Access-Control-Expose-Headers": EXPOSED}


def preflight(methods: str, asked: str) -> dict[str, str]:
    """The headers that allow the request which a browser announces; ``asked`` are the names of headers it will have.

    The names are given back, because a ``*`` there would not stand for ``Authorization``.
    """
    return {
        **_ANY_ORIGIN,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": ",".join(_TOKEN.findall(asked)) or "*",
        "Access-Control-Max-Age": _AN_HOUR,
    }
