"""What the doors for HTTP libraries have in common: which hosts are Cognito's, and who answers for them.

Each door hands the request over as plain data, before anything of the network is touched, and makes the answer into the
library's own response. Loading this module, or installing the doors, imports no HTTP library: each is hooked when it is
imported by someone else.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pytest_cognito.aws.http import Request, Response
from pytest_cognito.interception.imports import when_imported

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from types import ModuleType

Answer = Callable[[Request], Response | None]

# As the endpoint rules of the AWS SDKs spell them, partition suffixes and dual-stack ones included.
_SUFFIX = r"(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.(?:com\.cn|eu))"
_HOSTS = re.compile(
    rf"(?:issuer-cognito-idp|(?:cognito-idp|cognito-identity|cognito-sync|sts)(?:-fips)?)\.[a-z0-9-]+\.{_SUFFIX}"
    r"|(?:sts|cognito-identity)\.amazonaws\.com"
    r"|[a-z0-9-]+\.auth(?:-fips)?\.[a-z0-9-]+\.amazoncognito\.com"
)
_LIBRARIES = {
    "requests": "requests",
    "urllib.request": "urllib",
    "httpx": "httpx",
    "httpx2": "httpx",
    "aiohttp": "aiohttp",
}

_extra_hosts: set[str] = set()


class _Answerer:
    """Who answers at present."""

    answer: Answer | None = None
    knows: Callable[[str], bool] | None = None


def concerns(url: str) -> bool:
    """Whether this URL's host is one of Cognito's, or was registered as one."""
    try:
        host = urlsplit(url).hostname
    except ValueError:  # no URL at all: the library says so in its own words
        return False
    if host is None:
        return False
    return host in _extra_hosts or _HOSTS.fullmatch(host) is not None or _is_known(host)


def _is_known(host: str) -> bool:
    knows = _Answerer.knows
    return knows is not None and knows(host)


def register_host(host: str) -> None:
    """Count a host, such as a pool's custom domain, among Cognito's."""
    _extra_hosts.add(host.lower())


def forget_host(host: str) -> None:
    _extra_hosts.discard(host.lower())


def set_answer(answer: Answer | None, knows: Callable[[str], bool] | None = None) -> None:
    """Name who answers the requests that concern Cognito (None: nobody), and which further hosts he ``knows``."""
    _Answerer.answer = answer
    _Answerer.knows = knows


def answer(request: Request) -> Response | None:
    """The answer to a request, or None if it is to go on to the network. What the answerer raises is not held up."""
    answerer = _Answerer.answer
    return None if answerer is None else answerer(request)


def install() -> None:
    """Have each library hooked as soon as it is imported, or now if it is already."""
    for library in _LIBRARIES:
        when_imported(library, _hook)


def _hook(library: ModuleType) -> None:
    door = import_module(f"pytest_cognito.interception.{_LIBRARIES[library.__name__]}")
    missing = [seam for seam in door.SEAMS if not _leads_somewhere(library, seam)]
    if missing:
        warnings.warn(_MOVED.format(library=library.__name__, seams=", ".join(missing)), RuntimeWarning, stacklevel=2)
    else:
        door.hook(library)


_MOVED = "pytest-cognito can't answer requests made with {library}: this version of it has no {seams}"


def _leads_somewhere(library: object, path: str) -> bool:
    for name in path.split("."):
        library = getattr(library, name, None)
    return library is not None


def is_hooked(function: object) -> bool:
    """Whether a function was marked as ours, so that it is not wrapped twice."""
    return getattr(function, "_pytest_cognito", False) is True


def mark_hooked(function: object) -> None:
    function._pytest_cognito = True  # type: ignore[attr-defined]


def content(response: Response, method: str) -> bytes:
    """The body as far as HTTP lets it be sent."""
    return b"" if method == "HEAD" or response.status in (204, 304) else response.body


def fields(response: Response) -> list[tuple[str, str]]:
    """The header fields, with the length of the body where a server would tell it."""
    sent = [(name, value) for name, value in response.headers.items() if name.lower() != "transfer-encoding"]
    if response.status not in (204, 304) and all(name.lower() != "content-length" for name, _ in sent):
        sent.append(("content-length", str(len(response.body))))
    return sent


def wire(response: Response, method: str) -> bytes:
    """The response as a server sends it over HTTP/1.1, on a connection that it then closes."""
    lines = [f"HTTP/1.1 {response.status} {reason(response.status)}".rstrip()]
    lines += [f"{name}: {value}" for name, value in fields(response) if name.lower() != "connection"]
    head = "\r\n".join([*lines, "connection: close", "", ""])
    return head.encode("latin-1") + content(response, method)


def reason(status: int) -> str:
    """The reason phrase of a status, or nothing for one that has none."""
    from http.client import responses

    return responses.get(status, "")


def parsed(response: Response, method: str) -> HTTPResponse:
    """The response as :mod:`http.client` gives it to those who build on it, body unread."""
    from http.client import HTTPResponse

    message = HTTPResponse(_Socket(wire(response, method)), method=method)  # type: ignore[arg-type]
    message.begin()
    return message


class _Socket:
    """As much of a socket as a response reads from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._content)
