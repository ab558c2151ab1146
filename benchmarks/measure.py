"""The measuring core: samples of several things taken in turns, and what becomes a row of the table.

The known harnesses (pyperf, pytest-benchmark) measure one thing to its end and then the next, so on a machine that
others use too, a ratio of two such results is as wrong as the machine's speed has changed in between. Here each round
takes one sample of each thing (A B A B …), a ratio is made of the two samples of one round, and the table shows the
ratios' median with the lowest and the highest. Where one thread does all the work, its time on the processor is what is
measured; where somebody waits for several (a server, a key that is made meanwhile), it is the time on the wall's clock.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SHORTEST = 0.01
"""How long a sample of repeated calls lasts at least, in seconds."""
CALLS = 50
"""How many calls make a sample where calls are made in turns."""

Sample = Callable[[], float]
"""Takes one sample: seconds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what was measured, and against what; of either the samples, in seconds or another ``unit``, round by
    round.

    ``target`` is the highest ratio that the project wants or, for a ``difference``, the most seconds.
    """

    what: str
    against: str
    target: float
    samples: Sequence[Sequence[float]]
    difference: bool = False
    unit: str = "s"

    @property
    def results(self) -> list[float]:
        """The ratio, or the difference in seconds, of each round."""
        rounds = zip(*self.samples, strict=True)
        if self.difference:
            return [ours - theirs for ours, theirs in rounds]
        return [ours / theirs for ours, theirs in rounds]

    @property
    def reached(self) -> bool:
        return statistics.median(self.results) <= self.target


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured in one go: the names of its rows, and how to get them, quickly or not."""

    names: tuple[str, ...]
    measure: Callable[[bool], Iterable[Row]]


def in_turns(rounds: int, *samples: Sample) -> list[list[float]]:
    """``rounds`` samples of each, taken in turns."""
    taken = [[sample() for sample in samples] for _ in range(rounds)]
    return [list(column) for column in zip(*taken, strict=True)]


def call_by_call(rounds: int, *calls: Callable[[], object], after: Callable[[], object]) -> list[list[float]]:
    """``rounds`` samples of short calls, which are made in turns, one of each at a time; seconds on the processor.

    Each call finds what the others left in the processor's caches, so that none profits from being alone. ``after`` is
    called after each round and not measured.
    """
    for call in calls:
        call()
    taken = []
    for _ in range(rounds):
        seconds = [0.0] * len(calls)
        for _ in range(CALLS):
            for number, call in enumerate(calls):
                start = time.process_time()
                call()
                seconds[number] += time.process_time() - start
        taken.append([each / CALLS for each in seconds])
        after()
    return [list(column) for column in zip(*taken, strict=True)]


def repeated(
    call: Callable[[], object],
    after: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = time.process_time,
) -> Sample:
    """Samples of a short call: seconds for one, out of as many as make a sample long enough. ``after`` is not measured.

    Unless another ``clock`` is given, this process's time on the processor counts: what others take of the machine
    meanwhile is not in it.
    """
    call()  # what is loaded or compiled at the first call says nothing about the others
    count = 1
    while _seconds(call, count, clock) < _SHORTEST:
        count *= 2
    after()

    def sample() -> float:
        seconds = _seconds(call, count, clock)
        after()
        return seconds / count

    return sample


def of_children(call: Callable[[], object]) -> Sample:
    """Samples of a call that runs processes: seconds that these were on the processor."""
    return lambda: _seconds(call, 1, _children)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def python(*arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """Run Python on ``arguments`` in a process of its own and give what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=clean_environment() | dict(environment or {}),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"python {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def clean_environment() -> dict[str, str]:
    """Bytecode is kept, as on users' machines; nothing of an outer pytest or AWS set-up gets into what is measured."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "AWS_", "COV_")) and name != "PYTHONDONTWRITEBYTECODE"
    }
    return kept | {"PYTHONPATH": str(ROOT)}


def _seconds(call: Callable[[], object], count: int, clock: Callable[[], float]) -> float:
    rounds = range(count)
    start = clock()
    for _ in rounds:
        call()
    return clock() - start
