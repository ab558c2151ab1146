"""ID tokens that users present to another service: identity pools, which exchange them for an identity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import pool_keys
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.records import GRANTS, POOLS, USERS, UserPool
from pytest_cognito.cognito_idp.rules.tokens import claims
from pytest_cognito.http import hosts
from pytest_cognito.kernel.keys import SigningKey
from pytest_cognito.world import Context, World


def provider_name(world: World, key: str) -> str | None:
    """The name of the user pool that a key of Logins means: the issuer of its tokens without ``https://``.

    It is the key itself; or AWS's name for a pool whose tokens name a loopback server as their issuer, with or without
    its scheme. ``None``: the key means no user pool.
    """
    if world.local_issuer is not None:
        server = f"{world.local_issuer.partition('://')[2]}/"
        address = key.partition("://")[2] or key
        pool = world.store[POOLS].get(address.removeprefix(server)) if address.startswith(server) else None
        if pool is not None:
            return claims.issuer(pool).removeprefix("https://")
    host = hosts.find(key.partition("/")[0])
    return key if host is not None and host.service == "cognito-idp" and host.region else None


def issuer_of(world: World, provider: str, claim: str) -> str:
    """The issuer that tokens of the user pool with a name have: its address, or that of a loopback server.

    ``claim`` is what a token says: of several that a pool may have it is the one to expect.
    """
    pool = _pool(world, provider)
    local = None if pool is None or world.local_issuer is None else claims.issuer(pool, world.local_issuer)
    return local if local is not None and local == claim else f"https://{provider}"


def id_token_keys(world: World, provider: str) -> tuple[SigningKey, ...]:
    """The key that signs the ID tokens of the user pool with a name; none for a pool that is not there."""
    pool = _pool(world, provider)
    return () if pool is None else (pool_keys.keys_of(world, pool).id,)


def is_active(context: Context, provider: str, token: Mapping[str, Any]) -> bool:
    """Whether the user of an ID token is there and enabled, and their sign-in has not been revoked.

    ``token`` has the claims of the token.
    """
    pool = _pool(context.world, provider)
    user = pool and context.table(USERS).find("names", (pool.id, pool.fold(str(token.get("sub", "")))))
    if not user or not user.enabled:
        return False
    origin = context.table(GRANTS).get(str(token.get("origin_jti", "")))
    grant = origin or access.grant_of(context, str(token.get("event_id", "")))
    return grant is not None and not grant.revoked


def _pool(world: World, provider: str) -> UserPool | None:
    """The user pool with a name. An identity pool may be in another region."""
    pool = world.store[POOLS].get(provider.rpartition("/")[2])
    if pool is None or f"https://{provider}" == claims.issuer(pool):
        return pool
    return pool if provider == f"{hosts.endpoint('cognito-idp', pool.primary_region)}/{pool.id}" else None
