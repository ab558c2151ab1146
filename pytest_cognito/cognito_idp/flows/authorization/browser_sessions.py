"""Browser sessions: the cookie by which a browser is not asked again, one hour from the sign-in on.

In a pool that tracks sessions the app client says how long it uses them: MaxValidityMinutes of its session
configuration.
"""

from __future__ import annotations

import base64
import datetime as dt

from pytest_cognito.cognito_idp.flows.authorization.answers import Authenticated
from pytest_cognito.cognito_idp.flows.tokens import user_sessions
from pytest_cognito.cognito_idp.records import (
    BROWSER_SESSIONS,
    CLIENTS,
    POOLS,
    USERS,
    AppClient,
    BrowserSession,
    UserPool,
)
from pytest_cognito.world import Context

_BYTES = 60
_PREFIX = "H4sIAAAAAAAA"  # as the cookie of AWS begins
_VALIDITY = dt.timedelta(hours=1)


def begin(context: Context, pool: UserPool, client: AppClient, who: Authenticated) -> BrowserSession:
    """Begin the session of a sign-in at a domain."""
    expires = who.authenticated + _longest(context, pool)
    session = BrowserSession(
        token=f"{_PREFIX}{base64.urlsafe_b64encode(context.world.ids.data(_BYTES)).decode().rstrip('=')}.3",
        pool_id=pool.id,
        client_id=client.id,
        user=who.user.key,
        provider=who.provider,
        authenticated=who.authenticated,
        expires=expires,
        methods=who.methods,
        level=who.level,
        sso=user_sessions.begin_sso(context, pool, client, who.user, expires),
    )
    context.table(BROWSER_SESSIONS).put(session)
    return session


def find(context: Context, pool: UserPool, client: AppClient, token: str | None) -> BrowserSession | None:
    """The session of a cookie, if it is one of the pool, and good for the app client."""
    session = context.table(BROWSER_SESSIONS).get(token)
    if session is None or session.pool_id != pool.id:
        return None
    validity = dt.timedelta(minutes=client.sso_minutes) if pool.tracks_sessions else _VALIDITY
    return session if context.now() < min(session.expires, session.authenticated + validity) else None


def by_token(context: Context, token: str | None) -> BrowserSession | None:
    """The session of a cookie, of any pool, be it over or not."""
    return context.table(BROWSER_SESSIONS).get(token)


def end(context: Context, token: str | None) -> None:
    """End the session of a cookie, if there is one."""
    session = context.table(BROWSER_SESSIONS).get(token)
    if session is not None:
        user_sessions.end_sso(context, session.sso)
        context.table(BROWSER_SESSIONS).delete(token)


def end_all(context: Context, pool: UserPool) -> None:
    """End the sessions of all browsers that are signed in to a pool."""
    for session in list(context.table(BROWSER_SESSIONS).owned(POOLS, pool.id)):
        end(context, session.token)


def authenticated(context: Context, session: BrowserSession) -> Authenticated | None:
    """The user of a session; None if they are disabled or deleted by now."""
    user = context.table(USERS).get((session.pool_id, session.user))
    if user is None or not user.enabled:
        return None
    return Authenticated(
        user, session.provider, session.authenticated, session.methods, sso=session.sso, level=session.level
    )


def _longest(context: Context, pool: UserPool) -> dt.timedelta:
    """How long a session may be of use: to the app client that uses sessions for the longest time."""
    if not pool.tracks_sessions:
        return _VALIDITY
    clients = context.table(CLIENTS).owned(POOLS, pool.id)
    return dt.timedelta(minutes=max((60, *(client.sso_minutes for client in clients))))
