"""Operations on session tracking: its configuration, and the active sessions of users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.pools import saving
from pytest_cognito.cognito_idp.flows.tokens import access, user_sessions
from pytest_cognito.cognito_idp.records import CLIENTS, AppClient, User, UserPool, UserSession
from pytest_cognito.cognito_idp.rules.pools import tiers
from pytest_cognito.world import Context

_PAGE = 125
_NOWHERE = "unknown"
_LINKED = "LINKED"


@operation
def get_user_pool_session_configuration(context: Context, *, user_pool_id: str) -> Response:
    """Get whether a pool tracks sessions, and how many token sessions a user can have."""
    return _configuration(lookup.pool(context, user_pool_id))


@operation
def set_user_pool_session_configuration(
    context: Context, *, user_pool_id: str, user_session_tracking: str, token_session: Mapping[str, int]
) -> Response:
    """Turn session tracking of a pool on or off, and set how many token sessions a user can have.

    A lower number ends no session before the user's next sign-in. What app clients are configured to stays.
    """
    pool = lookup.pool(context, user_pool_id)
    tiers.check_session_tracking(pool.tier)
    pool = replace(
        pool,
        tracks_sessions=user_session_tracking == "ENABLED",
        max_sessions=token_session["MaxPerUser"],
        modified=context.now(),
    )
    saving.save(context, pool)
    return _configuration(pool)


@operation
def get_user_pool_client_session_configuration(context: Context, *, user_pool_id: str, client_id: str) -> Response:
    """Get for how many minutes an app client reuses an SSO session."""
    return _client_configuration(lookup.client(context, lookup.pool(context, user_pool_id), client_id))


@operation
def set_user_pool_client_session_configuration(
    context: Context, *, user_pool_id: str, client_id: str, sso_session: Mapping[str, int]
) -> Response:
    """Set for how many minutes an app client reuses an SSO session; raise unless the pool tracks sessions."""
    pool = lookup.pool(context, user_pool_id)
    client = lookup.client(context, pool, client_id)
    tiers.check_session_tracking(pool.tier)
    if not pool.tracks_sessions:
        raise errors.TRACKING_OFF_FOR_CLIENT()
    client = replace(client, sso_minutes=sso_session["MaxValidityMinutes"], modified=context.now())
    context.table(CLIENTS).put(client)
    return _client_configuration(client)


@operation
def list_user_sessions(context: Context, *, access_token: str, next_token: str | None = None) -> Response:
    """List the active sessions of the user of an access token, at all app clients of the pool."""
    holder = access.token_holder(context, access_token)
    return _listed(context, holder.pool, holder.user, next_token, current=holder.grant.id)


@operation
def revoke_user_session(
    context: Context, *, access_token: str, session_id: str, revoke_associated_sessions: str = "NONE"
) -> Response:
    """End another session of the user of an access token: its refresh token and access tokens are revoked.

    With ``LINKED`` the SSO session ends that a token session came through, or the token sessions of an SSO session.
    """
    holder = access.token_holder(context, access_token)
    _check_tracking(holder.pool)
    session = user_sessions.find(context, holder.user, session_id)
    if session.grant_id == holder.grant.id:
        raise errors.USER_SESSION_IS_CURRENT()
    user_sessions.revoke(context, session, linked=revoke_associated_sessions == _LINKED)
    return {}


@operation
def admin_list_user_sessions(
    context: Context, *, user_pool_id: str, username: str, next_token: str | None = None
) -> Response:
    """List the active sessions of a user, at all app clients of the pool."""
    pool = lookup.pool(context, user_pool_id)
    return _listed(context, pool, lookup.user(context, pool, username), next_token)


@operation
def admin_revoke_user_session(
    context: Context, *, user_pool_id: str, username: str, session_id: str, revoke_associated_sessions: str = "NONE"
) -> Response:
    """End a session of a user: its refresh token and access tokens are revoked.

    ``revoke_associated_sessions`` is as in RevokeUserSession.
    """
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    _check_tracking(pool)
    session = user_sessions.find(context, user, session_id)
    user_sessions.revoke(context, session, linked=revoke_associated_sessions == _LINKED)
    return {}


def _check_tracking(pool: UserPool) -> None:
    if not pool.tracks_sessions:
        raise errors.TRACKING_OFF(pool_id=pool.id)


def _configuration(pool: UserPool) -> Response:
    return {
        "UserPoolId": pool.id,
        "UserSessionTracking": "ENABLED" if pool.tracks_sessions else "DISABLED",
        "TokenSession": {"MaxPerUser": pool.max_sessions},
    }


def _client_configuration(client: AppClient) -> Response:
    return {
        "UserPoolId": client.pool_id,
        "ClientId": client.id,
        "SSOSession": {"MaxValidityMinutes": client.sso_minutes},
    }


def _listed(
    context: Context, pool: UserPool, user: User, next_token: str | None, *, current: str | None = None
) -> Response:
    """A page of the active sessions of a user. ``current`` is the grant of the access token in the request."""
    _check_tracking(pool)
    found, token = page(
        lambda after: user_sessions.active(context, user, after),
        _PAGE,
        next_token,
        f"ListUserSessions {pool.id} {user.key}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Sessions": [_described(context, session, current) for session in found], "NextToken": token}


def _described(context: Context, session: UserSession, current: str | None) -> dict[str, Any]:
    place = context.world.threats.place(session.address)
    return {
        "SessionId": session.id,
        "SessionType": session.type,
        "ClientId": session.client_id,
        "CreateDate": session.created,
        "LastActiveDate": session.active,
        "DeviceType": session.device,
        "LastIPAddress": session.address,
        "LastLocation": {"City": place.city, "Country": place.country or _NOWHERE},
        "OriginSessionId": session.parent,
        "IsCurrentSession": current is not None and session.grant_id == current,
    }
