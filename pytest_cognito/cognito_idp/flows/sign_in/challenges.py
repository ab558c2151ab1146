"""All challenges, by role. To add a challenge, add it to ``CHALLENGES``."""

from __future__ import annotations

from pytest_cognito.cognito_idp.flows.sign_in import choice, custom, follow_ups, srp
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Challenge

CHALLENGES = {
    challenge.role: challenge
    for challenge in (srp.PASSWORD_VERIFIER, custom.CUSTOM_CHALLENGE, *choice.CHALLENGES, *follow_ups.CHALLENGES)
}

_BY_NAME: dict[str, tuple[Challenge, ...]] = {}
for _challenge in CHALLENGES.values():
    for _name in _challenge.answered_as:
        _BY_NAME[_name] = (*_BY_NAME.get(_name, ()), _challenge)


def answered_as(name: str) -> tuple[Challenge, ...]:
    """The challenges whose answers can have a ``ChallengeName``."""
    return _BY_NAME.get(name, ())
