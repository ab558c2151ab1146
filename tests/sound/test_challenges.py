"""Sign-ins of every flow, with right and wrong answers, each also under another name, by another user or for another
client: tokens come where all that is asked for was proven in this very sign-in, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from random import Random
from unittest.mock import patch

import pytest
import time_machine
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from pytest_cognito import mock_cognito
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Challenge, Outcome
from pytest_cognito.cognito_idp.flows.sign_in.challenges import CHALLENGES
from tests.sound import challenge_disturbances as disturbances
from tests.sound import challenge_model as model
from tests.sound.challenge_choice import may_begin
from tests.sound.challenge_search import Search
from tests.sound.challenge_world import ChallengeWorld

NOW = 1_772_000_000
STEPS = 16
# An example is a seed: the choices hang together, so that there is nothing to shrink.
SETTINGS = settings(max_examples=settings().max_examples * 3 // 5, phases=(Phase.generate,))


def _judged_softly(challenge: Challenge) -> Challenge:
    """A challenge that calls every answer that it refuses a wrong one, in the flows that end with a wrong answer."""

    def answer(attempt: Attempt) -> Outcome:
        try:
            return challenge.answer(attempt)
        except AWSError:
            if attempt.flow == model.CUSTOM_AUTH:
                raise
            return Outcome(passed=False)

    return replace(challenge, answer=answer)


@contextmanager
def a_search(random: Random, note: Callable[[str], None]) -> Iterator[Search]:
    """A world in which a wrong answer is an error or, at times, an outcome: challenges may do either."""
    softly = {role: _judged_softly(challenge) for role, challenge in CHALLENGES.items()}
    with ExitStack() as stack:
        if random.choice([False, True]):
            stack.enter_context(patch.dict(CHALLENGES, softly))
        stack.enter_context(time_machine.travel(NOW, tick=False))
        cognito = stack.enter_context(mock_cognito(region="us-east-1", seed="challenges"))
        yield Search(ChallengeWorld(cognito), random, note)


@SETTINGS
@given(st.integers(0, 2**64))
def test_tokens_come_where_everything_was_proven_and_nowhere_else(seed: int) -> None:
    with a_search(Random(seed), note) as search:
        for _ in range(STEPS):
            steps = ["begins", *["answers"] * 4, "waits", "keeps out", "redeems"] if search.open else ["begins"]
            step = search.choose(steps, "step")
            if step == "waits":
                search.world.cognito.clock.advance(minutes=search.choose([1, 14, 16], "minutes"))
            elif step == "begins":
                search.begins()
            elif step == "keeps out":
                disturbances.keeps_out(search)
            elif step == "redeems":
                disturbances.redeems(search)
            else:
                search.answers()
        search.leads_nowhere(search.choose(model.FLOWS, "flow"))
        person = search.choose(search.world.people, "person")
        search.completes(person, search.choose([flow for flow in model.FLOWS if may_begin(person, flow)], "flow"))


@pytest.mark.parametrize("flow", model.FLOWS)
def test_right_answers_lead_to_tokens_in_every_flow(flow: str) -> None:
    with a_search(Random(0), print) as search:
        for person in search.world.people:
            if may_begin(person, flow):
                search.completes(person, flow)
