"""Sessions: the opaque string that leads from a challenge to its answer."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...world import Context
from .. import errors
from ..records import AppClient, Session, User
from ..tables import SESSIONS

_BYTES = 1150
# How the two kinds of state begin, in base64: a Session, and the SECRET_BLOCK of SRP.
_SESSION = "AYABe"
_SECRET_BLOCK = b"\x02\x05\x78"


def begin(
    context: Context,
    client: AppClient,
    user_key: str,
    flow: str,
    challenge: str,
    proven: tuple[str, ...],
    metadata: Mapping[str, Any],
    *,
    secret_block: bool = False,
) -> Session:
    """A session that waits for the answer to a challenge, for as long as the client allows."""
    drawn = context.world.ids.data(_BYTES)
    session = Session(
        token=base64.b64encode(_SECRET_BLOCK + drawn).decode()
        if secret_block
        else _SESSION + base64.urlsafe_b64encode(drawn).decode().rstrip("="),
        pool_id=client.pool_id,
        client_id=client.id,
        user=user_key,
        flow=flow,
        challenge=challenge,
        expires=context.now() + client.session_validity,
        proven=proven,
        metadata=metadata,
    )
    context.table(SESSIONS).put(session)
    return session


def resume(context: Context, client: AppClient, token: str | None, challenge: str) -> Session:
    """The session of a string that a client gives back with its answer to a challenge."""
    if token is None:
        raise errors.PARAMETER_MISSING(name="Session")
    session = context.table(SESSIONS).get(token)
    if session is None or session.client_id != client.id or session.challenge != challenge:
        raise errors.SESSION_INVALID()
    if session.used:
        raise errors.SESSION_USED()
    if session.expires <= context.now():
        raise errors.SESSION_EXPIRED()
    return session


def find(context: Context, token: str | None) -> Session:
    """The session of a string, whosever it is."""
    session = context.table(SESSIONS).get(token)
    if session is None:
        raise errors.SESSION_INVALID()
    return session


def end_all(context: Context, user: User) -> None:
    """Forget the sign-ins that a user has not finished."""
    sessions = context.table(SESSIONS)
    for _, session in list(sessions.page("user", (user.pool_id, user.key))):
        sessions.delete(session.token)


def use_up(context: Context, session: Session) -> None:
    """No second answer to this session."""
    context.table(SESSIONS).put(replace(session, used=True))
