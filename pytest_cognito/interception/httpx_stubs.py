"""Stubs for `httpx` that a test has registered with `respx` or pytest-httpx.

Both are asked for their stubs, rather than for a response: they would note a request that they have no stub for, and
fail the test for it.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def has_stub(library: ModuleType, transport: Any, request: Any) -> bool:
    """Whether one of them would respond to a request, whose body has been read, by a stub of the test's."""
    return library.__name__ == "httpx" and (_respx_has_stub(request) or _pytest_httpx_has_stub(transport, request))


def _respx_has_stub(request: Any) -> bool:
    mocks: Any = sys.modules.get("respx.mocks")
    if mocks is None:
        return False
    routers = [router for mocker in mocks.Mocker.registry.values() for router in mocker.routers]
    return any(not route.pattern or route.pattern.match(request) for router in routers for route in router.routes)


def _pytest_httpx_has_stub(transport: Any, request: Any) -> bool:
    mock = _active_httpx_mock(transport)
    if mock is None:
        return False
    matching = [matcher for matcher, _ in mock._callbacks if matcher.match(transport, request)]
    # Each is used once, in order; after that the last of them again, if it may be.
    return any(not matcher.nb_calls for matcher in matching) or (bool(matching) and matching[-1].is_reusable)


def _active_httpx_mock(transport: Any) -> Any:
    """The value of the fixture ``httpx_mock``, which has replaced the method of the transports; None without it."""
    is_async = hasattr(transport, "handle_async_request")
    method = getattr(type(transport), "handle_async_request" if is_async else "handle_request", None)
    if getattr(method, "__module__", None) != "pytest_httpx":
        return None
    return dict(zip(method.__code__.co_freevars, method.__closure__, strict=True))["mock"].cell_contents  # type: ignore[union-attr]
