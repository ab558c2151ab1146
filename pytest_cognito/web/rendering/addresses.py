"""Where links and forms of a page lead to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

_IGNORED = re.compile(r"[\x00-\x20]")
"""Browsers drop these characters from the beginning of an address, and some of them from anywhere in it."""
_FORBIDDEN = ("javascript:", "data:", "vbscript:")
_NOWHERE = "#"


class Target(NamedTuple):
    """An address as a form with the method GET has it: its query is in hidden fields."""

    action: str
    parameters: list[tuple[str, str]]


class Addresses:
    """The addresses on a page. ``base`` is what stands before all paths of a domain, ``query`` the page's own."""

    def __init__(self, base: str, query: Mapping[str, str]) -> None:
        self._base = base
        self._query = query

    def of(self, href: str) -> str:
        """An address as it is on the page; it leads nowhere if it were code."""
        if _IGNORED.sub("", href).lower().startswith(_FORBIDDEN):
            return _NOWHERE
        return self._base + href if href.startswith("/") and not href.startswith("//") else href

    def target(self, href: str) -> Target:
        """An address for a form with the method GET."""
        address = self.of(href)
        return Target(address.partition("?")[0], parse_qsl(urlsplit(address).query, keep_blank_values=True))

    def in_language(self, code: str) -> str:
        """The address of the same page in another language."""
        return "?" + urlencode({**self._query, "lang": code})
