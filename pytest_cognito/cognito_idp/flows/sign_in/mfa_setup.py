"""The setup of a software token during a sign-in, between MFA_SETUP and its answer."""

from __future__ import annotations

from typing import NamedTuple

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import sessions
from pytest_cognito.cognito_idp.records import USERS, AppClient, Session, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.cognito_idp.rules.users import standing
from pytest_cognito.world import Context


class MfaSetupState(NamedTuple):
    """The state of MFA_SETUP: whether the software token was verified."""

    verified: bool = False


class PendingMfaSetup(NamedTuple):
    """A sign-in that waits for the answer to MFA_SETUP. ``verified`` says that a software token was verified in it."""

    session: Session
    pool: UserPool
    client: AppClient
    user: User
    verified: bool

    def next_session(self, context: Context, *, verified: bool) -> str:
        """Replace the session and return the ``Session`` for the next request."""
        return sessions.renew(context, self.client, self.session, MfaSetupState(verified))


def check_still_due(pool: UserPool, user: User, *, verified: bool) -> None:
    """Raise if the user has got a factor elsewhere since MFA_SETUP was prompted.

    Whoever knows the password alone could otherwise put a factor of their own in its place.
    """
    if not verified and mfa.can_be_proven(pool, user):
        raise errors.SESSION_INVALID()


def resume(context: Context, token: str | None, *, reset: ErrorText = errors.RESET_REQUIRED) -> PendingMfaSetup:
    """The sign-in of a ``Session`` from MFA_SETUP or from AssociateSoftwareToken.

    ``reset`` is the operation's error for a user who must reset the password.
    """
    found = sessions.find(context, token)
    client = lookup.find_client(context, found.client_id)
    user = context.table(USERS).get((found.pool_id, found.user))
    if client is None or user is None:
        raise errors.SESSION_INVALID()
    session = sessions.resume(context, client, token, frozenset({mfa.SETUP}))
    standing.check(user, reset)
    pool = lookup.pool(context, client.pool_id)
    verified = session.state == MfaSetupState(verified=True)
    check_still_due(pool, user, verified=verified)
    return PendingMfaSetup(session, pool, client, user, verified)
