"""What Cognito saw of a test, as text: worlds, phases, and the calls in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from ..kernel.calls import Call
from . import calls, places
from .recording import Listened

_PHASES = {"setup": "set-up", "call": "test", "teardown": "teardown"}


_MOST = 50


def text(listened: Sequence[Listened], refused: Sequence[tuple[str, str]], *, whole: bool) -> str:
    """Everything that was not shown before; of very many calls the last, unless the ``whole`` is wanted."""
    most = sys.maxsize if whole else _MOST
    return "\n".join([*_of_worlds(listened, most), *_of_refusals(refused)])


def _of_worlds(listened: Sequence[Listened], most: int) -> Iterator[str]:
    parts = {number: _by_phase(one) for number, one in enumerate(listened, 1)}
    if listened and not any(parts.values()) and not any(one.told for one in listened):
        yield "no call reached Cognito"
    for number, one in enumerate(listened, 1):
        if parts[number] and len(listened) > 1:
            yield f"world {number} of {len(listened)}: {one.world.region}, account {one.world.account_id}"
        for phase, those in parts[number]:
            if phase != "call" or len(parts[number]) > 1:
                yield f"{_PHASES[phase]}:"
            yield from _of_calls(those, one.world.region, most)


def _of_calls(those: Sequence[Call], region: str, most: int) -> Iterator[str]:
    if len(those) > most:
        yield f"({len(those) - most} calls before these; --cognito-trace shows all)"
    yield from calls.all_lines(those[-most:], region)


def _by_phase(one: Listened) -> list[tuple[str, list[Call]]]:
    """The calls that were not shown yet, by the phase of the test that they were made in."""
    made = list(one.world.calls)
    ends = [begin for _, begin in one.phases[1:]] + [len(made)]
    parts = []
    for (phase, begin), end in zip(one.phases, ends, strict=True):
        those = made[max(begin, one.shown) : end]
        if those:
            parts.append((phase, those))
    return parts


def _of_refusals(refused: Sequence[tuple[str, str]]) -> Iterator[str]:
    for what, where in refused:
        yield f"{what} → NotMocked: no mock was active"
        yield f"    called at {places.near(where)}"
