"""Addresses of identity providers: which of them may be asked, and which are on this machine."""

from __future__ import annotations

from urllib.parse import urlsplit

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PORTS = {"http": (None, 80), "https": (None, 443)}


def is_on_loopback(url: str) -> bool:
    """Whether a URL is of this machine, on which a test may run a provider of its own."""
    host = _host(url)
    return host in _LOOPBACK or host.endswith(".localhost")


def is_secure(url: str) -> bool:
    """Whether a URL is of HTTPS. Unlike at AWS, a provider on this machine needs none."""
    return url.startswith("https://") or (url.startswith("http://") and is_on_loopback(url))


def can_have_metadata(url: str) -> bool:
    """Whether metadata can be at a URL: AWS retrieves them at the ports 80 and 443 alone.

    Unlike at AWS, a provider on this machine may have any port.
    """
    try:
        parts = urlsplit(url)
        allowed = _PORTS.get(parts.scheme, ())
        return bool(parts.hostname) and (parts.port in allowed or (bool(allowed) and is_on_loopback(url)))
    except ValueError:
        return False


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
