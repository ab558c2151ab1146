"""Simulated identity providers over the loopback server.

A provider answers as at its own address, and knows nothing of the server. Where its response leads a browser on, to
Cognito or to another provider, by a redirect or by a link or a form of its page, the address becomes that on the
server. What stands in the query of an address, such as ``redirect_uri``, stays AWS's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from pytest_cognito.http.messages import Headers, Request, Response
from pytest_cognito.web import addresses
from pytest_cognito.world import World

_ADDRESS = re.compile(
    r"""(<(?:a|form|button|input|link|script|img)\b[^<>]*?\s(?:action|formaction|href|src)=)("[^"<>]*"|'[^'<>]*')"""
)
"""An attribute with an address, as pages write it: in quotes."""


def handle(world: World, request: Request) -> Response | None:
    """The response of a simulated provider to a request to the server; None if the request is for none."""
    found = addresses.find_provider(world, request)
    if found is None:
        return None
    original, base = found
    site = world.sites.find(original.headers["host"])
    assert site is not None
    response = site(original)

    def local(url: str) -> str:
        if url.startswith("/") and not url.startswith("//"):
            return f"{base}{url}"
        own = f"https://{original.headers['host']}/"
        if url.startswith(own):
            return f"{request.origin}{base}/{url.removeprefix(own)}"
        return addresses.translated(world, request, url, by_path=bool(base))

    headers = [(name, _header(name, value, base, local)) for name, value in response.headers]
    return Response(response.status, headers, _body(headers, response.body, local))


def _header(name: str, value: str, base: str, local: Callable[[str], str]) -> str:
    if name.lower() == "location":
        return local(value)
    return _cookie(value, base) if name.lower() == "set-cookie" else value


def _cookie(value: str, base: str) -> str:
    """A cookie of the server in place of the provider's host, which plain HTTP does not keep from being sent."""
    kept = [
        part for part in value.split(";") if part.strip().lower().partition("=")[0] not in ("domain", "path", "secure")
    ]
    return "; ".join([*(part.strip() for part in kept), f"Path={base}/"])


def _body(headers: Headers, body: bytes, local: Callable[[str], str]) -> bytes:
    """The page with the addresses of its links and forms on the server; what is no page stays as it is."""
    if not any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
        return body

    def replaced(found: re.Match[str]) -> str:
        quoted = found[2]
        return f"{found[1]}{quoted[0]}{html.escape(local(html.unescape(quoted[1:-1])))}{quoted[0]}"

    return _ADDRESS.sub(replaced, body.decode()).encode()
