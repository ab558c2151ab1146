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
_COOKIES = "; "
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LINE_END = re.compile(r"[\r\n\0]")
_NOT_IN_URLS = re.compile(r"[^!#$%&()*+,\-./0-9:;=?@A-Z\[\]_a-z~]")


@dataclass(slots=True)
class Request:
    """An HTTP request. Header names are in lower case; ``url`` is absolute or begins with the path.

    ``address`` is the IP address that it comes from. ``origin`` is the loopback server that has received it, as the
    client called it (``http://127.0.0.1:9229``); it is empty for a request in process. ``repeated`` are the values of
    headers that came more than once; ``headers`` has them joined by commas (RFC 9110, section 5.3).
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    address: str = LOOPBACK
    origin: str = ""
    repeated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def received(cls, method: str, url: str, pairs: Iterable[tuple[str, str]], body: bytes = b"") -> Self:
        """A request from its headers as they were sent, with names in any case, which may occur more than once."""
        found: dict[str, list[str]] = {}
        for name, value in pairs:
            found.setdefault(name.lower(), []).append(value)
        headers = {name: (_COOKIES if name == "cookie" else ",").join(values) for name, values in found.items()}
        repeated = {name: tuple(values) for name, values in found.items() if len(values) > 1 and name != "cookie"}
        return cls(method, url, headers, body, repeated=repeated)

    @classmethod
    def make(cls, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Self:
        """A request from a method and header names in any case."""
        return cls(method.upper(), url, {name.lower(): value for name, value in (headers or {}).items()}, body)

    def encoded(self) -> Self:
        """The same request, with what can't be in a URL percent-encoded: control characters end no header by it."""
        url = _NOT_IN_URLS.sub(lambda found: quote(found[0], safe="", errors="replace"), self.url)
        return self if url == self.url else replace(self, url=url)

    def values(self, name: str, value: str) -> list[str]:
        """The values of a header whose value is ``value`` by now: those that came, if nobody has changed them since."""
        several = self.repeated.get(name, ())
        return list(several) if several and ",".join(several) == value else [value]

    @property
    def path(self) -> str:
        """The path, percent-encoded; ``/`` if the URL has none."""
        return _target(self.url)[0]

    @property
    def query(self) -> str:
        """The query string, percent-encoded, without the question mark."""
        return _target(self.url)[1]


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


@lru_cache(maxsize=16)
def _target(url: str) -> tuple[str, str]:
    """The path and the query string of a URL: they are asked for several times for each request."""
    address, _, query = url.partition("#")[0].partition("?")
    scheme, separator, rest = address.partition("://")
    if separator and "/" not in scheme:
        address = rest.partition("/")[2]
        return f"/{address}", query
    return address if address.startswith("/") else f"/{address}", query


def is_header(name: str, value: str) -> bool:
    """Whether a header can be sent: a name without spaces, and a value that does not end its line (RFC 9112)."""
    return _NAME.fullmatch(name) is not None and _LINE_END.search(value) is None


def form(text: str | bytes) -> list[tuple[str, str]]:
    """The names and values of a form or a query string in order; bytes that are not UTF-8 become U+FFFD."""
    return list(_pairs(text.decode("utf-8", "replace") if isinstance(text, bytes) else text))


@lru_cache(maxsize=16)
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """They are asked for several times for each request: for the log of calls, and by the views."""
    return tuple(parse_qsl(text, keep_blank_values=True))
