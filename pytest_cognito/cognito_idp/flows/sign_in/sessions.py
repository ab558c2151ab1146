"""Sessions, which connect a challenge with its answer."""

from __future__ import annotations

import base64
from dataclasses import replace

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Prompt
from pytest_cognito.cognito_idp.records import RETENTION, SESSIONS, AppClient, Session
from pytest_cognito.world import Context

_BYTES = 1150
_PREFIX = "AYABe"  # as the sessions of AWS begin


def draw(context: Context) -> str:
    """Generate a ``Session``, an opaque string."""
    return _PREFIX + base64.urlsafe_b64encode(context.world.ids.data(_BYTES)).decode().rstrip("=")


def begin(attempt: Attempt, role: str, prompt: Prompt, token: str, *, reusable: bool) -> None:
    """Store the state of a sign-in for the answer to a challenge. It expires after `Attempt.session_validity`."""
    session = Session(
        token=token,
        pool_id=attempt.pool.id,
        client_id=attempt.client.id,
        user=attempt.user_key,
        flow=attempt.flow,
        challenge=role,
        expires=attempt.context.now() + attempt.session_validity,
        history=attempt.history,
        state=prompt.state,
        simulated=attempt.simulated is not None,
        reusable=reusable,
        step_up=attempt.step_up,
        device_key=attempt.device_key,
        alias=prompt.alias,
        event=attempt.event_id,
    )
    attempt.context.table(SESSIONS).put(session)


def resume(
    context: Context,
    client: AppClient,
    token: str | None,
    roles: frozenset[str],
    unknown: ErrorText = errors.SESSION_INVALID,
) -> Session:
    """The session of an answer to a challenge with one of the ``roles``; raise if it is not valid.

    ``unknown`` is the error if there is none for this app client and challenge.
    """
    if token is None:
        raise errors.PARAMETER_MISSING(name="Session")
    session = _find(context, token)
    if session is None or session.client_id != client.id or session.challenge not in roles:
        raise unknown()
    if session.used:
        raise errors.SESSION_USED()
    if session.answered:
        raise errors.SESSION_INVALID()
    if session.expires <= context.now():
        raise errors.SESSION_EXPIRED()
    return session


def token_of(context: Context, alias: str) -> str | None:
    """The ``Session`` of the session that was last given an alias and was not answered yet."""
    session = context.table(SESSIONS).find("alias", alias)
    return None if session is None else session.token


def exists(context: Context, token: str) -> bool:
    """Whether a string is the ``Session`` of a session, expired or not."""
    return _find(context, token) is not None


def find(context: Context, token: str | None) -> Session:
    """The session with a ``Session`` string, of any app client."""
    session = _find(context, token)
    if session is None:
        raise errors.SESSION_INVALID()
    return session


def _find(context: Context, token: str | None) -> Session | None:
    """A session, unless its retention is over: then it is unknown, whether the table was swept since or not."""
    session = context.table(SESSIONS).get(token)
    return session if session is not None and context.now() < session.expires + RETENTION else None


def mark_answered(context: Context, session: Session) -> None:
    """Mark a session as answered: it can't be answered again, even if the sign-in fails after this answer.

    Raise if another answer was faster.
    """
    if session.reusable:
        return
    if context.table(SESSIONS).get(session.token) != session:
        raise errors.SESSION_USED()
    context.table(SESSIONS).put(replace(session, answered=True))


def mark_used(context: Context, session: Session) -> None:
    """Mark a session as used: the sign-in has continued after the answer. One that is gone is left alone."""
    if session.reusable or context.table(SESSIONS).get(session.token) is None:
        return
    context.table(SESSIONS).put(replace(session, answered=True, used=True))


def renew(context: Context, client: AppClient, session: Session, state: object, *, challenge: str | None = None) -> str:
    """Replace a session by a new one with a new state, and return its ``Session`` string.

    It is for the same challenge, unless another is given.
    """
    mark_used(context, session)
    return store(context, client, replace(session, state=state, challenge=challenge or session.challenge))


def store(context: Context, client: AppClient, session: Session) -> str:
    """Store a session under a new ``Session`` string, which is returned. It expires after AuthSessionValidity."""
    token = draw(context)
    expires = context.now() + client.session_validity
    context.table(SESSIONS).put(replace(session, token=token, expires=expires))
    return token
