"""Tests that make sessions of boto3, as suites beside moto do: moto forgets the default session whenever it starts."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

from . import suite
from .measure import Row, Sample, Subject, in_turns, of_children

_CLIENTS = "a test with a boto3.Session() and three clients"
_SUITE = "20 tests with Cognito and DynamoDB, a session each"
_OURS_ALONE = (*suite.OURS, "-p", "benchmarks.suites.ours_alone")
_OURS_BESIDE_MOTO = (*suite.OURS, "-p", "benchmarks.suites.ours_beside_moto")
_MOTO_ALONE = ("-p", "benchmarks.suites.moto_alone")


def _clients(quick: bool) -> Iterable[Row]:
    samples = _median("sessions", *_OURS_ALONE), _median("sessions", *_MOTO_ALONE)
    yield Row(_CLIENTS, "moto's", 0.1, in_turns(2 if quick else 7, *samples))


def _suite(quick: bool) -> Iterable[Row]:
    def ours() -> None:
        suite.run("beside", *_OURS_BESIDE_MOTO, tests=20)

    def motos() -> None:
        suite.run("beside", *_MOTO_ALONE, tests=20)

    ours()
    yield Row(_SUITE, "on moto alone", 0.3, in_turns(2 if quick else 7, of_children(ours), of_children(motos)))


def _median(name: str, *options: str) -> Sample:
    """Samples that are the median of the tests of one run."""
    return lambda: statistics.median(suite.seconds_of_tests(name, *options, tests=10))


SUBJECTS = (Subject((_CLIENTS,), _clients), Subject((_SUITE,), _suite))
