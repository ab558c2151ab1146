"""Devices of two users, confirmed, remembered and forgotten at any time, and sign-ins with them: tokens without a code
come by the proof of a device that is remembered at that time, and nowhere else; each token is of its device.
"""

from __future__ import annotations

from random import Random

from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from pytest_cognito import mock_cognito
from tests.sound.device_search import Search

STEPS = 40
# An example is a seed: the choices hang together, so that there is nothing to shrink.
SETTINGS = settings(max_examples=settings().max_examples // 25, phases=(Phase.generate,))


@SETTINGS
@given(st.integers(0, 2**64))
def test_a_device_stands_in_for_a_code_while_it_is_remembered(seed: int) -> None:
    with mock_cognito(region="us-east-1", seed="devices") as cognito:
        search = Search(cognito, Random(seed), note)
        for _ in range(STEPS):
            search.step()


def test_the_search_comes_to_sign_ins_by_device() -> None:
    with mock_cognito(region="us-east-1", seed="devices") as cognito:
        search = Search(cognito, Random(5), lambda text: None)
        for _ in range(STEPS):
            search.step()
    assert search.by_device > 0
