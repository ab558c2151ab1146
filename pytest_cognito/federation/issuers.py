"""What the issuers of OpenID Connect publish: their configuration, and the keys that sign their tokens."""

from __future__ import annotations

from typing import Any

from pytest_cognito.federation import addresses, asking, documents, errors, open_id
from pytest_cognito.federation.signatures import Keys
from pytest_cognito.world import Context, World

_OK = 200
_PUBLIC = (f"https://{open_id.GOOGLE}", f"https://{open_id.APPLE}")
"""They have tokens in tests only by simulation: no test asks the real ones."""
_CONFIGURATION = "/.well-known/openid-configuration"


def keys_of(context: Context, issuer: str) -> Keys:
    """The keys of an issuer, an address such as ``https://accounts.google.com``, as its configuration names them.

    The step is left while it is asked: look again at what you had looked up.
    """
    url = f"{issuer.removesuffix('/')}{_CONFIGURATION}"
    if issuer in _PUBLIC:
        asking.check_answered_here(url)
    with context.world.store.outside():
        found = configuration(context.world, issuer, url)
        address = found.get("jwks_uri")
        keys_url = check_address(issuer, "jwks_uri", address if isinstance(address, str) else None)
        return keys_at(context.world, issuer, keys_url)


def configuration(world: World, provider: str, url: str) -> dict[str, Any]:
    """The OpenID configuration at an address: what a test has published there, or what is there.

    ``provider`` is the name that errors have. No step may be open.
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
    """The JWK set at an address. No step may be open."""
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
