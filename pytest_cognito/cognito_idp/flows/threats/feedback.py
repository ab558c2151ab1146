"""Feedback about authentication events, of administrators and of users."""

from __future__ import annotations

import hmac
from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AUTH_EVENTS, AuthEvent, Feedback, User, UserPool
from pytest_cognito.cognito_idp.rules.threats import modes
from pytest_cognito.world import Context

ADMIN = "Admin"
USER = "User"


def check_on(pool: UserPool) -> None:
    """Raise if a pool has no threat protection."""
    if not modes.is_on(pool):
        raise errors.ADD_ON_OFF()


def give_by_administrator(context: Context, user: User, event_id: str, value: str) -> None:
    """Note the feedback of an administrator, which replaces earlier feedback."""
    _note(context, _event(context, user, event_id), value, ADMIN)


def give_with_token(context: Context, user: User, event_id: str, token: str, value: str) -> None:
    """Note the feedback of the user with the token of the notification message; raise if it is not the event's."""
    event = _event(context, user, event_id)
    if event.feedback_token is None or not hmac.compare_digest(event.feedback_token.encode(), token.encode()):
        raise errors.FEEDBACK_TOKEN_INVALID()
    _note(context, event, value, USER)


def _event(context: Context, user: User, event_id: str) -> AuthEvent:
    event = context.table(AUTH_EVENTS).get(event_id)
    if event is None or (event.pool_id, event.user) != (user.pool_id, user.key):
        raise errors.AUTH_EVENT_NOT_FOUND(event_id=event_id)
    return event


def _note(context: Context, event: AuthEvent, value: str, provider: str) -> None:
    context.table(AUTH_EVENTS).put(replace(event, feedback=Feedback(value, provider, context.now())))
