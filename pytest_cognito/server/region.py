"""The region of a call that says none: requests of signed-out users are not signed, and one server is all regions."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from ..cognito_idp.tables import CLIENTS, POOLS, SESSIONS
from ..world import World

Parameters = Mapping[str, Any]


def of(world: World, parameters: Parameters) -> str | None:
    """The region of what the parameters name: a pool, an app client, an access token, a session or an identity."""
    identity = parameters.get("IdentityPoolId") or parameters.get("IdentityId")
    if isinstance(identity, str):
        return identity.partition(":")[0] or None
    pool = world.store[POOLS].get(_pool_id(world, parameters))
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
    """The pool that a token says it is from. Whether that is so, the operation finds out."""
    try:
        payload = (token or "").split(".")[1]
        issuer = json.loads(base64.urlsafe_b64decode(payload + "=="))["iss"]
    except (IndexError, KeyError, TypeError, ValueError):
        return None
    return str(issuer).rpartition("/")[2]
