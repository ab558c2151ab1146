"""Tokens: refreshed, revoked, and all of a user's revoked at once."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .flows import access, refreshing
from .records import AppClient
from .tables import GRANTS


@operation
def get_tokens_from_refresh_token(
    context: Context,
    *,
    refresh_token: str,
    client_id: str,
    client_secret: str | None = None,
    device_key: str | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """New ID and access tokens for a refresh token and, where the client rotates them, a new refresh token."""
    client, pool = lookup.client_and_pool(context, client_id)
    if client.secrets and client_secret is None:
        raise errors.SECRET_MISSING(client_id=client.id)
    if not _secret_is_right(client, client_secret):
        raise errors.SECRET_HASH_WRONG(client_id=client.id)
    tokens = refreshing.refresh(
        context, pool, client, refresh_token, refusals=refreshing.OF_OPERATION, metadata=client_metadata
    )
    return {"AuthenticationResult": tokens.result()}


@operation
def revoke_token(
    context: Context,
    *,
    token: str,
    client_id: str,
    client_secret: str | None = None,
    revoke_associated_sessions: str | None = None,
) -> Response:
    """Revoke a refresh token and the access tokens that came of it. One that is not known is no error (RFC 7009).

    Sessions of single sign-on, which may be revoked along with it, come from the hosted pages: none is linked here.
    """
    client = lookup.find_client(context, client_id)
    if client is None:
        raise errors.REVOKER_UNKNOWN(client_id=client_id)
    if client.secrets and client_secret is None:
        raise errors.REVOKER_WITHOUT_SECRET(client_id=client_id)
    if not _secret_is_right(client, client_secret):
        raise errors.REVOKER_UNAUTHORIZED()
    if not client.revocation:
        raise errors.REVOCATION_OFF()
    if _is_jwt(token):
        raise errors.NOT_A_REFRESH_TOKEN()
    grants = context.table(GRANTS)
    grant = grants.find("token", token)
    if grant is not None:
        if grant.client_id != client.id:
            raise errors.REVOKER_UNAUTHORIZED()
        grants.put(replace(grant, revoked=True))
    return {}


@operation
def global_sign_out(context: Context, *, access_token: str) -> Response:
    """Revoke every token of the user that an access token is of."""
    caller = access.of(context, access_token, deleted=errors.ACCESS_TOKEN_REVOKED)
    access.revoke_all(context, caller.user)
    return {}


@operation
def admin_user_global_sign_out(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Revoke every token of a user."""
    access.revoke_all(context, lookup.user(context, lookup.pool(context, user_pool_id), username))
    return {}


def _secret_is_right(client: AppClient, given: str | None) -> bool:
    if given is None:
        return not client.secrets
    return any(hmac.compare_digest(secret.value.encode(), given.encode()) for secret in client.secrets)


def _is_jwt(token: str) -> bool:
    import jwt

    try:
        jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return False
    return True
