"""A pool's OpenID documents: its public keys, and its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..cognito_idp.records import UserPool
from ..cognito_idp.rules import claims
from ..cognito_idp.tables import POOLS
from ..world import World

Document = Mapping[str, Any]


def pool(world: World, pool_id: str, region: str | None) -> UserPool | None:
    """The pool of an id; in this region, where the host of the request says one."""
    found = world.store[POOLS].get(pool_id)
    return found if found is not None and region in (None, found.region) else None


def jwks(world: World, of: UserPool) -> Document:
    """The keys that a pool signs with: the one of ID tokens and the one of access tokens."""
    pair = world.keys.pair(of.id, pinned=of.pinned)
    return {"keys": [pair.id.jwk, pair.access.jwk]}


def openid_configuration(_: World, of: UserPool) -> Document:
    """What OpenID Connect Discovery 1.0 asks for.

    A pool without a domain has its endpoints below the issuer, where AWS lists them and serves none. PKCE works and is
    not advertised.
    """
    issuer = claims.issuer(of)
    domain = _domain(of)
    endpoints = f"https://{domain}/oauth2" if domain else issuer
    return {
        "authorization_endpoint": f"{endpoints}/authorize",
        "end_session_endpoint": f"https://{domain}/logout" if domain else f"{issuer}/logout",
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "response_types_supported": ["code", "token"],
        "revocation_endpoint": f"{endpoints}/revoke",
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint": f"{endpoints}/token",
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "userinfo_endpoint": f"{endpoints}/userInfo",
    }


def _domain(of: UserPool) -> str | None:
    """The host of a pool's pages. Of a pool with two domains, only the custom one is advertised."""
    custom, prefix = of.settings.get("CustomDomain"), of.settings.get("Domain")
    return custom or (f"{prefix}.auth.{of.region}.amazoncognito.com" if prefix else None)
