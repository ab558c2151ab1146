"""Whether a user may sign in and keep their tokens."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import User


def check(user: User, reset: ErrorText = errors.RESET_REQUIRED) -> None:
    """Raise if a user is disabled or must reset the password. ``reset`` is the operation's error for the latter."""
    if not user.enabled:
        raise errors.USER_DISABLED()
    if user.status == "RESET_REQUIRED":
        raise reset()
