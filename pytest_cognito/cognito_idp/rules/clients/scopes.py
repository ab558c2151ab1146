"""The scopes that an app client gets in access tokens."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pytest_cognito.cognito_idp.records import AppClient
from pytest_cognito.cognito_idp.rules.clients.oauth_settings import STANDARD_SCOPES


def allowed(client: AppClient) -> tuple[str, ...]:
    """``AllowedOAuthScopes``: the scopes that the client may ask for, active or not."""
    return tuple(client.settings.get("AllowedOAuthScopes") or ())


def active(scopes: Iterable[str], custom: Collection[str]) -> tuple[str, ...]:
    """The scopes without inactive ones. ``custom`` are the custom scopes that the resource servers of the pool have.

    A scope that was deleted with its resource server, or from it, stays with the client, but is left out of tokens, and
    is back when it is created again.
    """
    return tuple(scope for scope in scopes if scope in STANDARD_SCOPES or scope in custom)
