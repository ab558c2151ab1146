"""The recorder of a test: its worlds, and the calls that were refused. Imports only light modules."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.kernel.calls import Call
    from pytest_cognito.kernel.faults import Fault
    from pytest_cognito.world import World


@dataclass(slots=True)
class RecordedWorld:
    """A world that was active during a test.

    ``reported_calls`` is the number of its calls that are not to be reported any more: they were made before the test,
    or reported already. ``phases`` has the phases of the test, each with the number of calls when it began.
    ``reported`` is whether the world was in an earlier report of the test.
    """

    world: World
    reported_calls: int
    phases: list[tuple[str, int]] = field(default_factory=list)
    reported: bool = False


class Errors:
    """The errors in the use of pytest-cognito that occurred in a test.

    Those in a thread that is older than the test, or outlives its call, are left out: what such a thread comes upon is
    a matter of chance.
    """

    def __init__(self) -> None:
        self._left_out: frozenset[threading.Thread] = frozenset()
        self._errors: list[UsageError] = []
        self.leave_out_other_threads()

    def leave_out_other_threads(self) -> None:
        """From now on leave out the errors in the threads that there are, but for the current one."""
        self._left_out = frozenset(threading.enumerate()) - {threading.current_thread()}

    def add(self, error: UsageError) -> None:
        if threading.current_thread() not in self._left_out:
            self._errors.append(error)

    def take(self) -> list[UsageError]:
        """The errors so far. They are removed."""
        errors, self._errors = self._errors, []
        return errors


class Recorder:
    """Records the worlds and the refused calls of a test (see `Watcher`), and reports them phase by phase."""

    def __init__(self) -> None:
        self._phase = "setup"
        self._worlds: list[RecordedWorld] = []
        self._refused: list[tuple[str, str]] = []
        self._errors = Errors()

    def activated(self, world: World) -> None:
        """Begin to record a world."""
        if any(recorded.world is world for recorded in self._worlds):
            return
        earlier_calls = world.calls.begun
        self._worlds.append(RecordedWorld(world, earlier_calls, [(self._phase, earlier_calls)]))
        world.calls.explain = partial(_explain, world, self._errors)

    def refused(self, what: str, where: str, error: UsageError) -> None:
        """Record a refused call."""
        self._refused.append((what, where))
        self._errors.add(error)

    def begin(self, phase: str) -> None:
        """Begin a phase of the test, ``"setup"``, ``"call"`` or ``"teardown"``."""
        self._phase = phase
        if phase == "teardown":
            self._errors.leave_out_other_threads()
        for recorded in self._worlds:
            recorded.phases.append((phase, recorded.world.calls.begun))

    def fail_for_mistakes(self, test: Any) -> None:
        """Fail the phase of a test that has not seen all errors of ours so far, or whose faults no call has met.

        ``test`` is the function of the test, None if it has none.
        """
        errors, unmet = self._errors.take(), self._take_unmet_faults()
        if errors:
            from pytest_cognito.report import swallowed

            swallowed.fail_unless_seen(errors, test)
        if unmet:
            from pytest_cognito.report import unmet_faults

            unmet_faults.fail(unmet)

    def forget_mistakes(self) -> None:
        """Forget the errors and the faults so far, because the test fails anyway."""
        self._errors.take()
        self._take_unmet_faults()

    def _take_unmet_faults(self) -> list[tuple[World, Fault]]:
        worlds = (recorded.world for recorded in self._worlds)
        return [(world, fault) for world in worlds for fault in world.faults.take_unmet()]

    def report(self, *, whole: bool = False) -> str:
        """The text of what has not been reported before; empty if no mock was active and no call was refused.

        ``whole`` says whether to include all calls, or only the last of very many.
        """
        if not self._worlds and not self._refused:
            return ""
        from pytest_cognito.report.sections import text

        report = text(self._worlds, self._refused, phase=self._phase, whole=whole)
        self._refused = []
        for recorded in self._worlds:
            recorded.reported_calls, recorded.reported = recorded.world.calls.begun, True
        return report


def _explain(world: World, errors: Errors, call: Call) -> tuple[str, ...]:
    from pytest_cognito.report.explanations import explain

    if isinstance(call.error, UsageError):
        errors.add(call.error)
    return explain(world, call)
