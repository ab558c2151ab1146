"""Refreshing tokens, and the rotation of refresh tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.clients import client_scopes
from pytest_cognito.cognito_idp.flows.tokens import issuing, user_sessions
from pytest_cognito.cognito_idp.records import DEVICES, GRANTS, USERS, AppClient, Grant, User, UserPool
from pytest_cognito.cognito_idp.rules.tokens import refresh_tokens
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.world import Context


class RefreshErrors(NamedTuple):
    """The errors that differ between REFRESH_TOKEN_AUTH and GetTokensFromRefreshToken."""

    invalid: ErrorText
    reused: ErrorText
    reset_required: ErrorText


AUTH_FLOW_ERRORS = RefreshErrors(errors.REFRESH_TOKEN_INVALID, errors.REFRESH_TOKEN_REVOKED, errors.RESET_REQUIRED)
"""The errors of REFRESH_TOKEN_AUTH."""

OPERATION_ERRORS = RefreshErrors(
    errors.REFRESH_TOKEN_INVALID_FOR_OPERATION, errors.REFRESH_TOKEN_REUSED, errors.RESET_REQUIRED_TO_REFRESH
)
"""The errors of GetTokensFromRefreshToken."""


def grant_and_user(
    context: Context,
    pool: UserPool,
    client: AppClient,
    refresh_token: str,
    refresh_errors: RefreshErrors = AUTH_FLOW_ERRORS,
) -> tuple[Grant, User]:
    """The grant of a refresh token of an app client, and its user; raise if there is none.

    A grant is deleted with its user or its client: a token that was issued to this client and has none is a deleted
    user's.
    """
    grant = context.table(GRANTS).find("token", refresh_token)
    if grant is not None and grant.client_id != client.id:
        raise errors.REFRESH_TOKEN_OF_OTHER_CLIENT()
    user = context.table(USERS).get((pool.id, grant.user)) if grant else None
    if grant is None or user is None:
        issued = refresh_tokens.was_issued_to(refresh_token, client.id)
        raise errors.REFRESH_TOKEN_OF_DELETED_USER() if issued else refresh_errors.invalid()
    return grant, user


def refresh(
    context: Context,
    pool: UserPool,
    client: AppClient,
    refresh_token: str,
    *,
    refresh_errors: RefreshErrors = AUTH_FLOW_ERRORS,
    metadata: Mapping[str, str] | None = None,
    device_key: str | None = None,
) -> issuing.Tokens:
    """Issue new tokens with the current attributes and groups, and with ``auth_time`` of the original sign-in.

    The token of a sign-in with a device takes the key of this device, which must have been confirmed and not forgotten.
    If refresh tokens rotate, there is a new refresh token, which expires at the same time as the first one. Otherwise
    ``refresh_token`` is ``None``.
    """
    grant, user = grant_and_user(context, pool, client, refresh_token, refresh_errors)
    _check(context, grant, user, refresh_token, refresh_errors)
    _check_device(context, pool, grant, device_key, refresh_errors)
    granted = client_scopes.granted(context, pool, grant)
    issued = issuing.issue(context, Issuance(pool, client, user, grant, "RefreshTokens", metadata, granted))
    # While PreTokenGeneration ran, the token may have been revoked or rotated, the user disabled: check them again.
    grant, user = grant_and_user(context, pool, client, refresh_token, refresh_errors)
    _check(context, grant, user, refresh_token, refresh_errors)
    _check_device(context, pool, grant, device_key, refresh_errors)
    user_sessions.note_activity(context, pool, client, grant)
    rotated = _rotate(context, client, grant, refresh_token) if client.rotation else None
    return issued._replace(refresh_token=rotated)


def _check(context: Context, grant: Grant, user: User, refresh_token: str, refresh_errors: RefreshErrors) -> None:
    """Raise unless the refresh token is valid."""
    if not user.enabled:
        raise errors.USER_DISABLED()
    if grant.revoked:
        raise errors.REFRESH_TOKEN_REVOKED()
    now = context.now()
    if grant.expires <= now:
        raise errors.REFRESH_TOKEN_EXPIRED()
    good_until = grant.earlier.get(refresh_token)
    if good_until is not None and good_until <= now:
        raise refresh_errors.reused()
    if user.status == "RESET_REQUIRED":
        raise refresh_errors.reset_required()


def _check_device(
    context: Context, pool: UserPool, grant: Grant, device_key: str | None, refresh_errors: RefreshErrors
) -> None:
    """Raise if the device of the sign-in was forgotten, or is not the one that the request names.

    A pool that does not track devices any more asks for none.
    """
    if grant.device is None:
        return
    device = context.table(DEVICES).get((grant.pool_id, grant.user, grant.device))
    if device is None or (pool.device_tracking and not (device.confirmed and device.key == device_key)):
        raise refresh_errors.invalid()


def _rotate(context: Context, client: AppClient, grant: Grant, used: str) -> str:
    """Replace the refresh token. The used one stays valid for the grace period that begins with its first use."""
    until = context.now() + dt.timedelta(seconds=client.settings["RefreshTokenRotation"]["RetryGracePeriodSeconds"])
    earlier = {**grant.earlier, grant.token: None}
    earlier[used] = earlier.get(used) or until
    token = refresh_tokens.draw(context.world.ids, client.id)
    context.table(GRANTS).put(replace(grant, token=token, earlier=earlier))
    return token
