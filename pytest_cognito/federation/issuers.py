"""What the issuers of OpenID Connect publish: their configuration, and the keys that sign their tokens.

No step may be open while they are asked.
"""

from __future__ import annotations

from typing import Any

from pytest_cognito.federation import addresses, asking, documents, errors
from pytest_cognito.federation.signatures import Keys
from pytest_cognito.world import World

_OK = 200
_CONFIGURATION = "/.well-known/openid-configuration"


def keys_of(world: World, issuer: str) -> Keys:
    """The keys of an issuer, an address such as ``https://accounts.google.com``, as its configuration names them."""
    found = configuration(world, issuer, f"{issuer.removesuffix('/')}{_CONFIGURATION}")
    url = found.get("jwks_uri")
    return keys_at(world, issuer, check_address(issuer, "jwks_uri", url if isinstance(url, str) else None))


def configuration(world: World, provider: str, url: str) -> dict[str, Any]:
    """The OpenID configuration at an address: what a test has published there, or what is there.

    ``provider`` is the name that errors have.
    """
    published = world.documents.get(url)
    if published is not None:
        return documents.openid_configuration(published)
    response = asking.ask(world, "GET", url)
    if response.status_code != _OK:
        raise errors.PROVIDER_REFUSED(
            provider=provider, status=response.status_code, problem="error getting OpenID configuration"
        )
    return asking.json_object(provider, response)


def keys_at(world: World, provider: str, url: str) -> dict[str, Any]:
    """The JWK set at an address."""
    response = asking.ask(world, "GET", url, timed_out=errors.KEYS_TIMEOUT)
    if response.status_code != _OK:
        raise errors.PROVIDER_REFUSED(provider=provider, status=response.status_code, problem="error getting jwks")
    return asking.json_object(provider, response)


def check_address(provider: str, name: str, address: str | None) -> str:
    """The address of an endpoint; raise unless it is known, and is one of HTTPS."""
    if not address:
        raise errors.PROVIDER_ADDRESS_UNKNOWN(provider=provider, name=name)
    if not addresses.is_secure(address):
        raise errors.PROVIDER_ADDRESS_INSECURE(provider=provider, name=name)
    return address
