"""The region of a request that has no signature, such as SignUp or InitiateAuth, sent to a server for all regions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp.records import CLIENTS, POOLS, SESSIONS
from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.world import World

Parameters = Mapping[str, Any]


def region_of(world: World, parameters: Parameters) -> str | None:
    """The region of the app client, session, user pool or access token in the parameters of a request."""
    pool_id = _pool_id(world, parameters)
    pool = world.store[POOLS].get(pool_id) if pool_id else None
    return pool.region if pool else None


def _pool_id(world: World, parameters: Parameters) -> str | None:
    client = world.store[CLIENTS].get(parameters.get("ClientId"))
    if client is not None:
        return client.pool_id
    session = world.store[SESSIONS].get(parameters.get("Session"))
    if session is not None:
        return session.pool_id
    return parameters.get("UserPoolId") or _issuing_pool(parameters.get("AccessToken"))


def _issuing_pool(token: str | None) -> str | None:
    """The pool id in the ``iss`` of a token, without a check of the signature: the operation checks it."""
    claims = unverified_claims(token or "") or {}
    return str(claims.get("iss", "")).rpartition("/")[2]
