"""OpenID configurations: the endpoints of a provider of the type OIDC that its details do not name.

AWS looks them up when a provider is created. Here that happens before the first sign-in that needs them, so that a
provider in a test that never signs in there need not be anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.records import IDENTITY_PROVIDERS, IdentityProvider, UserPool
from pytest_cognito.cognito_idp.rules.providers import provider_details
from pytest_cognito.federation import issuers
from pytest_cognito.world import Context, World

_NEEDED = ("authorize_url", "token_url", "jwks_uri")
_ADDRESSES = (*_NEEDED, "attributes_url")


def located(context: Context, pool: UserPool, provider: IdentityProvider) -> IdentityProvider:
    """A provider with the addresses of all its endpoints, which are kept. Raises if they can't be found out.

    The step is left while the provider is asked, as it is while a trigger runs.
    """
    if provider.type != "OIDC":
        return provider
    if not all(provider.details.get(name) for name in _NEEDED):
        with context.world.store.outside():
            configuration = _configuration(context.world, provider)
        lookup.check_still_there(context, pool)
        provider = lookup.identity_provider(context, pool, provider.name)
        found = provider_details.discovered(provider.details, configuration)
        if found:
            provider = replace(provider, details={**provider.details, **found})
            context.table(IDENTITY_PROVIDERS).put(provider)
    _check(provider)
    return provider


def _configuration(world: World, provider: IdentityProvider) -> dict[str, Any]:
    """The document that a test has published, or else the one that is there."""
    return issuers.configuration(world, provider.name, provider_details.discovery_url(provider.details))


def _check(provider: IdentityProvider) -> None:
    """Raise unless each address that a sign-in needs is known, and is one of HTTPS."""
    for name in _ADDRESSES:
        if name in _NEEDED or provider.details.get(name):
            issuers.check_address(provider.name, name, provider.details.get(name))
