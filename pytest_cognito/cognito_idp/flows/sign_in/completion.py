"""The completion of a sign-in after all factors were proven.

The caller then issues tokens, by `issue_tokens`, or an OAuth 2.0 authorization code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.tokens import issuing, user_sessions
from pytest_cognito.cognito_idp.flows.users import lockout
from pytest_cognito.cognito_idp.records import User
from pytest_cognito.cognito_idp.rules.factors import acr
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.cognito_idp.rules.users import standing
from pytest_cognito.cognito_idp.triggers import engine, events


class Completed(NamedTuple):
    """A completed sign-in. ``source`` and ``metadata`` are the source and the ClientMetadata for PreTokenGeneration."""

    user: User
    source: str
    metadata: Mapping[str, str]


def complete(attempt: Attempt, source: str) -> Completed:
    """Run PostAuthentication and reset the count of failed sign-ins.

    Whether the user may sign in is looked at before and after it: any function that ran may have disabled them.
    """
    if attempt.found is None:
        raise errors.INCORRECT()
    standing.check(attempt.user)
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
        standing.check(attempt.user)
    lockout.reset(attempt.context, attempt.user)
    return Completed(attempt.user, source, metadata)


def issue_tokens(attempt: Attempt, completed: Completed) -> issuing.Tokens:
    """Issue the tokens of a completed sign-in, unless PreTokenGeneration has disabled or deleted the user."""
    grant = issuing.new_grant(
        attempt.context,
        attempt.pool,
        attempt.client,
        completed.user,
        methods=attempt.methods,
        acr=_acr(attempt),
    )
    issuance = Issuance(attempt.pool, attempt.client, completed.user, grant, completed.source, completed.metadata)
    issued = issuing.issue(attempt.context, issuance)
    attempt.read_again()
    standing.check(attempt.user)
    user_sessions.begin(attempt.context, attempt.pool, attempt.client, grant)
    return issued


def _acr(attempt: Attempt) -> str | None:
    """The claim ``acr`` of the tokens: the name of the level that was reached, if one was requested."""
    if attempt.step_up is None:
        return None
    return acr.name_of(attempt.pool.settings["AcrConfiguration"], acr.level_of(attempt.methods))
