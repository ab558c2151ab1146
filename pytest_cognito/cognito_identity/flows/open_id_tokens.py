"""Tokens of identity pools: OpenID Connect tokens for an identity, which STS exchanges for credentials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.cognito_identity import keys
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import Identity, IdentityPool
from pytest_cognito.world import Context

LIFETIME = 600  # seconds


def issue(
    context: Context,
    pool: IdentityPool,
    identity: Identity,
    proven: Sequence[ProvenLogin],
    *,
    lifetime: int = LIFETIME,
    tags: Mapping[str, str] | None = None,
) -> str:
    """A token for an identity that some logins have proven, valid for ``lifetime`` seconds.

    Its claim ``amr`` lists the logins of the call alone, not all that are linked to the identity. ``tags`` are the
    principal tags of the session that STS begins with it.
    """
    issuer, now = keys.issuer(pool.region), int(context.world.clock.timestamp())
    claims: dict[str, Any] = {
        "sub": identity.id,
        "aud": pool.id,
        "amr": amr(proven),
        "iss": issuer,
        f"{issuer}/identity-pool-arn": arn("cognito-identity", pool.region, pool.account, f"identitypool/{pool.id}"),
        "exp": now + lifetime,
        "iat": now,
    }
    if tags:
        claims[keys.TAGS] = {"principal_tags": {key: [value] for key, value in tags.items()}}
    return keys.sign(context.world, pool.region, claims)


def amr(proven: Sequence[ProvenLogin]) -> list[str]:
    """The claim ``amr``, and the condition key of that name, of an identity that some logins have proven."""
    if not proven:
        return ["unauthenticated"]
    return ["authenticated", *(entry for login in proven for entry in login.amr)]
