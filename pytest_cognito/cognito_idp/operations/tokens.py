"""Operations on tokens: refreshing, revoking, global sign-out."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.tokens import access, refreshing, user_sessions
from pytest_cognito.cognito_idp.records import GRANTS
from pytest_cognito.cognito_idp.rules.clients import secret_hash
from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.world import Context


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
    """Issue new ID and access tokens for a refresh token and, with rotation, a new refresh token."""
    client, pool = lookup.client_and_pool(context, client_id)
    if client.secrets and client_secret is None:
        raise errors.SECRET_MISSING(client_id=client.id)
    if not secret_hash.is_secret_of(client, client_secret):
        raise errors.SECRET_HASH_WRONG(client_id=client.id)
    tokens = refreshing.refresh(
        context,
        pool,
        client,
        refresh_token,
        refresh_errors=refreshing.OPERATION_ERRORS,
        metadata=client_metadata,
        device_key=device_key,
    )
    return {"AuthenticationResult": tokens.authentication_result()}


@operation
def revoke_token(
    context: Context,
    *,
    token: str,
    client_id: str,
    client_secret: str | None = None,
    revoke_associated_sessions: str | None = None,
) -> Response:
    """Revoke a refresh token and the access tokens of its grant. An unknown token is no error (RFC 7009).

    If the pool tracks sessions, its session ends and, with ``LINKED``, the SSO session that it came through.
    """
    client = lookup.find_client(context, client_id)
    if client is None:
        raise errors.REVOKER_UNKNOWN(client_id=client_id)
    if client.secrets and client_secret is None:
        raise errors.REVOKER_WITHOUT_SECRET(client_id=client_id)
    if not secret_hash.is_secret_of(client, client_secret):
        raise errors.REVOKER_UNAUTHORIZED()
    if not client.revocation:
        raise errors.REVOCATION_OFF()
    if unverified_claims(token) is not None:
        raise errors.NOT_A_REFRESH_TOKEN()
    grant = context.table(GRANTS).find("token", token)
    if grant is not None:
        if grant.client_id != client.id:
            raise errors.REVOKER_UNAUTHORIZED()
        if revoke_associated_sessions == "LINKED":
            user_sessions.end_parent(context, grant)
        access.revoke(context, grant)
    return {}


@operation
def global_sign_out(context: Context, *, access_token: str) -> Response:
    """Revoke all tokens of the user of an access token."""
    holder = access.token_holder(context, access_token, deleted=errors.ACCESS_TOKEN_REVOKED)
    access.revoke_all(context, holder.user)
    return {}


@operation
def admin_user_global_sign_out(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Revoke all tokens of a user."""
    access.revoke_all(context, lookup.user(context, lookup.pool(context, user_pool_id), username))
    return {}
