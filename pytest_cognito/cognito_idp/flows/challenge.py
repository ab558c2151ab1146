"""What a challenge is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .attempt import Attempt


@dataclass(frozen=True, slots=True)
class Carrier:
    """Where the state of a challenge travels that has no ``Session``: told as one parameter, given back as another."""

    told: str
    given: str


@dataclass(frozen=True)
class Challenge:
    """One challenge: ``due`` decides whether it comes now, ``tell`` gives ChallengeParameters, ``answer`` takes the
    response.

    ``source`` is the PreTokenGeneration source of the tokens that follow, where it isn't ``Authentication``. The answer
    to a ``first_factor`` shows whether it is the user at all, who may not even exist: before, nothing is told of him.
    """

    name: str
    due: Callable[[Attempt], bool]
    tell: Callable[[Attempt], dict[str, str]]
    answer: Callable[[Attempt], None]
    source: str | None = None
    carrier: Carrier | None = None
    first_factor: bool = False
