"""Creating app clients: by an administrator, or by an application that registers itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.clients import client_scopes, client_secrets
from pytest_cognito.cognito_idp.records import CLIENTS, IDENTITY_PROVIDERS, LOCAL, POOLS, AppClient, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import Context

_ID = re.compile(r"[\w+]{1,128}", re.ASCII)
_ID_LENGTH = 26


def check_quota(context: Context, pool: UserPool) -> None:
    """Raise if a pool has as many app clients as it can have."""
    if context.table(CLIENTS).count("pool", pool.id) >= quotas.APP_CLIENTS:
        raise errors.CLIENT_LIMIT()


def complete(
    context: Context, pool: UserPool, settings: Mapping[str, Any], *, has_secret: bool, doing: str = "creating"
) -> dict[str, Any]:
    """All settings of a client, checked against the identity providers and the custom scopes that the pool has now."""
    return client_settings.complete(
        settings,
        pool,
        has_secret=has_secret,
        doing=doing,
        providers={LOCAL, *provider_names(context, pool)},
        scopes=client_scopes.custom_scopes(context, pool),
    )


def provider_names(context: Context, pool: UserPool) -> list[str]:
    """The names of the identity providers of a pool."""
    return [found.name for found in context.table(IDENTITY_PROVIDERS).owned(POOLS, pool.id)]


def create(
    context: Context, pool: UserPool, settings: Mapping[str, Any], secret: str | None, *, registered: bool = False
) -> AppClient:
    """Create an app client with complete settings. ``registered`` says that an application has registered it."""
    now = context.now()
    pinned = context.pins.get("client")
    client_id = _draw_id(context) if pinned is None else _checked_id(context, pinned)
    secrets = () if secret is None else (client_secrets.new_secret(client_id, secret, now),)
    client = AppClient(
        client_id, pool.id, settings, secrets, now, now, context.world.store.serial(), registered=registered
    )
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
