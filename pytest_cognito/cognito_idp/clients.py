"""App clients."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..aws.operation import Response, operation
from ..aws.paging import page
from ..kernel.identifiers import LOWERCASE_AND_DIGITS
from ..state.table import Schema
from ..world import Context
from . import errors, lookup
from .flows import client_secrets
from .records import AppClient, UserPool
from .rules import client_settings
from .tables import CLIENTS, GRANTS, SESSIONS

Structure = Mapping[str, Any]

_MOST = 1000
_PAGE = 60
_ID = re.compile(r"[\w+]{1,128}", re.ASCII)
_ID_LENGTH = 26


@operation
def create_user_pool_client(
    context: Context,
    *,
    user_pool_id: str,
    client_name: str,
    generate_secret: bool = False,
    client_secret: str | None = None,
    refresh_token_validity: int | None = None,
    access_token_validity: int | None = None,
    id_token_validity: int | None = None,
    token_validity_units: Structure | None = None,
    read_attributes: list[str] | None = None,
    write_attributes: list[str] | None = None,
    explicit_auth_flows: list[str] | None = None,
    supported_identity_providers: list[str] | None = None,
    callback_urls: list[str] | None = None,
    logout_urls: list[str] | None = None,
    default_redirect_uri: str | None = None,
    allowed_o_auth_flows: list[str] | None = None,
    allowed_o_auth_scopes: list[str] | None = None,
    allowed_o_auth_flows_user_pool_client: bool | None = None,
    analytics_configuration: Structure | None = None,
    prevent_user_existence_errors: str | None = None,
    enable_token_revocation: bool | None = None,
    enable_propagate_additional_user_context_data: bool | None = None,
    auth_session_validity: int | None = None,
    refresh_token_rotation: Structure | None = None,
) -> Response:
    """Create an app client. Its secret, if it is to have one, is drawn or the caller's own."""
    pool = lookup.pool(context, user_pool_id)
    if generate_secret and client_secret is not None:
        raise errors.SECRET_GIVEN_AND_GENERATED()
    if context.table(CLIENTS).count("pool", pool.id) >= _MOST:
        raise errors.CLIENT_LIMIT()
    secret = client_secrets.draw(context) if generate_secret else client_secret
    settings = client_settings.complete(context.call.parameters, pool, has_secret=secret is not None, doing="creating")
    return {"UserPoolClient": _described(_create(context, pool, settings, secret))}


@operation
def describe_user_pool_client(context: Context, *, user_pool_id: str, client_id: str) -> Response:
    """All settings of an app client, its secret included."""
    return {"UserPoolClient": _described(lookup.client(context, lookup.pool(context, user_pool_id), client_id))}


@operation
def update_user_pool_client(
    context: Context,
    *,
    user_pool_id: str,
    client_id: str,
    client_name: str | None = None,
    refresh_token_validity: int | None = None,
    access_token_validity: int | None = None,
    id_token_validity: int | None = None,
    token_validity_units: Structure | None = None,
    read_attributes: list[str] | None = None,
    write_attributes: list[str] | None = None,
    explicit_auth_flows: list[str] | None = None,
    supported_identity_providers: list[str] | None = None,
    callback_urls: list[str] | None = None,
    logout_urls: list[str] | None = None,
    default_redirect_uri: str | None = None,
    allowed_o_auth_flows: list[str] | None = None,
    allowed_o_auth_scopes: list[str] | None = None,
    allowed_o_auth_flows_user_pool_client: bool | None = None,
    analytics_configuration: Structure | None = None,
    prevent_user_existence_errors: str | None = None,
    enable_token_revocation: bool | None = None,
    enable_propagate_additional_user_context_data: bool | None = None,
    auth_session_validity: int | None = None,
    refresh_token_rotation: Structure | None = None,
) -> Response:
    """Replace the settings of a client: what the request leaves out goes back to its default, the name aside."""
    pool = lookup.pool(context, user_pool_id)
    client = lookup.client(context, pool, client_id)
    request = {**context.call.parameters, "ClientName": client_name or client.name}
    settings = client_settings.complete(request, pool, has_secret=bool(client.secrets), doing="updating")
    updated = replace(client, settings=settings, modified=context.now())
    context.table(CLIENTS).put(updated)
    return {"UserPoolClient": _described(updated)}


@operation
def delete_user_pool_client(context: Context, *, user_pool_id: str, client_id: str) -> Response:
    """Delete a client. The refresh tokens and the sign-ins under way that it was used for die with it."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
    _end_sign_ins(context, client)
    context.table(CLIENTS).delete(client.id)
    return {}


@operation
def list_user_pool_clients(
    context: Context,
    *,
    user_pool_id: str,
    max_results: int | None = None,
    next_token: str | None = None,
    client_type: str | None = None,
) -> Response:
    """A page of a pool's clients, oldest first: ids and names only. None was registered dynamically (``DCR``)."""
    pool = lookup.pool(context, user_pool_id)
    if client_type == "DCR":
        return {"UserPoolClients": []}
    found, token = page(
        lambda after: context.table(CLIENTS).page("pool", pool.id, after),
        max_results or _PAGE,
        next_token,
        f"ListUserPoolClients {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"UserPoolClients": [_listed(client) for client in found], "NextToken": token}


def _create(context: Context, pool: UserPool, settings: Mapping[str, Any], secret: str | None) -> AppClient:
    now = context.now()
    pinned = context.pins.get("client")
    client_id = _draw_id(context) if pinned is None else _checked_id(context, pinned)
    secrets = () if secret is None else (client_secrets.made(client_id, secret, now),)
    client = AppClient(client_id, pool.id, settings, secrets, now, now, context.world.store.serial())
    context.table(CLIENTS).put(client)
    return client


def _end_sign_ins(context: Context, client: AppClient) -> None:
    schemas: tuple[Schema[Any], ...] = (GRANTS, SESSIONS)
    for schema in schemas:
        table = context.table(schema)
        for record in table:
            if record.client_id == client.id:
                table.delete(schema.key(record))


def _draw_id(context: Context) -> str:
    return context.world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS)


def _checked_id(context: Context, client_id: str) -> str:
    """An id that a caller wants for a new client: of the right form, and free in every pool."""
    if _ID.fullmatch(client_id) is None:
        raise errors.CLIENT_ID_INVALID()
    if context.table(CLIENTS).get(client_id) is not None:
        raise errors.CLIENT_ID_TAKEN(client_id=client_id)
    return client_id


def _described(client: AppClient) -> dict[str, Any]:
    return {
        "UserPoolId": client.pool_id,
        "ClientId": client.id,
        "ClientSecret": client.secrets[0].value if client.secrets else None,
        "CreationDate": client.created,
        "LastModifiedDate": client.modified,
        **client.settings,
    }


def _listed(client: AppClient) -> dict[str, Any]:
    return {"ClientId": client.id, "UserPoolId": client.pool_id, "ClientName": client.name}
