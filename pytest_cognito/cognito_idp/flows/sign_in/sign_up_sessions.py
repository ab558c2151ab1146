"""Signing in right after a sign-up, by the ``Session`` of SignUp, then of ConfirmSignUp, then of USER_AUTH.

The confirmation code, which the user has entered in between, stands in for a first factor.
"""

from __future__ import annotations

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import identification, sessions
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.records import USERS, Answered, AppClient, Session, User, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.cognito_idp.rules.users import standing
from pytest_cognito.world import Context

SIGNED_UP = "signed up"
CONFIRMED = "sign-up confirmed"


def begin(context: Context, client: AppClient, user: User) -> str | None:
    """The ``Session`` of SignUp; ``None`` unless the app client allows USER_AUTH and the user is to confirm.

    There is none either if a function that ran has deleted the user.
    """
    if user.status != "UNCONFIRMED" or "ALLOW_USER_AUTH" not in client_settings.allowed_flows(client):
        return None
    return _store(context, client, user, SIGNED_UP) if lookup.still_there(context, user) else None


def confirmed(context: Context, client: AppClient, user: User) -> str:
    """The ``Session`` of a user who has signed up on the page of a domain, and whose account is confirmed."""
    return _store(context, client, user, CONFIRMED)


def _store(context: Context, client: AppClient, user: User, challenge: str) -> str:
    session = Session(
        token="",
        pool_id=user.pool_id,
        client_id=client.id,
        user=user.key,
        flow="USER_AUTH",
        challenge=challenge,
        expires=context.now(),
    )
    return sessions.store(context, client, session)


def resume(context: Context, pool: UserPool, client: AppClient, username: str, token: str) -> Session:
    """The session of a SignUp that ConfirmSignUp names; raise if it is not one of this user, or not valid."""
    session = sessions.resume(context, client, token, frozenset({SIGNED_UP}))
    user = lookup.find_user(context, pool, username)
    if user is None or user.key != session.user:
        raise errors.SESSION_INVALID()
    return session


def confirm(context: Context, client: AppClient, session: Session) -> str | None:
    """The ``Session`` of ConfirmSignUp; ``None`` if a function that ran has deleted the user."""
    if context.table(USERS).get((session.pool_id, session.user)) is None:
        return None
    return sessions.renew(context, client, session, None, challenge=CONFIRMED)


def redeem(attempt: Attempt, token: str) -> None:
    """Sign the user of a confirmed sign-up in; the session is good once. Raise if they can't sign in this way now."""
    context, client = attempt.context, attempt.client
    session = sessions.resume(context, client, token, frozenset({CONFIRMED}))
    if client.secrets:
        attempt.required("USERNAME")  # which SECRET_HASH was verified with
    user = context.table(USERS).get((session.pool_id, session.user))
    if user is None:
        raise errors.SESSION_INVALID()
    standing.check(user)
    identification.meet(attempt, user)
    standing.check(attempt.user)
    if attempt.user.status != "CONFIRMED":
        raise errors.SESSION_INVALID()
    sessions.mark_answered(context, session)
    sessions.mark_used(context, session)
    attempt.history = (Answered(CONFIRMED, passed=True),)
