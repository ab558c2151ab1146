"""Cookies (RFC 6265): those of a request, and the header that sets one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.utils import format_datetime

from pytest_cognito.http.messages import Request

_LONG_AGO = dt.datetime(1970, 1, 1, 0, 0, 10, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Cookie:
    """A cookie to set. An ``expires`` of None lets it last as long as the browser runs.

    ``max_age``, in seconds, says the same to a browser whose clock is not that of the world.
    """

    name: str
    value: str
    expires: dt.datetime | None = None
    same_site: str | None = "Lax"
    max_age: int | None = None

    @classmethod
    def deleted(cls, name: str) -> Cookie:
        """The cookie that deletes one with this name."""
        return cls(name, "", _LONG_AGO)

    def header(self, path: str = "/", *, secure: bool = True) -> str:
        """The value of ``Set-Cookie``, for the addresses below a path, and over TLS alone if ``secure``."""
        parts = [f'{self.name}="{self.value}"' if not self.value else f"{self.name}={self.value}"]
        if self.max_age is not None:
            parts.append(f"Max-Age={self.max_age}")
        if self.expires is not None:
            parts.append(f"Expires={format_datetime(self.expires.astimezone(dt.UTC), usegmt=True)}")
        parts.append(f"Path={path}")
        if secure:
            parts.append("Secure")
        parts.append("HttpOnly")
        if self.same_site is not None:
            parts.append(f"SameSite={self.same_site}")
        return "; ".join(parts)


def of_request(request: Request) -> dict[str, str]:
    """The cookies of a request by name; of several with the same name, the first, which has the longest path."""
    found: dict[str, str] = {}
    for pair in request.headers.get("cookie", "").split(";"):
        name, separator, value = pair.strip().partition("=")
        if separator:
            found.setdefault(name, value.strip('"'))
    return found
