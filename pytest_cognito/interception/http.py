"""The installation of the hooks of HTTP libraries, and what they have in common.

Each hook converts the library's request to a `Request` and the `Response` of the responder to the library's own.
Neither this module nor the installation of the hooks imports an HTTP library: each one is hooked when other code
imports it.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import TYPE_CHECKING

from pytest_cognito.http.messages import Response
from pytest_cognito.interception.imports import when_imported

if TYPE_CHECKING:
    from types import ModuleType

_LIBRARIES = {
    # the module of the library, then the module here that hooks it
    "http.client": "http_client",
    "urllib3.connection": "urllib3",
    "requests": "requests",
    "responses": "responses",
    "httpx": "httpx",
    "httpx2": "httpx",
    "httpcore": "httpcore",
    "httpcore2": "httpcore",
    "aiohttp": "aiohttp",
}


def install() -> None:
    """Hook each library when it is imported, or now if it has been imported already."""
    for library in _LIBRARIES:
        when_imported(library, _hook)


def _hook(library: ModuleType) -> None:
    hooks = import_module(f"pytest_cognito.interception.{_LIBRARIES[library.__name__]}")
    missing = [path for path in hooks.REQUIRED_ATTRIBUTES if not _has_attribute(library, path)]
    if missing:
        message = _UNSUPPORTED_VERSION.format(library=library.__name__, missing=", ".join(missing))
        warnings.warn(message, RuntimeWarning, stacklevel=2)
    else:
        hooks.hook(library)


_UNSUPPORTED_VERSION = "pytest-cognito can't answer requests made with {library}: this version of it has no {missing}"


def _has_attribute(library: object, path: str) -> bool:
    for name in path.split("."):
        library = getattr(library, name, None)
    return library is not None


def is_hooked(function: object) -> bool:
    """Whether a function was marked by `mark_hooked`, so that it is not wrapped twice."""
    return getattr(function, "_pytest_cognito", False) is True


def mark_hooked(function: object) -> None:
    """Mark a function as a hook."""
    function._pytest_cognito = True  # type: ignore[attr-defined]


def content(response: Response, method: str) -> bytes:
    """The body to send: none in response to HEAD, and none with a status that does not allow a body."""
    return b"" if method == "HEAD" or response.status in (204, 304) else response.body


def fields(response: Response) -> list[tuple[str, str]]:
    """The header fields to send, including ``content-length`` if the status allows it."""
    sent = [(name, value) for name, value in response.headers if name.lower() != "transfer-encoding"]
    if response.status not in (204, 304) and all(name.lower() != "content-length" for name, _ in sent):
        sent.append(("content-length", str(len(response.body))))
    return sent


def wire(response: Response, method: str) -> bytes:
    """The response in the format of HTTP/1.1, for a connection that is closed after it."""
    lines = [f"HTTP/1.1 {response.status} {reason(response.status)}".rstrip()]
    lines += [f"{name}: {value}" for name, value in fields(response) if name.lower() != "connection"]
    head = "\r\n".join([*lines, "connection: close", "", ""])
    return head.encode("latin-1") + content(response, method)


def reason(status: int) -> str:
    """The reason phrase of a status, empty for an unknown status."""
    from http.client import responses

    return responses.get(status, "")
