"""The text of the sections in pytest's reports: the worlds of a test, its phases, and the calls in them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from pytest_cognito.kernel.calls import Call
from pytest_cognito.report import calls, locations
from pytest_cognito.report.recording import RecordedWorld

_PHASES = {"setup": "set-up", "call": "test", "teardown": "teardown"}
_MAX_CALLS = 50
_HIDDEN = "--cognito-trace shows"


def text(worlds: Sequence[RecordedWorld], refused: Sequence[tuple[str, str]], *, phase: str, whole: bool) -> str:
    """The text of the calls that have not been reported: all if ``whole``, else the last 50 of each phase.

    If all were made in the set-up and a later ``phase`` failed, they hardly explain that, and are only counted.
    """
    return "\n".join([*_world_lines(worlds, phase, whole=whole), *_refusal_lines(refused)])


def _world_lines(worlds: Sequence[RecordedWorld], failed: str, *, whole: bool) -> Iterator[str]:
    max_calls = sys.maxsize if whole else _MAX_CALLS
    phases_by_number = {number: _calls_by_phase(recorded) for number, recorded in enumerate(worlds, 1)}
    called = {phase for phases in phases_by_number.values() for phase, _ in phases}
    if worlds and not called and not any(recorded.reported for recorded in worlds):
        yield "no call reached Cognito"
    if called == {"setup"} and failed != "setup" and not whole:
        yield from _set_up_alone([call for phases in phases_by_number.values() for _, some in phases for call in some])
        return
    for number, recorded in enumerate(worlds, 1):
        world, phases = recorded.world, phases_by_number[number]
        if phases and len(worlds) > 1:
            yield f"world {number} of {len(worlds)}: {world.region}, account {world.account_id}"
        for phase, phase_calls in phases:
            if phase != "call" or len(phases) > 1:
                yield f"{_PHASES[phase]}:"
            yield from _call_lines(phase_calls, world.region, max_calls)


def _set_up_alone(set_up: Sequence[Call]) -> Iterator[str]:
    """The number of the calls of a set-up by their operations."""
    numbers = Counter(call.operation for call in set_up if call.depth == 0)
    listed = [operation if number == 1 else f"{operation} ×{number}" for operation, number in numbers.items()]
    yield "no call but those of the set-up reached Cognito:"
    yield from calls.wrapped([*", ".join(listed).split(" "), f"({_HIDDEN} them)"], "    ", "")


def _call_lines(phase_calls: Sequence[Call], region: str, max_calls: int) -> Iterator[str]:
    if max_calls == _MAX_CALLS:
        phase_calls = list(_without_deployed(phase_calls))
    if len(phase_calls) > max_calls:
        yield f"({len(phase_calls) - max_calls} calls before these; {_HIDDEN} all)"
    yield from calls.all_lines(phase_calls[-max_calls:], region)


def _without_deployed(phase_calls: Sequence[Call]) -> Iterator[Call]:
    """The calls without those that stacks were made by, unless AWS refused one: the call for the stack says it all."""
    hidden_from = sys.maxsize
    for call in phase_calls:
        if call.depth > hidden_from:
            continue
        yield call
        hidden_from = call.depth if call.service == "cloudformation" and call.error is None else sys.maxsize


def _calls_by_phase(recorded: RecordedWorld) -> list[tuple[str, list[Call]]]:
    """The calls that have not been reported, by the phase of the test in which they were made."""
    log = recorded.world.calls
    kept_calls, forgotten = list(log), log.begun - len(log)
    ends = [begin for _, begin in recorded.phases[1:]] + [log.begun]
    phases = []
    for (phase, begin), end in zip(recorded.phases, ends, strict=True):
        first = max(begin, recorded.reported_calls, forgotten)
        phase_calls = kept_calls[first - forgotten : max(end - forgotten, 0)]
        if phase_calls:
            phases.append((phase, phase_calls))
    return phases


def _refusal_lines(refused: Sequence[tuple[str, str]]) -> Iterator[str]:
    for what, where in refused:
        yield from calls.wrapped([what, "→ NotMocked: nothing answered it"])
        yield from calls.wrapped(["called at", locations.relative(where)], "    ", "  ")
