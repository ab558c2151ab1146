"""What a failing test shows of Cognito."""

from __future__ import annotations

import pytest

from .world import World

WORLD: pytest.StashKey[list[World]] = pytest.StashKey()


def attach(item: pytest.Item, world: World) -> None:
    """Remember which world a test ran in."""
    item.stash.setdefault(WORLD, []).append(world)
