"""Logins by the tokens of GetOpenIdTokenForDeveloperIdentity."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_identity import errors, keys
from pytest_cognito.cognito_identity.flows.logins import refusals
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import IdentityPool
from pytest_cognito.federation import open_id
from pytest_cognito.world import Context


def verify(context: Context, pool: IdentityPool, provider: str, token: str) -> ProvenLogin:
    """Verify a token that a developer has got for one of their users. Its subject is the id of the identity.

    The tokens of GetOpenIdToken, which a guest gets as well, are for STS alone.
    """
    try:
        unverified = open_id.read(token)
    except AWSError:
        raise errors.NO_COGNITO_TOKEN() from None
    if unverified.issuer != keys.issuer(pool.region):
        raise errors.NO_COGNITO_TOKEN()
    listed = [key.jwk for key in keys.keys_of_issuer(context.world, provider, pool.region)]
    with refusals.of_token(context, unverified):
        claims = open_id.verify(
            unverified,
            issuer=keys.issuer(pool.region),
            audiences=[pool.id],
            keys=lambda: {"keys": listed},
            now=context.now(),
        ).claims
    if not _is_of_developer(pool, claims["amr"]):
        raise errors.NO_COGNITO_TOKEN()
    proven, tags = claims["amr"][1:], claims.get(keys.TAGS, {}).get("principal_tags", {})
    return ProvenLogin(
        provider=provider,
        subject=claims["sub"],
        audience=pool.id,
        claims=claims,
        amr=tuple(proven),
        tags={key: values[0] for key, values in tags.items()},
    )


def _is_of_developer(pool: IdentityPool, amr: Sequence[str]) -> bool:
    """Whether a token's logins have one of the developer provider. Its name alone may be that of another entry."""
    return any(entry.startswith(f"{pool.developer_provider}:{pool.id}:") for entry in amr)
