"""Verifying the JWTs of user pools that a request presents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import lookup, pool_keys
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.cognito_idp.rules.tokens import claims
from pytest_cognito.federation.unverified import unverified_claims, unverified_header
from pytest_cognito.world import Context

if TYPE_CHECKING:
    from jwt.types import Options

# Times are compared with the mocked clock. The API ignores an `aud` that a trigger has added.
_SIGNATURE_ONLY: Options = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
    "verify_sub": False,
    "verify_jti": False,
}


class TokenErrors(NamedTuple):
    """The errors of an operation for a token that is not one of a pool, has another signature, or has expired."""

    invalid: Callable[[], AWSError]
    signature: Callable[[], AWSError]
    expired: Callable[[], AWSError]


def verify(
    context: Context, token: str, token_use: str, names: tuple[str, ...], token_errors: TokenErrors
) -> tuple[UserPool, dict[str, Any]]:
    """The pool that has issued a token, and its claims; raise unless it is valid now.

    ``token_use`` is ``access`` or ``id``; ``names`` are claims that it must have, as strings.
    """
    pool, token_claims = _verified(context, token, token_errors)
    if token_claims.get("token_use") != token_use or not _is_well_formed(token_claims, names):
        raise token_errors.invalid()
    if context.world.clock.timestamp() >= token_claims["exp"]:
        raise token_errors.expired()
    return pool, token_claims


def _verified(context: Context, token: str, token_errors: TokenErrors) -> tuple[UserPool, dict[str, Any]]:
    """Verify the signature of a token and return the pool that has issued it, and its claims."""
    # Importing PyJWT is slow, and many tests present no token.
    import jwt

    header, unchecked = unverified_header(token), unverified_claims(token)
    if header is None or unchecked is None:
        raise token_errors.invalid()
    issuer = str(unchecked.get("iss", ""))
    pool = lookup.find_pool(context, issuer.rpartition("/")[2])
    if pool is None or issuer not in (claims.issuer(pool), claims.issuer(pool, context.world.local_issuer)):
        raise token_errors.invalid()
    key = pool_keys.keys_of(context.world, pool).find(str(header.get("kid", "")))
    if key is None:
        raise token_errors.signature()
    try:
        return pool, jwt.decode(token, key.public, algorithms=["RS256"], options=_SIGNATURE_ONLY)
    except jwt.PyJWTError:
        raise token_errors.signature() from None


def _is_well_formed(token: dict[str, Any], names: tuple[str, ...]) -> bool:
    """Whether the claims that are read here are of their types: a test may sign tokens with any."""
    return (
        isinstance(token.get("exp"), int | float)
        and isinstance(token.get("scope", ""), str)
        and all(isinstance(token.get(name), str) for name in names)
    )
