"""The active worlds, innermost last, and the refusal of calls while none is active. Imports only light modules."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pytest_cognito.kernel import locks
from pytest_cognito.kernel.errors import NotMocked

if TYPE_CHECKING:
    from pytest_cognito.world import World


@dataclass(slots=True)
class Settings:
    """The settings for every world of a test run, which the plugin reads from pytest's ini file."""

    region: str | None = None
    account_id: str | None = None
    key_directory: Callable[[], Path | None] = lambda: None
    """Gives the directory in which signing keys are kept between test runs, or None."""
    blocked: bool = False
    """Whether calls to Cognito are refused while no world is active."""
    share_models: bool | None = None
    """Whether botocore's sessions share the data files that they read; None: while a world is active."""


class Watcher(Protocol):
    """An observer of the active worlds and of refused calls."""

    def activated(self, world: World) -> None:
        """Handle the activation of a world."""

    def refused(self, what: str, where: str, error: NotMocked) -> None:
        """Handle the refusal of the call ``what`` at the line of code ``where`` (``"path:line"``) by an error."""


settings = Settings()

_entries: list[World | let_through] = []
_innermost: World | let_through | None = None
_watchers: list[Watcher] = []
_lock = locks.lock()
LIBRARIES = frozenset(
    (
        *("pytest_cognito", "botocore", "aiobotocore", "boto3", "jwt"),
        *("urllib", "http", "urllib3", "requests", "httpx", "httpcore", "httpx2", "httpcore2", "aiohttp"),
    )
)
"""The packages whose frames are skipped to find the line of code that made a call."""

_NOT_MOCKED = """\
{what} would have reached AWS: nothing in this test answers it, and pytest-cognito blocks such calls in a test run.
To answer it in memory, use one of
  * the fixture:    def test_it(cognito): ...        (or cognito_user_pool, cognito_user, …)
  * the marker:     @pytest.mark.cognito
  * the decorator:  @mock_cognito                    (from pytest_cognito import mock_cognito)
  * moto:           @mock_aws                        (a client that is older than moto must be patched)
A call at import time or in a session fixture happens before any test's mock: move it into a test or a function fixture.
To let it reach AWS: @pytest.mark.cognito(real=True) on the test, or cognito_allow_real = true in pytest's ini file."""


class let_through:
    """A context in which calls reach AWS, even if a world is active or calls are blocked, except to a world inside."""

    def __enter__(self) -> None:
        _enter(self)

    def __exit__(self, *exc: object) -> None:
        _leave(self)


def current() -> World | None:
    """The innermost active world, which is the same in all threads; None if there is none or calls are let through."""
    innermost = _innermost
    return None if isinstance(innermost, let_through) else innermost


def worlds() -> list[World]:
    """All active worlds, innermost last."""
    return [entry for entry in _entries if not isinstance(entry, let_through)]


def activate(world: World) -> None:
    """Make a world the innermost active one."""
    _enter(world)


def deactivate(world: World) -> None:
    """Remove a world, the innermost or another, from the active ones."""
    _leave(world)


def _enter(entry: World | let_through) -> None:
    global _innermost
    with _lock:
        _entries.append(entry)
        _innermost = entry
        if not isinstance(entry, let_through):
            for watcher in _watchers:
                watcher.activated(entry)


def _leave(entry: World | let_through) -> None:
    global _innermost
    with _lock:
        for index in range(len(_entries) - 1, -1, -1):
            if _entries[index] is entry:
                del _entries[index]
                _innermost = _entries[-1] if _entries else None
                return
    raise RuntimeError("this world is not active")


def watch(watcher: Watcher) -> None:
    """Notify ``watcher`` of the worlds that are active, and of activations and refusals until `unwatch`."""
    with _lock:
        _watchers.append(watcher)
        for world in worlds():
            watcher.activated(world)


def unwatch(watcher: Watcher) -> None:
    with _lock:
        _watchers.remove(watcher)


def blocks_calls() -> bool:
    """Whether calls may not reach AWS now: no world is active, and nothing lets them through."""
    return settings.blocked and _innermost is None


def refuse(what: str) -> NotMocked:
    """The error to raise for ``what``, a call that nothing answers. The innermost watcher is told of it."""
    error = NotMocked(_NOT_MOCKED.format(what=what))
    for watcher in _watchers[-1:]:
        watcher.refused(what, _caller(), error)
    return error


def _caller() -> str:
    """The line of code, in this thread, that made the call (``"path:line"``)."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in LIBRARIES:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"
