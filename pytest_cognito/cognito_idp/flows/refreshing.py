"""Refreshing: from a refresh token to new tokens of the same grant, and the rotation of refresh tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...aws.errors import ErrorText
from ...world import Context
from .. import errors
from ..records import AppClient, Grant, User, UserPool
from ..tables import GRANTS, USERS
from . import tokens


@dataclass(frozen=True)
class Refusals:
    """The errors that differ between the sign-in flow and the operation that refresh."""

    invalid: ErrorText
    reused: ErrorText
    reset_required: ErrorText


OF_FLOW = Refusals(errors.REFRESH_TOKEN_INVALID, errors.REFRESH_TOKEN_REVOKED, errors.RESET_REQUIRED)
"""REFRESH_TOKEN_AUTH."""

OF_OPERATION = Refusals(
    errors.REFRESH_TOKEN_INVALID_FOR_OPERATION, errors.REFRESH_TOKEN_REUSED, errors.RESET_REQUIRED_TO_REFRESH
)
"""GetTokensFromRefreshToken."""


def holder(
    context: Context, pool: UserPool, client: AppClient, refresh_token: str, refusals: Refusals = OF_FLOW
) -> tuple[Grant, User]:
    """The grant of a refresh token of this client, and its user."""
    grant = context.table(GRANTS).find("token", refresh_token)
    if grant is None or grant.client_id != client.id:
        raise refusals.invalid()
    user = context.table(USERS).get((pool.id, grant.user))
    if user is None:
        raise refusals.invalid()
    return grant, user


def refresh(
    context: Context,
    pool: UserPool,
    client: AppClient,
    refresh_token: str,
    *,
    refusals: Refusals = OF_FLOW,
    metadata: Mapping[str, str] | None = None,
) -> tokens.Tokens:
    """New tokens with attributes and groups as they are now, and with the time of the original sign-in.

    Where the client rotates refresh tokens there is a new one too, which ends when the first would have ended.
    """
    grant, user = holder(context, pool, client, refresh_token, refusals)
    _check(context, grant, user, refresh_token, refusals)
    issued = tokens.issue(
        context, pool, client, user, grant, "RefreshTokens", metadata=metadata, with_refresh_token=False
    )
    if not client.rotation:
        return issued
    # PreTokenGeneration may have run: only now is it sure that the caller gets the new token for the old one.
    grant, user = holder(context, pool, client, refresh_token, refusals)
    _check(context, grant, user, refresh_token, refusals)
    return replace(issued, refresh_token=_rotate(context, client, grant, refresh_token))


def _check(context: Context, grant: Grant, user: User, refresh_token: str, refusals: Refusals) -> None:
    """Raise unless the token may be used now."""
    if not user.enabled:
        raise errors.USER_DISABLED()
    if grant.revoked:
        raise errors.REFRESH_TOKEN_REVOKED()
    now = context.now()
    if grant.expires <= now:
        raise errors.REFRESH_TOKEN_EXPIRED()
    good_until = grant.earlier.get(refresh_token)
    if good_until is not None and good_until <= now:
        raise refusals.reused()
    if user.status == "RESET_REQUIRED":
        raise refusals.reset_required()


def _rotate(context: Context, client: AppClient, grant: Grant, used: str) -> str:
    """Draw the next refresh token. The used one stays good for the client's grace period, from its first use on."""
    until = context.now() + dt.timedelta(seconds=client.settings["RefreshTokenRotation"]["RetryGracePeriodSeconds"])
    earlier = {**grant.earlier, grant.token: None}
    earlier[used] = earlier.get(used) or until
    token = tokens.draw_refresh_token(context)
    context.table(GRANTS).put(replace(grant, token=token, earlier=earlier))
    return token
