"""The run of a test: its worlds draw other ids and take other keys than each other, and the same in each run of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping


class Run:
    """One run of a test or, outside of tests, a time in which worlds are active.

    ``slots`` are the slots of signing keys that its worlds have taken, with their owners (see `KeyRing`).
    """

    def __init__(self) -> None:
        self.slots: dict[str, str] = {}
        self._test: str | None = None
        self._ended = False
        self._worlds: Counter[str] = Counter()

    def join(self, active_slots: Iterable[Mapping[str, str]]) -> None:
        """Begin another run for a new world if that of this one has ended, or if it is of another test.

        ``active_slots`` are the slots by owner of each world that is active: they are taken in the new run as well.
        Outside of tests a run lasts until no world is active.
        """
        kept = {slot: owner for slots in active_slots for owner, slot in slots.items()}
        test = _current_test()
        if self._ended or test != self._test or (test is None and not kept):
            self._test, self._ended = test, False
            self._worlds.clear()
            self.slots.clear()
            self.slots.update(kept)

    def end(self) -> None:
        """End the run: the test runs again, or another one does."""
        self._ended = True

    def seed(self) -> str | None:
        """The seed of the next world: the test, its phase and the number of the world; None outside of tests.

        Worlds are counted by phase. So one of a fixture with a wider scope, which is made in the set-up of whichever
        test comes first, changes nothing of what that test draws in its body.
        """
        phase = os.environ.get("PYTEST_CURRENT_TEST")
        if not phase:
            return None
        self._worlds[phase] += 1
        return f"{phase} {self._worlds[phase]}"


def _current_test() -> str | None:
    """The id of the test that pytest is running, in any phase; None outside of a test."""
    phase = os.environ.get("PYTEST_CURRENT_TEST")
    return phase.rpartition(" ")[0] if phase else None


RUN = Run()
"""The run of this process. The object stays the same: worlds that outlive a test go on with the next run."""
