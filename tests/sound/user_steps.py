"""What a step of a user's life is, what is drawn for it, and the time that passes between two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.sound.user_machine import UserMachine
from tests.sound.user_states import DAY, HOUR, MINUTE, WEAK

NAMES = st.sampled_from(["alice", "bob"])
ANY_NAME = st.sampled_from(["alice"] * 4 + ["bob"] * 3 + ["nobody"])
GOOD = ("Passw0rd-1", "Passw0rd-2", "Passw0rd-3")
PASSWORDS = st.sampled_from((*GOOD, *GOOD, *GOOD, WEAK))
MOMENTS = st.sampled_from((1, 30, 3 * MINUTE, 20 * MINUTE, HOUR, DAY, 7 * DAY, 31 * DAY))
WAITS = st.sampled_from((None, None, None, None, -1, 0))
"""Until so many seconds after a code has ended; or no waiting."""
MOSTLY = st.sampled_from((True, True, True, False))


@dataclass(frozen=True)
class Step:
    """One thing that may happen, with what is drawn for it; ``when`` says whether it can happen now."""

    function: Callable[..., None]
    when: Callable[[TimedUsers], object]
    arguments: dict[str, st.SearchStrategy[Any]]

    def __repr__(self) -> str:
        return self.function.__name__


STEPS: list[Step] = []


def step(
    when: Callable[[TimedUsers], object] = lambda _: True, **arguments: st.SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def register(function: Callable[..., None]) -> Callable[..., None]:
        STEPS.append(Step(function, when, arguments))
        return function

    return register


class TimedUsers(UserMachine):
    """Users, and the time that passes."""

    @step(seconds=MOMENTS)
    def time_passes(self, seconds: int) -> None:
        self.users.now += seconds
        self.cognito.clock.advance(seconds=seconds)

    @step(when=lambda self: self.users.deadlines(), just_before=st.booleans())
    def something_ends(self, just_before: bool) -> None:
        moment = self.draw(st.sampled_from(self.users.deadlines()))
        self.time_passes(moment - self.users.now - just_before)

    def wait_for_code_to_end(self, name: str, purpose: str, beyond: int | None) -> None:
        person = self.users.people.get(name)
        code = person.codes.get(purpose) if person else None
        if code and beyond is not None and code.expires > self.users.now:
            self.time_passes(code.expires - self.users.now + beyond)
