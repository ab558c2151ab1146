"""Operations on app clients."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.clients import client_secrets, creation
from pytest_cognito.cognito_idp.records import CLIENTS, AppClient
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import Context

_PAGE = 60


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
    creation.check_quota(context, pool)
    secret = client_secrets.draw(context) if generate_secret else client_secret
    complete = creation.complete(context, pool, settings, has_secret=secret is not None)
    return {"UserPoolClient": _described(creation.create(context, pool, complete, secret))}


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
    complete = creation.complete(context, pool, request, has_secret=bool(client.secrets), doing="updating")
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
    """List the ids and names of a pool's app clients, oldest first: all, or those of one client type."""
    pool = lookup.pool(context, user_pool_id)
    found, token = page(
        lambda after: (
            (position, client)
            for position, client in context.table(CLIENTS).page("pool", pool.id, after)
            if client_type in (None, client.type)
        ),
        max_results or _PAGE,
        next_token,
        f"ListUserPoolClients {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"UserPoolClients": [_listed(client) for client in found], "NextToken": token}


def _refuse_secrets_manager(publish: bool) -> None:
    """Raise if the client's secrets are to be kept in Secrets Manager, where another service would rotate them."""
    if publish:
        raise Unsupported(
            "pytest-cognito does not know PublishSecretsInAWSSecretsManager=True yet; nothing was sent to AWS. "
            "Without it the secret is in the answer, as ClientSecret."
        )


def _described(client: AppClient) -> dict[str, Any]:
    return {
        "UserPoolId": client.pool_id,
        "ClientId": client.id,
        "ClientSecret": client.secrets[0].value if client.secrets else None,
        "CreationDate": client.created,
        "LastModifiedDate": client.modified,
        "ClientType": client.type,
        **client.settings,
    }


def _listed(client: AppClient) -> dict[str, Any]:
    return {"ClientId": client.id, "UserPoolId": client.pool_id, "ClientName": client.name}
