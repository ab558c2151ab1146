"""An HTTP request and its answer, as far as a service of AWS looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(slots=True)
class Request:
    """A request on the wire. Names of headers are lower case; ``url`` may be absolute or begin at the path."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    @classmethod
    def make(cls, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Self:
        """A request whose headers may be spelled in any case."""
        return cls(method.upper(), url, {name.lower(): value for name, value in (headers or {}).items()}, body)

    @property
    def path(self) -> str:
        """The path, still percent-encoded; ``/`` where the URL has none."""
        return self._target()[0]

    @property
    def query(self) -> str:
        """What stands after the question mark, still percent-encoded."""
        return self._target()[1]

    def _target(self) -> tuple[str, str]:
        address, _, query = self.url.partition("#")[0].partition("?")
        scheme, separator, rest = address.partition("://")
        if separator and "/" not in scheme:
            address = rest.partition("/")[2]
        return "/" + address.lstrip("/"), query


@dataclass(slots=True)
class Response:
    """An answer to a request."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
