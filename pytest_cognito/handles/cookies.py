"""The cookies of a browser (RFC 6265), by the clock of its world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from pytest_cognito.kernel.clock import Clock


@dataclass(frozen=True, slots=True, repr=False)
class Cookie:
    """A cookie. ``expires`` is None for one that lasts as long as the browser.

    ``domain`` is the host that set it or, unless ``host_only``, the domain with all hosts below it.
    """

    name: str
    value: str
    domain: str
    path: str = "/"
    host_only: bool = True
    secure: bool = False
    http_only: bool = False
    expires: dt.datetime | None = None

    def is_for(self, host: str, path: str, *, secure: bool) -> bool:
        """Whether it is sent with a request."""
        if self.secure and not secure:
            return False
        if host != self.domain and (self.host_only or not host.endswith(f".{self.domain}")):
            return False
        return path == self.path or path.startswith(self.path if self.path.endswith("/") else f"{self.path}/")

    def __repr__(self) -> str:
        return f"<Cookie {self.name} of {self.domain}{self.path}>"


class Cookies(Mapping[str, str]):
    """The cookies of a browser that have not expired: values by name; `all` has the rest of what there is to know."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._cookies: dict[tuple[str, str, str], Cookie] = {}

    @property
    def all(self) -> list[Cookie]:
        """The cookies, oldest first."""
        now = self._clock.now()
        return [each for each in self._cookies.values() if each.expires is None or each.expires > now]

    def set(self, url: str, header: str) -> None:
        """Keep the cookie of a ``Set-Cookie`` header in the response to a URL, or delete it if that says so."""
        cookie = _parse(url, header, self._clock.now())
        if cookie is not None:
            self._cookies[cookie.domain, cookie.path, cookie.name] = cookie

    def header(self, url: str) -> str | None:
        """The value of the header ``Cookie`` of a request to a URL; None without any."""
        parts = urlsplit(url)
        host, path = parts.hostname or "", parts.path or "/"
        found = [each for each in self.all if each.is_for(host, path, secure=_is_trusted(parts.scheme, host))]
        found.sort(key=lambda cookie: -len(cookie.path))
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in found) or None

    def clear(self) -> None:
        """Forget all cookies."""
        self._cookies.clear()

    def __getitem__(self, name: str) -> str:
        for cookie in reversed(self.all):
            if cookie.name == name:
                return cookie.value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(cookie.name for cookie in self.all))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __repr__(self) -> str:
        return f"<Cookies: {', '.join(self) or 'none'}>"


def _is_trusted(scheme: str, host: str) -> bool:
    """Whether cookies for secure connections are sent: browsers take the machine itself for safe, too."""
    return scheme == "https" or host in ("localhost", "127.0.0.1") or host.endswith(".localhost")


def _parse(url: str, header: str, now: dt.datetime) -> Cookie | None:
    """The cookie of a ``Set-Cookie`` header; None for one that a browser ignores."""
    first, *rest = header.split(";")
    name, equals, value = (part.strip() for part in first.partition("="))
    if not equals or not name:
        return None
    attributes = {key.strip().lower(): text.strip() for key, _, text in (part.partition("=") for part in rest)}
    parts = urlsplit(url)
    host, domain = parts.hostname or "", attributes.get("domain", "").lstrip(".").lower()
    if domain and host != domain and not host.endswith(f".{domain}"):
        return None
    path = attributes.get("path", "")
    return Cookie(
        name=name,
        value=value,
        domain=domain or host,
        path=path if path.startswith("/") else parts.path.rpartition("/")[0] or "/",
        host_only=not domain,
        secure="secure" in attributes,
        http_only="httponly" in attributes,
        expires=_expiry(attributes, now),
    )


def _expiry(attributes: Mapping[str, str], now: dt.datetime) -> dt.datetime | None:
    """When a cookie expires; ``Max-Age`` goes before ``Expires``, and what is no number or date is ignored."""
    seconds = attributes.get("max-age", "")
    if seconds.removeprefix("-").isdecimal():
        return now + dt.timedelta(seconds=int(seconds))
    try:
        at = parsedate_to_datetime(attributes["expires"])
    except (KeyError, ValueError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)
