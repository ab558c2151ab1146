"""Access tokens of app clients that sign in for themselves (machine to machine), by their secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors, pool_keys
from pytest_cognito.cognito_idp.flows.clients import client_scopes
from pytest_cognito.cognito_idp.flows.tokens.issuing import sign
from pytest_cognito.cognito_idp.records import AppClient, UserPool
from pytest_cognito.cognito_idp.rules.clients import token_validity
from pytest_cognito.cognito_idp.rules.clients.oauth_settings import STANDARD_SCOPES
from pytest_cognito.cognito_idp.rules.clients.scopes import allowed
from pytest_cognito.cognito_idp.rules.tokens import claims
from pytest_cognito.cognito_idp.triggers import pre_token_generation
from pytest_cognito.world import Context


class ClientToken(NamedTuple):
    """The access token of an app client. ``expires_in`` is its validity in seconds."""

    access_token: str
    expires_in: int


def issue(
    context: Context,
    pool: UserPool,
    client: AppClient,
    scopes: tuple[str, ...],
    metadata: Mapping[str, str] | None = None,
) -> ClientToken:
    """Issue an access token with scopes of the client. PreTokenGeneration runs from event version 3 on."""
    changes = pre_token_generation.run_for_client(context, pool, client, scopes, metadata)
    issued_at = int(context.now().timestamp())
    lifetime = int(token_validity.validity(client, token_validity.ACCESS).total_seconds())
    token = claims.client_token(
        client,
        changes.scopes(scopes),
        issuer=claims.issuer(pool, context.world.local_issuer),
        issued_at=issued_at,
        lifetime=lifetime,
        jti=context.world.ids.uuid(),
    )
    keys = pool_keys.keys_of(context.world, pool)
    return ClientToken(sign(keys.access, changes.access_token(token, client.id)), lifetime)


def scopes_of(context: Context, pool: UserPool, client: AppClient, requested: list[str] | None) -> tuple[str, ...]:
    """The custom scopes that a client gets: those that are requested, or all that it is allowed.

    Raise for a scope that is not allowed for the client. A scope that no resource server has any more is left out.
    """
    active = [scope for scope in client_scopes.active_scopes(context, pool, client) if scope not in STANDARD_SCOPES]
    if not requested:
        return tuple(active)
    for scope in requested:
        if scope in STANDARD_SCOPES or scope not in allowed(client):
            raise errors.SCOPE_NOT_ALLOWED(scope=scope)
    return tuple(scope for scope in dict.fromkeys(requested) if scope in active)
