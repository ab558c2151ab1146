"""Operations on the secrets of app clients, which can have two at a time for rotation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.clients import client_secrets
from pytest_cognito.cognito_idp.records import CLIENTS, ClientSecret
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.world import Context


@operation
def add_user_pool_client_secret(
    context: Context, *, user_pool_id: str, client_id: str, client_secret: str | None = None
) -> Response:
    """Add a second secret to an app client. Only this response has the value, and only if it was generated."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
    if client.registered:
        raise errors.CLIENT_REGISTERED(client_id=client.id)
    if not client.secrets:
        raise errors.CLIENT_WITHOUT_SECRET(client_id=client.id)
    if len(client.secrets) >= quotas.CLIENT_SECRETS:
        raise errors.CLIENT_SECRET_LIMIT()
    now = context.now()
    value = client_secret or client_secrets.draw(context)
    secret = client_secrets.new_secret(client.id, value, now, client.secrets)
    context.table(CLIENTS).put(replace(client, secrets=(*client.secrets, secret), modified=now))
    generated = None if client_secret else value
    return {"ClientSecretDescriptor": {**_described(secret), "ClientSecretValue": generated}}


@operation
def list_user_pool_client_secrets(
    context: Context, *, user_pool_id: str, client_id: str, next_token: str | None = None
) -> Response:
    """List the secrets of an app client, oldest first, without values. There is always one page."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
    if next_token is not None:
        raise errors.PAGINATION_TOKEN_INVALID()
    return {"ClientSecrets": [_described(secret) for secret in client.secrets]}


@operation
def delete_user_pool_client_secret(
    context: Context, *, user_pool_id: str, client_id: str, client_secret_id: str
) -> Response:
    """Delete a secret of an app client; raise if it is the last one."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
    remaining = tuple(secret for secret in client.secrets if secret.id != client_secret_id)
    if len(remaining) == len(client.secrets):
        raise errors.CLIENT_SECRET_NOT_FOUND(secret_id=client_secret_id)
    if not remaining:
        raise errors.LAST_CLIENT_SECRET()
    context.table(CLIENTS).put(replace(client, secrets=remaining, modified=context.now()))
    return {}


def _described(secret: ClientSecret) -> dict[str, Any]:
    return {"ClientSecretId": secret.id, "ClientSecretCreateDate": secret.created}
