"""Explanations of errors about identity pools and their providers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pytest_cognito.aws.values import application
from pytest_cognito.cognito_identity.explanations.call_details import CallDetails
from pytest_cognito.cognito_identity.records import POOLS
from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.kernel.text import first_few, plain

_FORM = "the name of a user pool is its issuer without https://, user_pool.provider_name"


def existing_pools(details: CallDetails) -> Iterator[str]:
    """The existing identity pools, and the region of the one in the call if that differs."""
    pools = list(details.context.table(POOLS))
    if not pools:
        yield "there are no identity pools here"
        return
    yield f"identity pools: {first_few(f'{pool.id} ({plain(pool.name)})' for pool in pools)}"
    if details.pool is not None and details.pool.region != details.call.region:
        yield f"{details.pool.id} is in {details.pool.region}; the call went to {details.call.region}"


def guests(details: CallDetails) -> Iterator[str]:
    """That the call has no Logins, and the pool no guests."""
    if details.pool is not None:
        yield f"the call has no Logins, and {details.pool.id} has AllowUnauthenticatedIdentities=False"


def providers(details: CallDetails) -> Iterator[str]:
    """The providers that the pool trusts, and the clients that the tokens of the call are for."""
    if details.pool is None:
        return
    settings = details.pool.settings
    trusted = [
        *(f"{each.get('ProviderName')} for {each.get('ClientId')}" for each in _of_user_pools(settings)),
        *(
            f"{name} for {application(client)}"
            for name, client in (settings.get("SupportedLoginProviders") or {}).items()
        ),
        *(settings.get("OpenIdConnectProviderARNs") or ()),
        *(settings.get("SamlProviderARNs") or ()),
    ]
    yield f"{details.pool.id} trusts {first_few(trusted) or 'no provider'}"
    for key, token in details.logins.items():
        claims = unverified_claims(token) if isinstance(token, str) else None
        yield f"the call has {plain(key)}" + (f" for {plain(claims.get('azp') or claims.get('aud'))}" if claims else "")


def without_providers(details: CallDetails) -> Iterator[str]:
    """How a pool gets a provider."""
    if details.pool is not None:
        yield (
            f"{details.pool.id} ({plain(details.pool.name)}) was created without: for the users of a user pool write "
            'CognitoIdentityProviders=[{"ProviderName": user_pool.provider_name, "ClientId": client.id}]'
        )


def names_of_user_pools(details: CallDetails) -> Iterator[str]:
    """Which name of a user pool is none, and what a name is like."""
    given = details.call.parameters.get("CognitoIdentityProviders")
    for name in (each.get("ProviderName") for each in given or ()):
        yield f"ProviderName {plain(name)}: {_FORM}"


def unknown_names(details: CallDetails) -> Iterator[str]:
    """Keys of Logins that are addresses, as an issuer is."""
    for name in details.logins:
        if "://" in name:
            yield f"Logins {plain(name)}: {_FORM}"


def _of_user_pools(settings: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return settings.get("CognitoIdentityProviders") or ()
