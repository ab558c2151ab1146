"""HTTP requests and responses, as far as AWS services use them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Self
from urllib.parse import parse_qsl, quote

Headers = list[tuple[str, str]]
LOOPBACK = "127.0.0.1"
"""The address of requests that come over no network."""
_NOT_IN_URLS = re.compile(r"[^!#$%&()*+,\-./0-9:;=?@A-Z\[\]_a-z~]")


@dataclass(slots=True)
class Request:
    """An HTTP request. Header names are in lower case; ``url`` is absolute or begins with the path.

    ``address`` is the IP address that it comes from. ``origin`` is the loopback server that has received it, as the
    client called it (``http://127.0.0.1:9229``); it is empty for a request in process.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    address: str = LOOPBACK
    origin: str = ""

    @classmethod
    def make(cls, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Self:
        """A request from a method and header names in any case."""
        return cls(method.upper(), url, {name.lower(): value for name, value in (headers or {}).items()}, body)

    def encoded(self) -> Self:
        """The same request, with what can't be in a URL percent-encoded: control characters end no header by it."""
        url = _NOT_IN_URLS.sub(lambda found: quote(found[0], safe="", errors="replace"), self.url)
        return self if url == self.url else replace(self, url=url)

    @property
    def path(self) -> str:
        """The path, percent-encoded; ``/`` if the URL has none."""
        return self._target()[0]

    @property
    def query(self) -> str:
        """The query string, percent-encoded, without the question mark."""
        return self._target()[1]

    def _target(self) -> tuple[str, str]:
        address, _, query = self.url.partition("#")[0].partition("?")
        scheme, separator, rest = address.partition("://")
        if separator and "/" not in scheme:
            address = rest.partition("/")[2]
        return "/" + address.lstrip("/"), query


@dataclass(slots=True)
class Response:
    """An HTTP response. Its headers are pairs, because a name such as ``Set-Cookie`` may occur more than once."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The value of the first header with this name, in any case; None if there is none."""
        wanted = name.lower()
        return next((value for header, value in self.headers if header.lower() == wanted), None)

    def add_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Add headers to the response."""
        self.headers.extend(headers)


def form(text: str | bytes) -> list[tuple[str, str]]:
    """The names and values of a form or a query string in order; bytes that are not UTF-8 become U+FFFD."""
    return list(_pairs(text.decode("utf-8", "replace") if isinstance(text, bytes) else text))


@lru_cache(maxsize=16)
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """They are asked for several times for each request: for the log of calls, and by the views."""
    return tuple(parse_qsl(text, keep_blank_values=True))
