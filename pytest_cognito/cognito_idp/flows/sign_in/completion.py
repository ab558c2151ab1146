"""The completion of a sign-in after all factors were proven.

The caller then issues tokens or an OAuth 2.0 authorization code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.users import lockout
from pytest_cognito.cognito_idp.records import User
from pytest_cognito.cognito_idp.triggers import engine, events


class Completed(NamedTuple):
    """A completed sign-in. ``source`` and ``metadata`` are the source and the ClientMetadata for PreTokenGeneration."""

    user: User
    source: str
    metadata: Mapping[str, str]


def complete(attempt: Attempt, source: str) -> Completed:
    """Run PostAuthentication and reset the count of failed sign-ins. Raise if the function has disabled the user."""
    if attempt.found is None:
        raise errors.INCORRECT()
    metadata = attempt.answer_metadata
    response = engine.run(
        attempt.context,
        attempt.pool,
        "PostAuthentication",
        "Authentication",
        username=attempt.user.username,
        client_id=attempt.client.id,
        request=events.post_authentication(attempt.user, metadata),
    )
    if response is not None:
        attempt.read_again()
    if not attempt.user.enabled:
        raise errors.USER_DISABLED()
    lockout.reset(attempt.context, attempt.user)
    return Completed(attempt.user, source, metadata)
