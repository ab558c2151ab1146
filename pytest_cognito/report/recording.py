"""Who listens while one test runs: which worlds it had, and what it called while it had none. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..kernel.calls import Call
    from ..world import World


@dataclass(slots=True)
class Listened:
    """A world, how many of its calls are older than the test or shown already, and where its phases began.

    ``told`` is whether it was in an earlier section of the test.
    """

    world: World
    shown: int
    phases: list[tuple[str, int]] = field(default_factory=list)
    told: bool = False


class Recording:
    """What Cognito saw of one test, told phase by phase."""

    def __init__(self) -> None:
        self._phase = "setup"
        self._listened: list[Listened] = []
        self._refused: list[tuple[str, str]] = []

    def activated(self, world: World) -> None:
        """Listen to a world from here on."""
        if any(one.world is world for one in self._listened):
            return
        shown = len(world.calls)
        self._listened.append(Listened(world, shown, [(self._phase, shown)]))
        world.calls.explain = partial(_explain, world)

    def refused(self, what: str, where: str) -> None:
        self._refused.append((what, where))

    def begin(self, phase: str) -> None:
        """What is called from here on belongs to this phase of the test."""
        self._phase = phase
        for one in self._listened:
            one.phases.append((phase, len(one.world.calls)))

    def take(self, *, whole: bool = False) -> str:
        """What was not taken before, as text; empty if no mock was active and no call was refused."""
        if not self._listened and not self._refused:
            return ""
        from .sections import text

        taken = text(self._listened, self._refused, whole=whole)
        self._refused = []
        for one in self._listened:
            one.shown, one.told = len(one.world.calls), True
        return taken


def _explain(world: World, call: Call) -> tuple[str, ...]:
    from .explanations import explain

    return explain(world, call)
