"""The custom scopes of a pool, and the active scopes of its app clients."""

from __future__ import annotations

from pytest_cognito.cognito_idp.records import POOLS, RESOURCE_SERVERS, AppClient, Grant, UserPool
from pytest_cognito.cognito_idp.rules.clients import scopes
from pytest_cognito.world import Context

REGISTER = "aws.cognito/dcr/register"
"""The scope for dynamic client registration, which every pool has without a resource server."""


def custom_scopes(context: Context, pool: UserPool) -> frozenset[str]:
    """The scopes of the resource servers of a pool, each as ``identifier/name``, and that of Cognito's own."""
    servers = context.table(RESOURCE_SERVERS).owned(POOLS, pool.id)
    return frozenset((REGISTER, *(scope for server in servers for scope in server.full_scopes)))


def granted(context: Context, pool: UserPool, grant: Grant) -> tuple[str, ...]:
    """The scopes of the tokens of a grant that are issued now: without those that no resource server has any more.

    One that is made again is in the next tokens. Of a grant that was not asked for at a domain, all are there.
    """
    return scopes.active(grant.scopes, custom_scopes(context, pool)) if grant.hosted else grant.scopes


def active_scopes(context: Context, pool: UserPool, client: AppClient) -> tuple[str, ...]:
    """The scopes of an app client that tokens can have: without those that no resource server has any more."""
    return scopes.active(scopes.allowed(client), custom_scopes(context, pool))
