"""A test's set-up and sign-in (mock on, pool, app client, confirmed user, tokens, mock off), against moto's."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

from . import suite
from .measure import Row, Sample, Subject, in_turns

_FIXTURES = "a test's set-up and sign-in, by fixtures"
_CLIENT = "the same with boto3.client() in each test"
_OURS, _MOTOS = 30, 3


def _measure(quick: bool) -> Iterable[Row]:
    fixtures, client, moto = in_turns(
        2 if quick else 5,
        _median("fixtures", *suite.OURS, tests=_OURS),
        _median("boto3_each", *suite.OURS, tests=_OURS),
        _median("moto_each", tests=_MOTOS),
    )
    yield Row(_FIXTURES, "moto's", 0.01, (fixtures, moto))
    yield Row(_CLIENT, "moto's", 0.05, (client, moto))


def _median(name: str, *options: str, tests: int) -> Sample:
    """Samples that are the median of the tests of one run."""
    return lambda: statistics.median(suite.seconds_of_tests(name, *options, tests=tests))


SUBJECTS = (Subject((_FIXTURES, _CLIENT), _measure),)
