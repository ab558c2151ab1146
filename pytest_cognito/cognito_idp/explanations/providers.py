"""Explanations of errors about identity providers, and about the scopes of resource servers."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.flows.clients import client_scopes
from pytest_cognito.cognito_idp.records import IDENTITY_PROVIDERS, POOLS
from pytest_cognito.kernel.text import first_few, plain


def existing_providers(details: CallDetails) -> Iterator[str]:
    """The identity providers of the pool."""
    if details.pool is not None:
        found = details.table(IDENTITY_PROVIDERS).owned(POOLS, details.pool.id)
        names = first_few(plain(provider.name) for provider in found)
        yield f"identity providers of {details.pool.id}: {names or 'none'}"


def custom_scopes(details: CallDetails) -> Iterator[str]:
    """The scopes of the pool's resource servers."""
    if details.pool is not None:
        known = client_scopes.custom_scopes(details.context, details.pool)
        scopes = first_few(plain(scope) for scope in sorted(known) if not scope.startswith("aws.cognito"))
        yield f"custom scopes of {details.pool.id}: {scopes or 'none'}"
