"""The keys that sign the tokens of identity pools: one for each region, which all pools there have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pytest_cognito.cognito_identity.records import POOLS
from pytest_cognito.federation.unverified import unverified_claims, unverified_header
from pytest_cognito.http import hosts
from pytest_cognito.kernel.keys import SigningKey, base64url, is_signed
from pytest_cognito.world import World

TAGS = "https://aws.amazon.com/tags"
"""The claim for the principal tags of a token."""
_ALGORITHM = "RS512"
_NUMBER = "1"  # AWS numbers the keys of a region
_JSON = json.JSONEncoder(separators=(",", ":"))


class IssuerKey(NamedTuple):
    """The key of a region, and the key id that tokens name it by: ``us-east-11``."""

    kid: str
    key: SigningKey

    @property
    def jwk(self) -> dict[str, str]:
        """The public key as the issuer's JWKS lists it."""
        return {**self.key.jwk, "alg": _ALGORITHM, "kid": self.kid}


def issuer(region: str) -> str:
    """The claim ``iss`` of the tokens of identity pools in a region."""
    return f"https://{hosts.identity_issuer(region)}"


def issuer_key(world: World, region: str) -> IssuerKey:
    """The key of a region. Every world has the same: verifiers keep the keys of an address."""
    return IssuerKey(f"{region}{_NUMBER}", world.keys.key(f"cognito-identity/{region}", "id", pinned=True))


def keys_of_issuer(world: World, host: str | None, region: str | None) -> list[IssuerKey]:
    """The keys that an issuer lists, which is known by its host: those of regions that have, or may have, pools.

    The host with a ``region`` that has no issuer of its own lists that region's.
    """
    regions = sorted({pool.region for pool in world.store[POOLS]} | {region or world.region})
    listed = [each for each in regions if host in (None, hosts.identity_issuer(each)) or each == region]
    return [issuer_key(world, each) for each in listed]


def sign(world: World, region: str, claims: Mapping[str, Any]) -> str:
    """A signed JWT with the header of AWS's."""
    key = issuer_key(world, region)
    signed = f"{_header(key.kid)}.{base64url(_JSON.encode(claims).encode())}"
    return f"{signed}.{base64url(key.key.sign(signed.encode(), _ALGORITHM))}"


@lru_cache(maxsize=64)
def _header(kid: str) -> str:
    return base64url(_JSON.encode({"kid": kid, "typ": "JWS", "alg": _ALGORITHM}).encode())


def signed_claims(world: World, token: str) -> Mapping[str, Any] | None:
    """The claims of a token that identity pools have signed, whether it has expired or not; None for any other."""
    header, claims = unverified_header(token), unverified_claims(token)
    if header is None or claims is None or header.get("alg") != _ALGORITHM:
        return None
    region = str(header.get("kid", "")).removesuffix(_NUMBER)
    if not region or claims.get("iss") != issuer(region) or not str(claims.get("sub", "")).startswith(f"{region}:"):
        return None
    return claims if is_signed(issuer_key(world, region).key, token, _ALGORITHM) else None
