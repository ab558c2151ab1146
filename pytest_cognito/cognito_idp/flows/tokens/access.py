"""Access tokens: checking them, and revoking the tokens of a sign-in or all of a user."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.tokens import verification
from pytest_cognito.cognito_idp.records import (
    CLIENTS,
    GRANTS,
    TOKEN_SETS,
    USER_SESSIONS,
    USERS,
    AppClient,
    Grant,
    User,
    UserPool,
)
from pytest_cognito.world import Context

SCOPE = "aws.cognito.signin.user.admin"
_ERRORS = verification.TokenErrors(
    errors.ACCESS_TOKEN_INVALID, errors.ACCESS_TOKEN_SIGNATURE, errors.ACCESS_TOKEN_EXPIRED
)


class TokenHolder(NamedTuple):
    """The user who calls an operation with an access token, and the claims of the token."""

    pool: UserPool
    client: AppClient
    user: User
    grant: Grant
    claims: dict[str, Any]


def token_holder(
    context: Context,
    access_token: str,
    *,
    deleted: ErrorText = errors.USER_NOT_FOUND,
    reset: ErrorText = errors.RESET_REQUIRED,
    no_client: ErrorText = errors.CLIENT_NOT_FOUND,
) -> TokenHolder:
    """Check an access token and return the user it is for, or raise the error of AWS for the token.

    ``deleted`` is the operation's error for a user who was deleted, ``reset`` for one who must reset the password,
    ``no_client`` for a deleted app client.
    """
    pool, token = verification.verify(context, access_token, "access", ("client_id", "sub", "event_id"), _ERRORS)
    if SCOPE not in token.get("scope", "").split():
        raise errors.ACCESS_TOKEN_SCOPE()
    client = context.table(CLIENTS).get(token["client_id"])
    if client is None:
        raise no_client(client_id=token["client_id"])
    user = context.table(USERS).find("names", (pool.id, pool.fold(token["sub"])))
    if user is None:
        raise deleted()
    grant = grant_of(context, token["event_id"])
    if grant is None:
        raise errors.ACCESS_TOKEN_REVOKED()
    _check_usable(user, grant, reset)
    return TokenHolder(pool, client, user, grant, token)


def grant_of(context: Context, event_id: str) -> Grant | None:
    """The grant of tokens with this ``event_id``; ``None`` if it is gone with its user or its app client."""
    token_set = context.table(TOKEN_SETS).get(event_id)
    return context.table(GRANTS).get(token_set.grant_id) if token_set else None


def revoke_all(context: Context, user: User) -> None:
    """Revoke all tokens of a user."""
    for grant in context.table(GRANTS).owned(USERS, (user.pool_id, user.key)):
        revoke(context, grant)


def revoke(context: Context, grant: Grant) -> None:
    """Revoke the tokens of a grant, and end its session if the pool tracks sessions."""
    context.table(GRANTS).put(replace(grant, revoked=True))
    session = context.table(USER_SESSIONS).find("grant", grant.id)
    if session is not None:
        context.table(USER_SESSIONS).delete(session.id)


def _check_usable(user: User, grant: Grant, reset: ErrorText) -> None:
    if not user.enabled:
        raise errors.USER_DISABLED()
    if grant.revoked:
        raise errors.ACCESS_TOKEN_REVOKED()
    if user.status == "RESET_REQUIRED":
        raise reset()
