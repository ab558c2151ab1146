"""Operations on resource servers and their scopes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import RESOURCE_SERVERS, ResourceServer, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.world import Context

_PAGE = 50

Scopes = Sequence[Mapping[str, str]] | None


@operation
def create_resource_server(
    context: Context, *, user_pool_id: str, identifier: str, name: str, scopes: Scopes = None
) -> Response:
    """Create a resource server with custom scopes, which app clients ask for as ``identifier/scope``."""
    pool = lookup.pool(context, user_pool_id)
    servers = context.table(RESOURCE_SERVERS)
    new = ResourceServer(pool.id, identifier, name, _by_name(scopes))
    if servers.get((pool.id, identifier)) is not None:
        raise errors.RESOURCE_SERVER_EXISTS(identifier=identifier, pool_id=pool.id)
    if servers.count("pool", pool.id) >= quotas.RESOURCE_SERVERS:
        raise errors.RESOURCE_SERVER_LIMIT()
    servers.put(new)
    return {"ResourceServer": _described(new)}


@operation
def describe_resource_server(context: Context, *, user_pool_id: str, identifier: str) -> Response:
    """Get a resource server."""
    return {"ResourceServer": _described(_find(context, lookup.pool(context, user_pool_id), identifier))}


@operation
def update_resource_server(
    context: Context, *, user_pool_id: str, identifier: str, name: str, scopes: Scopes = None
) -> Response:
    """Replace the name and the scopes of a resource server. A scope that is left out becomes inactive at app clients.

    Inactive scopes stay with the app clients, but are left out of access tokens.
    """
    found = _find(context, lookup.pool(context, user_pool_id), identifier)
    changed = replace(found, name=name, scopes=_by_name(scopes))
    context.table(RESOURCE_SERVERS).put(changed)
    return {"ResourceServer": _described(changed)}


@operation
def delete_resource_server(context: Context, *, user_pool_id: str, identifier: str) -> Response:
    """Delete a resource server. Its scopes become inactive at app clients."""
    found = _find(context, lookup.pool(context, user_pool_id), identifier)
    context.table(RESOURCE_SERVERS).delete((found.pool_id, found.identifier))
    return {}


@operation
def list_resource_servers(
    context: Context, *, user_pool_id: str, max_results: int | None = None, next_token: str | None = None
) -> Response:
    """List the resource servers of a pool, with their scopes."""
    pool = lookup.pool(context, user_pool_id)
    found, token = page(
        lambda after: context.table(RESOURCE_SERVERS).page("pool", pool.id, after),
        max_results or _PAGE,
        next_token,
        f"ListResourceServers {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"ResourceServers": [_described(server) for server in found], "NextToken": token}


def _find(context: Context, pool: UserPool, identifier: str) -> ResourceServer:
    found = context.table(RESOURCE_SERVERS).get((pool.id, identifier))
    if found is None:
        raise errors.RESOURCE_SERVER_NOT_FOUND(identifier=identifier)
    return found


def _by_name(scopes: Scopes) -> dict[str, str]:
    """The descriptions of scopes by name; raise for a name that comes twice."""
    by_name: dict[str, str] = {}
    for scope in scopes or ():
        if scope["ScopeName"] in by_name:
            raise errors.SCOPE_NAME_TWICE(name=scope["ScopeName"])
        by_name[scope["ScopeName"]] = scope["ScopeDescription"]
    return by_name


def _described(server: ResourceServer) -> dict[str, Any]:
    scopes = [{"ScopeName": name, "ScopeDescription": text} for name, text in server.scopes.items()]
    return {
        "UserPoolId": server.pool_id,
        "Identifier": server.identifier,
        "Name": server.name,
        "Scopes": scopes or None,
    }
