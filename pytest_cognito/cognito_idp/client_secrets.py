"""The secrets of an app client: up to two at a time, so that one can take over from the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .flows import client_secrets
from .records import ClientSecret
from .tables import CLIENTS

_MOST = 2


@operation
def add_user_pool_client_secret(
    context: Context, *, user_pool_id: str, client_id: str, client_secret: str | None = None
) -> Response:
    """Give a client a second secret, drawn or the caller's own. A drawn one is told here and never again."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
    if not client.secrets:
        raise errors.CLIENT_WITHOUT_SECRET(client_id=client.id)
    if len(client.secrets) >= _MOST:
        raise errors.CLIENT_SECRET_LIMIT()
    now = context.now()
    value = client_secret or client_secrets.draw(context)
    secret = client_secrets.made(client.id, value, now, client.secrets)
    context.table(CLIENTS).put(replace(client, secrets=(*client.secrets, secret), modified=now))
    drawn = None if client_secret else value
    return {"ClientSecretDescriptor": {**_described(secret), "ClientSecretValue": drawn}}


@operation
def list_user_pool_client_secrets(
    context: Context, *, user_pool_id: str, client_id: str, next_token: str | None = None
) -> Response:
    """The secrets of a client, oldest first, without their values. There is never a second page."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
    if next_token is not None:
        raise errors.PAGINATION_TOKEN_INVALID()
    return {"ClientSecrets": [_described(secret) for secret in client.secrets]}


@operation
def delete_user_pool_client_secret(
    context: Context, *, user_pool_id: str, client_id: str, client_secret_id: str
) -> Response:
    """Take a secret from a client, but not its last."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
    kept = tuple(secret for secret in client.secrets if secret.id != client_secret_id)
    if len(kept) == len(client.secrets):
        raise errors.CLIENT_SECRET_NOT_FOUND(secret_id=client_secret_id)
    if not kept:
        raise errors.LAST_CLIENT_SECRET()
    context.table(CLIENTS).put(replace(client, secrets=kept, modified=context.now()))
    return {}


def _described(secret: ClientSecret) -> dict[str, Any]:
    return {"ClientSecretId": secret.id, "ClientSecretCreateDate": secret.created}
