"""Session tracking: the sessions of a user begin with a sign-in, are active at each refresh, and end with the grant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.records import GRANTS, USER_SESSIONS, AppClient, Grant, User, UserPool, UserSession
from pytest_cognito.cognito_idp.rules.users import circumstances
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import Context

_TOKEN = "tkn"
_ID_LENGTH = 25
_LONGEST_ADDRESS = 128


class Origin(NamedTuple):
    """Where a call comes from: a description of the user's device, and their IP address."""

    device: str
    address: str


def begin(context: Context, pool: UserPool, client: AppClient, grant: Grant) -> None:
    """Begin the session of a completed sign-in, if the pool tracks sessions.

    If the user has as many token sessions as the pool allows, those that were not active for the longest time end.
    """
    if not pool.tracks_sessions:
        return
    _make_room(context, pool, grant)
    number = context.world.store.serial()
    device, address = _origin(context, client)
    context.table(USER_SESSIONS).put(
        UserSession(
            id=_TOKEN + context.world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS),
            pool_id=pool.id,
            client_id=client.id,
            user=grant.user,
            grant_id=grant.id,
            created=context.now(),
            active=context.now(),
            expires=grant.expires,
            device=device,
            address=address,
            number=number,
            activity=number,
        )
    )


def note_activity(context: Context, pool: UserPool, client: AppClient, grant: Grant) -> None:
    """Note that the tokens of a grant were refreshed. A sign-in that the pool did not track has no session."""
    session = context.table(USER_SESSIONS).find("grant", grant.id) if pool.tracks_sessions else None
    if session is None:
        return
    device, address = _origin(context, client)
    activity = context.world.store.serial()
    context.table(USER_SESSIONS).put(
        replace(session, active=context.now(), activity=activity, device=device, address=address)
    )


def active(context: Context, user: User, after: Any = None) -> Iterator[tuple[Any, UserSession]]:
    """The active sessions of a user at all app clients, oldest first, each with its position."""
    return _active(context, (user.pool_id, user.key), after)


def find(context: Context, user: User, session_id: str) -> UserSession:
    """An active session of a user; raise if they have none with this id."""
    session = context.table(USER_SESSIONS).get(session_id)
    if session is None or (session.pool_id, session.user) != (user.pool_id, user.key) or _is_over(context, session):
        raise errors.USER_SESSION_NOT_FOUND(session_id=session_id)
    return session


def revoke(context: Context, session: UserSession) -> None:
    """End a token session: revoke its refresh token and its access tokens, and delete it.

    A sign-in by the API has no SSO session that it came through, so that there is none to end with it.
    """
    grant = context.table(GRANTS).get(session.grant_id)
    if grant is not None:
        access.revoke(context, grant)


def _make_room(context: Context, pool: UserPool, grant: Grant) -> None:
    """End the user's least recently used token sessions until there is room for one more."""
    sessions = [session for _, session in _active(context, (pool.id, grant.user)) if session.grant_id is not None]
    sessions.sort(key=lambda session: session.activity)
    for session in sessions[: max(0, len(sessions) + 1 - pool.max_sessions)]:
        revoke(context, session)


def _active(context: Context, user: tuple[str, str], after: Any = None) -> Iterator[tuple[Any, UserSession]]:
    for position, session in context.table(USER_SESSIONS).page("user", user, after):
        if not _is_over(context, session):
            yield position, session


def _is_over(context: Context, session: UserSession) -> bool:
    return session.expires <= context.now()


def _origin(context: Context, client: AppClient) -> Origin:
    """Where the current call comes from, by what it says in ContextData or UserContextData."""
    parameters = context.call.parameters
    told = parameters.get("ContextData") or parameters.get("UserContextData") or {}
    known = circumstances.read(client, told, context.address, context.user_agent)
    return Origin(known.device, known.ip[:_LONGEST_ADDRESS])
