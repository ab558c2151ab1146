"""Whole runs of pytest: with the plugin against the floor, and with the plugin loaded and unused against without it."""

from __future__ import annotations

from collections.abc import Iterable

from . import suite
from .measure import Row, Subject, in_turns, of_children

_FIFTY = "a pytest run of 50 such tests"
_START = "pytest's start, the plugin loaded and unused"
_FLOOR = ("-p", "benchmarks.suites.floor_fixtures")


def _fifty(quick: bool) -> Iterable[Row]:
    """The same file of tests, once on the plugin's fixtures and once on the floor's."""

    def ours() -> None:
        suite.run("fixtures", *suite.OURS, tests=50)

    def theirs() -> None:
        suite.run("fixtures", *_FLOOR, tests=50)

    ours()
    taken = in_turns(3 if quick else 10, of_children(ours), of_children(theirs))
    yield Row(_FIFTY, "the run on the floor", 1.35, taken)


def _start(quick: bool) -> Iterable[Row]:
    def ours() -> None:
        suite.run("unused", *suite.OURS)

    def theirs() -> None:
        suite.run("unused")

    ours()
    taken = in_turns(5 if quick else 25, of_children(ours), of_children(theirs))
    yield Row(_START, "without it", 0.01, taken, difference=True)


SUBJECTS = (Subject((_FIFTY,), _fifty), Subject((_START,), _start))
