"""Browser sessions: the cookie by which a browser is not asked again, one hour from the sign-in on."""

from __future__ import annotations

import base64
import datetime as dt

from pytest_cognito.cognito_idp.flows.authorization.answers import Authenticated
from pytest_cognito.cognito_idp.records import BROWSER_SESSIONS, USERS, AppClient, BrowserSession, UserPool
from pytest_cognito.world import Context

_BYTES = 60
_PREFIX = "H4sIAAAAAAAA"  # as the cookie of AWS begins


def begin(context: Context, pool: UserPool, client: AppClient, who: Authenticated) -> BrowserSession:
    """Begin the session of a sign-in at a domain."""
    session = BrowserSession(
        token=f"{_PREFIX}{base64.urlsafe_b64encode(context.world.ids.data(_BYTES)).decode().rstrip('=')}.3",
        pool_id=pool.id,
        client_id=client.id,
        user=who.user.key,
        provider=who.provider,
        authenticated=who.authenticated,
        expires=who.authenticated + dt.timedelta(minutes=client.sso_minutes),
        methods=who.methods,
        acr=who.acr,
    )
    context.table(BROWSER_SESSIONS).put(session)
    return session


def find(context: Context, pool: UserPool, token: str | None) -> BrowserSession | None:
    """The session of a cookie, if it is one of the pool and not over."""
    session = context.table(BROWSER_SESSIONS).get(token)
    if session is None or session.pool_id != pool.id or session.expires <= context.now():
        return None
    return session


def by_token(context: Context, token: str | None) -> BrowserSession | None:
    """The session of a cookie, of any pool, be it over or not."""
    return context.table(BROWSER_SESSIONS).get(token)


def end(context: Context, token: str | None) -> None:
    """End the session of a cookie, if there is one."""
    if token is not None and context.table(BROWSER_SESSIONS).get(token) is not None:
        context.table(BROWSER_SESSIONS).delete(token)


def authenticated(context: Context, session: BrowserSession) -> Authenticated | None:
    """The user of a session; None if they are disabled or deleted by now."""
    user = context.table(USERS).get((session.pool_id, session.user))
    if user is None or not user.enabled:
        return None
    return Authenticated(user, session.provider, session.authenticated, session.methods, session.acr)
