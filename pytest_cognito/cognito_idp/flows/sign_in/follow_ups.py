"""The challenges that can follow a first factor in every flow, in this order."""

from __future__ import annotations

from collections.abc import Callable

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in import devices, mfa, new_password
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision

CHALLENGES = (new_password.NEW_PASSWORD_REQUIRED, *mfa.CHALLENGES, *devices.CHALLENGES)
FOLLOW_UPS: tuple[Callable[[Attempt], Decision], ...] = (new_password.due, mfa.due)
"""Each tells which of its challenges is due now."""


def decide(attempt: Attempt) -> Decision:
    """The next challenge after the first factor. A wrong answer ends the sign-in."""
    for answered in attempt.history:
        if not answered.passed:
            raise errors.INCORRECT()
    devices.check(attempt)
    for due in FOLLOW_UPS:
        role = due(attempt)
        if role is not None:
            return role
    return None
