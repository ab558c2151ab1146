"""Operations on app clients."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.clients import client_scopes, client_secrets
from pytest_cognito.cognito_idp.records import CLIENTS, IDENTITY_PROVIDERS, POOLS, AppClient, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import Context

_PAGE = 60
_ID = re.compile(r"[\w+]{1,128}", re.ASCII)
_ID_LENGTH = 26


@operation(settings=client_settings.MEMBERS)
def create_user_pool_client(
    context: Context,
    *,
    user_pool_id: str,
    generate_secret: bool = False,
    client_secret: str | None = None,
    publish_secrets_in_aws_secrets_manager: bool = False,
    **settings: Any,
) -> Response:
    """Create an app client. Its secret, if any, is generated or the one in the request."""
    _refuse_secrets_manager(publish_secrets_in_aws_secrets_manager)
    pool = lookup.pool(context, user_pool_id)
    if generate_secret and client_secret is not None:
        raise errors.SECRET_GIVEN_AND_GENERATED()
    if context.table(CLIENTS).count("pool", pool.id) >= quotas.APP_CLIENTS:
        raise errors.CLIENT_LIMIT()
    secret = client_secrets.draw(context) if generate_secret else client_secret
    complete = _complete(context, pool, settings, has_secret=secret is not None, doing="creating")
    return {"UserPoolClient": _described(_create(context, pool, complete, secret))}


@operation
def describe_user_pool_client(context: Context, *, user_pool_id: str, client_id: str) -> Response:
    """Get an app client with all settings and its secret."""
    return {"UserPoolClient": _described(lookup.client(context, lookup.pool(context, user_pool_id), client_id))}


@operation(settings=client_settings.MEMBERS)
def update_user_pool_client(
    context: Context,
    *,
    user_pool_id: str,
    client_id: str,
    publish_secrets_in_aws_secrets_manager: bool = False,
    **settings: Any,
) -> Response:
    """Replace the settings of an app client. Members that the request leaves out are reset, except the name."""
    _refuse_secrets_manager(publish_secrets_in_aws_secrets_manager)
    pool = lookup.pool(context, user_pool_id)
    client = lookup.client(context, pool, client_id)
    request = {**settings, "ClientName": settings.get("ClientName") or client.name}
    complete = _complete(context, pool, request, has_secret=bool(client.secrets), doing="updating")
    updated = replace(client, settings=complete, modified=context.now())
    context.table(CLIENTS).put(updated)
    return {"UserPoolClient": _described(updated)}


@operation
def delete_user_pool_client(context: Context, *, user_pool_id: str, client_id: str) -> Response:
    """Delete an app client, with its refresh tokens and sessions."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
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
    """List the ids and names of a pool's app clients, oldest first. None has the client type ``DCR``."""
    pool = lookup.pool(context, user_pool_id)
    found, token = page(
        lambda after: context.table(CLIENTS).page("pool", pool.id, after) if client_type != "DCR" else iter(()),
        max_results or _PAGE,
        next_token,
        f"ListUserPoolClients {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"UserPoolClients": [_listed(client) for client in found], "NextToken": token}


def _complete(
    context: Context, pool: UserPool, settings: Mapping[str, Any], *, has_secret: bool, doing: str
) -> dict[str, Any]:
    """All settings of a client, checked against the identity providers and the custom scopes that the pool has now."""
    return client_settings.complete(
        settings,
        pool,
        has_secret=has_secret,
        doing=doing,
        providers={"COGNITO", *(found.name for found in context.table(IDENTITY_PROVIDERS).owned(POOLS, pool.id))},
        scopes=client_scopes.custom_scopes(context, pool),
    )


def _refuse_secrets_manager(publish: bool) -> None:
    """Raise if the client's secrets are to be kept in Secrets Manager, where another service would rotate them."""
    if publish:
        raise Unsupported(
            "pytest-cognito does not know PublishSecretsInAWSSecretsManager=True yet; nothing was sent to AWS. "
            "Without it the secret is in the answer, as ClientSecret."
        )


def _create(context: Context, pool: UserPool, settings: Mapping[str, Any], secret: str | None) -> AppClient:
    now = context.now()
    pinned = context.pins.get("client")
    client_id = _draw_id(context) if pinned is None else _checked_id(context, pinned)
    secrets = () if secret is None else (client_secrets.new_secret(client_id, secret, now),)
    client = AppClient(client_id, pool.id, settings, secrets, now, now, context.world.store.serial())
    context.table(CLIENTS).put(client)
    return client


def _draw_id(context: Context) -> str:
    return context.world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS)


def _checked_id(context: Context, client_id: str) -> str:
    """Validate the pinned id of a new app client. It must not exist in any pool."""
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
