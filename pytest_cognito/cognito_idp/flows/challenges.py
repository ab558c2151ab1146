"""The challenges between the start of a sign-in and its tokens, in their order. A new one is an entry."""

from __future__ import annotations

from . import mfa_challenges, new_password, srp_proof
from .attempt import Attempt
from .challenge import Challenge

CHALLENGES = {
    challenge.name: challenge for challenge in (srp_proof.CHALLENGE, new_password.CHALLENGE, *mfa_challenges.CHALLENGES)
}


def next_for(attempt: Attempt) -> Challenge | None:
    """The first challenge that is due and not answered yet; ``None`` if only the tokens are left."""
    for challenge in CHALLENGES.values():
        if challenge.name not in attempt.proven and challenge.due(attempt):
            return challenge
    return None
