"""Refreshing: from a refresh token to new tokens of the same grant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...world import Context
from .. import errors
from ..records import GRANTS, USERS, AppClient, Grant, User, UserPool
from . import tokens


def holder(context: Context, pool: UserPool, client: AppClient, refresh_token: str) -> tuple[Grant, User]:
    """The grant of a refresh token and its user, or the error that AWS gives for the token."""
    grant = context.table(GRANTS).find("token", refresh_token)
    if grant is None or grant.client_id != client.id:
        raise errors.REFRESH_TOKEN_INVALID()
    user = context.table(USERS).get((pool.id, grant.user))
    if user is None:
        raise errors.REFRESH_TOKEN_INVALID()
    if not user.enabled:
        raise errors.USER_DISABLED()
    if grant.revoked:
        raise errors.REFRESH_TOKEN_REVOKED()
    if grant.expires <= context.now():
        raise errors.REFRESH_TOKEN_EXPIRED()
    if user.status == "RESET_REQUIRED":
        raise errors.RESET_REQUIRED()
    return grant, user


def refresh(
    context: Context,
    pool: UserPool,
    client: AppClient,
    refresh_token: str,
    *,
    metadata: Mapping[str, str] | None = None,
    rotate: bool = False,
) -> tokens.Tokens:
    """New tokens with attributes and groups as they are now, and with the time of the original sign-in.

    With ``rotate`` there is a new refresh token too, which ends when the first would have ended.
    """
    grant, user = holder(context, pool, client, refresh_token)
    if rotate:
        grant = replace(grant, token=tokens.draw_refresh_token(context))
        context.table(GRANTS).put(grant)
    return tokens.issue(
        context, pool, client, user, grant, "RefreshTokens", metadata=metadata, with_refresh_token=rotate
    )
