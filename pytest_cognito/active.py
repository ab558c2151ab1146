"""The worlds that are active, innermost last, and what becomes of a call while none is. Imports nothing heavy."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .kernel.usage import NotMocked

if TYPE_CHECKING:
    from .world import World



@dataclass(slots=True)
class Settings:
    """What a test run has set for every world: the plugin does, from pytest's ini file."""

    region: str | None = None
    account_id: str | None = None
    key_directory: Path | None = None


settings = Settings()

_worlds: list[World] = []
_lock = threading.Lock()
_blocked = False
_real = 0

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


def deactivate(world: World) -> None:
    """Take this world off, be it the innermost or not."""
    with _lock:
        for index in range(len(_worlds) - 1, -1, -1):
            if _worlds[index] is world:
                del _worlds[index]
                return
    raise RuntimeError("this world is not active")


def block(blocked: bool) -> None:
    """Refuse (or no longer refuse) calls to Cognito while no world is active."""
    global _blocked
    _blocked = blocked


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
    if _blocked and not _real:
        raise NotMocked(_CURE.format(what=what))
