"""Session tracking: a user's token sessions, each the life of a grant, and the SSO sessions of their browsers.

They begin with a sign-in, and are active at each refresh. A token session ends with its grant, an SSO session with the
session of the browser's cookie.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.records import (
    BROWSER_SESSIONS,
    GRANTS,
    USER_SESSIONS,
    AppClient,
    Grant,
    User,
    UserPool,
    UserSession,
)
from pytest_cognito.cognito_idp.rules.users import circumstances
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import Context

_TOKEN, _SSO = "tkn", "sso"
_ID_LENGTH = 25
_LONGEST_ADDRESS = 128


class Origin(NamedTuple):
    """Where a call comes from: a description of the user's device, and their IP address."""

    device: str
    address: str


def begin(context: Context, pool: UserPool, client: AppClient, grant: Grant, parent: str | None = None) -> None:
    """Begin the session of a completed sign-in, if the pool tracks sessions.

    If the user has as many token sessions as the pool allows, those that were not active for the longest time end.
    ``parent`` is the SSO session that the sign-in came through, which is active, too.
    """
    if not pool.tracks_sessions:
        return
    _make_room(context, pool, grant)
    session = _new(context, client, grant.user, _TOKEN, grant.expires)
    context.table(USER_SESSIONS).put(replace(session, grant_id=grant.id, parent=parent))
    _note_parent(context, client, parent)


def begin_sso(context: Context, pool: UserPool, client: AppClient, user: User, until: dt.datetime) -> str | None:
    """Begin the SSO session of a sign-in at a domain, if the pool tracks sessions, and return its id."""
    if not pool.tracks_sessions:
        return None
    session = _new(context, client, user.key, _SSO, until)
    context.table(USER_SESSIONS).put(session)
    return session.id


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
    if client.rotation:
        _note_parent(context, client, session.parent)


def active(context: Context, user: User, after: Any = None) -> Iterator[tuple[Any, UserSession]]:
    """The active sessions of a user at all app clients, oldest first, each with its position."""
    return _active(context, (user.pool_id, user.key), after)


def find(context: Context, user: User, session_id: str) -> UserSession:
    """An active session of a user; raise if they have none with this id."""
    session = context.table(USER_SESSIONS).get(session_id)
    if session is None or (session.pool_id, session.user) != (user.pool_id, user.key) or _is_over(context, session):
        raise errors.USER_SESSION_NOT_FOUND(session_id=session_id)
    return session


def revoke(context: Context, session: UserSession, *, linked: bool = False) -> None:
    """End a session and delete it: revoke the tokens of a token session, end the cookie of an SSO session.

    ``linked`` sessions end with it: with a token session the SSO session that it came through, with an SSO session
    the token sessions that came through it.
    """
    if session.grant_id is None:
        children = [one for _, one in _active(context, (session.pool_id, session.user)) if one.parent == session.id]
        _end_sso(context, session.id)
        for child in children if linked else ():
            revoke(context, child)
        return
    grant = context.table(GRANTS).get(session.grant_id)
    if grant is not None:
        access.revoke(context, grant)
    if linked and session.parent is not None:
        _end_sso(context, session.parent)


def end_parent(context: Context, grant: Grant) -> None:
    """End the SSO session that the tokens of a grant came through, if there is one."""
    session = context.table(USER_SESSIONS).find("grant", grant.id)
    if session is not None and session.parent is not None:
        _end_sso(context, session.parent)


def end_sso(context: Context, session_id: str | None) -> None:
    """Forget an SSO session whose cookie has ended."""
    if session_id is not None and context.table(USER_SESSIONS).get(session_id) is not None:
        context.table(USER_SESSIONS).delete(session_id)


def _end_sso(context: Context, session_id: str) -> None:
    browser = context.table(BROWSER_SESSIONS).find("sso", session_id)
    if browser is not None:
        context.table(BROWSER_SESSIONS).delete(browser.token)
    end_sso(context, session_id)


def _new(context: Context, client: AppClient, user: str, prefix: str, expires: dt.datetime) -> UserSession:
    number = context.world.store.serial()
    device, address = _origin(context, client)
    return UserSession(
        id=prefix + context.world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS),
        pool_id=client.pool_id,
        client_id=client.id,
        user=user,
        grant_id=None,
        created=context.now(),
        active=context.now(),
        expires=expires,
        device=device,
        address=address,
        number=number,
        activity=number,
    )


def _note_parent(context: Context, client: AppClient, parent: str | None) -> None:
    """Note that tokens were granted or rotated that came through an SSO session."""
    session = context.table(USER_SESSIONS).get(parent)
    if session is not None:
        _, address = _origin(context, client)
        activity = context.world.store.serial()
        context.table(USER_SESSIONS).put(replace(session, active=context.now(), activity=activity, address=address))


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
    if not isinstance(told, Mapping):  # the parameters of a web request are what the client has named so
        told = {}
    known = circumstances.read(client, told, context.address, context.user_agent)
    return Origin(known.device, known.ip[:_LONGEST_ADDRESS])
