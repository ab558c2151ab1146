"""Many threads that call every operation on what is there, triggers that call back: the tables are sound afterwards."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.world import World
from tests.sound import threads
from tests.sound.requests import OPERATIONS, arrival, ask, requests
from tests.sound.threads import at_once
from tests.support.consistency import inconsistencies
from tests.support.prepared import prepare

TRIGGERS = (
    "PreSignUp",
    "CustomMessage",
    "PostConfirmation",
    "PreAuthentication",
    "PostAuthentication",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
    "PreTokenGeneration",
    "UserMigration",
)
ASKED: Mapping[str, dict[str, Any]] = {
    "AdminGetUser": {},
    "AdminListGroupsForUser": {},
    "AdminAddUserToGroup": {"GroupName": "admins"},
    "AdminUpdateUserAttributes": {"UserAttributes": [{"Name": "name", "Value": "A"}]},
    "AdminEnableUser": {},
}
"""What the functions ask for the user for whom they run."""


@pytest.fixture(autouse=True)
def no_deadlock() -> Iterator[None]:
    with threads.watched():
        yield


class CallsBack:
    """A function of every trigger, which asks Cognito for its user. What it asks for may run triggers in turn."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.random = Random(0)
        self.ran: Counter[str] = Counter()
        self.inside = threading.local()

    def __call__(self, event: Any, context: Any) -> Any:
        self.ran[event["triggerSource"].partition("_")[0]] += 1
        if not hasattr(self.inside, "name"):
            self.inside.name = self.random.choice(list(ASKED))
            user = {"UserPoolId": event["userPoolId"], "Username": event["userName"] or "nobody"}
            ask(self.world, self.inside.name, {**user, **ASKED[self.inside.name]})
            del self.inside.name
        return event


def test_every_operation_in_many_threads() -> None:
    prepared = prepare()
    world = prepared.world
    function = CallsBack(world)
    for names in prepared.names:
        for trigger in TRIGGERS:
            Cognito(world).user_pool(names["UserPoolId"][0]).set_trigger(trigger, function)
    asked = [
        [*arrival(prepared.names[number % 2], number), *requests(Random(number), prepared.names)]
        for number in range(threads.THREADS)
    ]

    outcomes = at_once(lambda number: [(name, ask(world, name, request)) for name, request in asked[number]])

    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    assert inconsistencies(world.store) == []
    answered = {name for outcome in outcomes for name, code in outcome if not code}
    assert len(answered) >= 0.6 * len(OPERATIONS)
    assert function.ran.keys() >= {"PreSignUp", "PostConfirmation", "CustomMessage", "TokenGeneration"}
