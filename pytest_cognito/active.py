"""The worlds that are active, innermost last, and what becomes of a call while none is. Imports nothing heavy."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .kernel.usage import NotMocked

if TYPE_CHECKING:
    from .world import World


@dataclass(slots=True)
class Settings:
    """What a test run has set for every world: the plugin does, from pytest's ini file."""

    region: str | None = None
    account_id: str | None = None
    key_directory: Callable[[], Path | None] = lambda: None
    """Where signing keys are kept between test runs, if they are."""
    blocked: bool = False
    """Whether calls to Cognito are refused while no world is active."""


class Watcher(Protocol):
    """Somebody who wants to know which worlds there are, and which calls were refused because there was none."""

    def activated(self, world: World) -> None: ...

    def refused(self, what: str, where: str) -> None: ...


settings = Settings()

_worlds: list[World] = []
_watchers: list[Watcher] = []
_lock = threading.Lock()
_real = 0
_BETWEEN = frozenset(
    (
        *("pytest_cognito", "botocore", "aiobotocore", "boto3", "jwt"),
        *("urllib", "http", "urllib3", "requests", "httpx", "httpcore", "httpx2", "httpcore2", "aiohttp"),
    )
)
"""The packages between the code that calls and the refusal."""

_CURE = """\
{what} would have reached Amazon Cognito: no mock is active here, and pytest-cognito blocks such calls in a test run.
To answer it in memory, use one of
  * the fixture:    def test_it(cognito): ...        (or cognito_user_pool, cognito_user, …)
  * the marker:     @pytest.mark.cognito
  * the decorator:  @mock_cognito                    (from pytest_cognito import mock_cognito)
A call at import time or in a session fixture happens before any test's mock: move it into a test or a function fixture.
To let it reach AWS: @pytest.mark.cognito(real=True) on the test, or cognito_allow_real = true in pytest's ini file."""


def current() -> World | None:
    """The innermost active world, whichever thread asks."""
    worlds = _worlds
    return worlds[-1] if worlds and not _real else None


def activate(world: World) -> None:
    with _lock:
        _worlds.append(world)
        for watcher in _watchers:
            watcher.activated(world)


def deactivate(world: World) -> None:
    """Take this world off, be it the innermost or not."""
    with _lock:
        for index in range(len(_worlds) - 1, -1, -1):
            if _worlds[index] is world:
                del _worlds[index]
                return
    raise RuntimeError("this world is not active")


def watch(watcher: Watcher) -> None:
    """Tell ``watcher`` of the worlds that are active now, and of all that comes until `unwatch`."""
    with _lock:
        _watchers.append(watcher)
        for world in _worlds:
            watcher.activated(world)


def unwatch(watcher: Watcher) -> None:
    with _lock:
        _watchers.remove(watcher)


class let_through:
    """A context in which calls go to AWS, even while a world is active or calls are blocked."""

    def __enter__(self) -> None:
        self._change(1)

    def __exit__(self, *exc: object) -> None:
        self._change(-1)

    def _change(self, by: int) -> None:
        global _real
        with _lock:
            _real += by


def refuse_if_blocked(what: str) -> None:
    """Raise if ``what``, a call that no world answers, may not go to AWS either."""
    if settings.blocked and not _real:
        where = _caller()
        for watcher in tuple(_watchers):
            watcher.refused(what, where)
        raise NotMocked(_CURE.format(what=what))


def _caller() -> str:
    """The line of code that calls, as far as it is known in this thread."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in _BETWEEN:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"
