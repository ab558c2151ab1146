"""Operations on authentication events, which threat protection records, and on feedback about them."""

from __future__ import annotations

from itertools import islice
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.threats import feedback
from pytest_cognito.cognito_idp.records import AUTH_EVENTS, AuthEvent, User
from pytest_cognito.cognito_idp.rules.threats import event_views
from pytest_cognito.world import Context

_PAGE = 60


@operation
def admin_list_user_auth_events(
    context: Context, *, user_pool_id: str, username: str, max_results: int = 0, next_token: str | None = None
) -> Response:
    """List the events of a user, the newest first, up to 60 at a time."""
    pool = lookup.pool(context, user_pool_id)
    feedback.check_on(pool)
    user = lookup.user(context, pool, username)
    after = None if next_token is None else _position(context, user, next_token)
    limit = max_results or _PAGE
    found = [event for _, event in islice(_events(context, user, after), limit + 1)]
    listed = found[:limit]
    return {
        "AuthEvents": [event_views.auth_event(event) for event in listed],
        "NextToken": _token(listed[-1]) if len(found) > limit else None,
    }


@operation
def admin_update_auth_event_feedback(
    context: Context, *, user_pool_id: str, username: str, event_id: str, feedback_value: str
) -> Response:
    """Note an administrator's feedback about an event: whether it was the user."""
    pool = lookup.pool(context, user_pool_id)
    feedback.check_on(pool)
    feedback.give_by_administrator(context, lookup.user(context, pool, username), event_id, feedback_value)
    return {}


@operation
def update_auth_event_feedback(
    context: Context, *, user_pool_id: str, username: str, event_id: str, feedback_token: str, feedback_value: str
) -> Response:
    """Note a user's feedback about an event, with the token of the message that has notified them of it."""
    pool = lookup.pool(context, user_pool_id)
    feedback.check_on(pool)
    user = lookup.user(context, pool, username)
    feedback.give_with_token(context, user, event_id, feedback_token, feedback_value)
    return {}


def _events(context: Context, user: User, after: Any) -> Any:
    return context.table(AUTH_EVENTS).page("user", (user.pool_id, user.key), after)


def _token(event: AuthEvent) -> str:
    """The token for the page after an event, in AWS's form: its id and its time."""
    return f"{event.id}#{event.created.isoformat(timespec='milliseconds').replace('+00:00', 'Z')}"


def _position(context: Context, user: User, token: str) -> Any:
    """The position in the listing after which a token goes on; raise if it is not one of this user's."""
    event = context.table(AUTH_EVENTS).get(token.partition("#")[0])
    if event is None or _token(event) != token or (event.pool_id, event.user) != (user.pool_id, user.key):
        raise errors.PAGINATION_TOKEN_INVALID()
    return -event.number, event.id
