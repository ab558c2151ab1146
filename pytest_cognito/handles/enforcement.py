"""The enforcement of policies in a test."""

from __future__ import annotations

from contextlib import AbstractContextManager

from pytest_cognito.world import World


class Enforcement(AbstractContextManager[None]):
    """Calls with credentials that the world has issued are authorised: from now on, and as a context until its end."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._before = world.enforces
        world.enforces = True

    def __exit__(self, *exc: object) -> None:
        self._world.enforces = self._before

    def __repr__(self) -> str:
        return f"<Enforcement: {'on' if self._world.enforces else 'off'}>"
