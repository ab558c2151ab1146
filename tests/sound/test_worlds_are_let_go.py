"""What a test has made before an application, or from a template, goes when it ends."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_cognito import Cognito, active, mock_cognito
from pytest_cognito.mock import Mock
from pytest_cognito.world import World
from tests.support.fronts_and_stacks import MAKERS, WEB


@pytest.fixture(autouse=True)
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report of a test remembers its worlds as long as the test runs, and does not hear of those made here."""
    monkeypatch.setattr(active, "_watchers", [])


def _used(mock: Mock, *uses: Callable[[Cognito], None]) -> weakref.ref[World]:
    with mock as cognito:
        for use in uses:
            use(cognito)
        return weakref.ref(cognito.world)


@pytest.mark.parametrize("make", MAKERS)
def test_a_world_goes(make: Callable[[Cognito, Path], None], tmp_path: Path) -> None:
    world = _used(mock_cognito(), lambda cognito: make(cognito, tmp_path))
    gc.collect()
    assert world() is None


def test_worlds_that_begin_with_what_was_seeded_go(tmp_path: Path) -> None:
    with mock_cognito() as cognito:
        for make in MAKERS:
            make(cognito, tmp_path)

    def use(cognito: Cognito) -> None:
        assert cognito.stack("notes").user_pool().create_user("bea").sign_in().claims
        for make in MAKERS[:-1]:
            make(cognito, tmp_path)

    gone = [_used(Mock(parent=cognito.world), use) for _ in range(2)]
    gc.collect()
    assert [world() for world in gone] == [None, None]


def test_the_event_loops_of_tests_go() -> None:
    """But the last one, in which another test may go on."""
    loops = []

    async def ask() -> None:
        loops.append(weakref.ref(asyncio.get_running_loop()))
        with mock_cognito() as cognito:
            api = cognito.http_api({"GET /web": WEB})
            assert (await api.aget("/web")).status_code == 200

    for _ in range(3):
        asyncio.run(ask())
    gc.collect()
    assert [each() for each in loops[:-1]] == [None, None]
