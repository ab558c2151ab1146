"""The page on which a user who is signed in adds a passkey."""

from __future__ import annotations

from typing import Any

from pytest_cognito.cognito_idp.flows.authorization import browser_sessions
from pytest_cognito.cognito_idp.flows.factors import passkeys
from pytest_cognito.cognito_idp.records import LOCAL, User
from pytest_cognito.cognito_idp.rules.factors import credentials
from pytest_cognito.cognito_idp.web.authorization import ClientOfRequest
from pytest_cognito.world import Context


def start_passkey(context: Context, found: ClientOfRequest, token: str | None) -> dict[str, Any] | None:
    """The creation options for a passkey of the user of a browser's session; None if nobody is signed in there."""
    user = _user(context, found, token)
    return None if user is None else passkeys.start(context, found.pool, found.client, user)


def complete_passkey(context: Context, found: ClientOfRequest, token: str | None, credential: str) -> bool:
    """Store the passkey that a browser has made (JSON). Tell whether a user is signed in there."""
    user = _user(context, found, token)
    if user is not None:
        passkeys.complete(context, found.pool, found.client, user, credentials.read_json(credential))
    return user is not None


def _user(context: Context, found: ClientOfRequest, token: str | None) -> User | None:
    """The user of a browser's session, if they are one of the pool itself: others sign in at their provider."""
    session = browser_sessions.find(context, found.pool, found.client, token)
    if session is None or session.provider != LOCAL:
        return None
    who = browser_sessions.authenticated(context, session)
    return None if who is None else who.user
