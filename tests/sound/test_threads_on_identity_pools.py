"""Many threads that call every operation of identity pools on what is there: the tables are sound afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from tests.sound import threads
from tests.sound.requests import ask, requests
from tests.sound.threads import at_once
from tests.support.consistency import inconsistencies
from tests.support.prepared import prepare

SERVICE = "cognito-identity"


@pytest.fixture(autouse=True)
def no_deadlock() -> Iterator[None]:
    with threads.watched():
        yield


def test_every_operation_of_identity_pools_in_many_threads() -> None:
    prepared = prepare()
    world = prepared.world
    asked = [requests(Random(number), prepared.of(SERVICE), SERVICE) for number in range(threads.THREADS)]

    outcomes = at_once(lambda number: [(name, ask(world, name, request, SERVICE)) for name, request in asked[number]])

    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    assert inconsistencies(world.store) == []
    answered = {name for outcome in outcomes for name, code in outcome if not code}
    assert len(answered) >= 0.6 * len(asked[0])
