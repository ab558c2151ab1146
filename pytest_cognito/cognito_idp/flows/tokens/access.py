"""Access tokens: checking them, and revoking all tokens of a user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors, pool_keys
from pytest_cognito.cognito_idp.records import (
    CLIENTS,
    GRANTS,
    POOLS,
    TOKEN_SETS,
    USERS,
    AppClient,
    Grant,
    User,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.tokens import claims
from pytest_cognito.cognito_idp.rules.tokens.unverified import unverified_claims, unverified_header
from pytest_cognito.world import Context

if TYPE_CHECKING:
    from jwt.types import Options

SCOPE = "aws.cognito.signin.user.admin"
# Times are compared with the mocked clock. The API ignores an `aud` that a trigger has added.
_SIGNATURE_ONLY: Options = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
    "verify_sub": False,
    "verify_jti": False,
}


class TokenHolder(NamedTuple):
    """The user who calls an operation with an access token, and the claims of the token."""

    pool: UserPool
    client: AppClient
    user: User
    grant: Grant
    claims: dict[str, Any]


def token_holder(
    context: Context,
    access_token: str,
    *,
    deleted: ErrorText = errors.USER_NOT_FOUND,
    reset: ErrorText = errors.RESET_REQUIRED,
    no_client: ErrorText = errors.CLIENT_NOT_FOUND,
) -> TokenHolder:
    """Check an access token and return the user it is for, or raise the error of AWS for the token.

    ``deleted`` is the operation's error for a user who was deleted, ``reset`` for one who must reset the password,
    ``no_client`` for a deleted app client.
    """
    pool, token = _verified(context, access_token)
    if token.get("token_use") != "access" or not _is_well_formed(token):
        raise errors.ACCESS_TOKEN_INVALID()
    if context.world.clock.timestamp() >= token["exp"]:
        raise errors.ACCESS_TOKEN_EXPIRED()
    if SCOPE not in token.get("scope", "").split():
        raise errors.ACCESS_TOKEN_SCOPE()
    client = context.table(CLIENTS).get(token["client_id"])
    if client is None:
        raise no_client(client_id=token["client_id"])
    user = context.table(USERS).find("names", (pool.id, pool.fold(token["sub"])))
    if user is None:
        raise deleted()
    token_set = context.table(TOKEN_SETS).get(token["event_id"])
    grant = context.table(GRANTS).get(token_set.grant_id) if token_set else None
    if grant is None:
        raise errors.ACCESS_TOKEN_REVOKED()
    _check_usable(user, grant, reset)
    return TokenHolder(pool, client, user, grant, token)


def revoke_all(context: Context, user: User) -> None:
    """Revoke all tokens of a user."""
    grants = context.table(GRANTS)
    for grant in grants.owned(USERS, (user.pool_id, user.key)):
        grants.put(replace(grant, revoked=True))


def _verified(context: Context, access_token: str) -> tuple[UserPool, dict[str, Any]]:
    """Verify the signature of a token and return the pool that has issued it, and its claims."""
    # Importing PyJWT is slow, and many tests use no access token.
    import jwt

    header, unchecked = unverified_header(access_token), unverified_claims(access_token)
    if header is None or unchecked is None:
        raise errors.ACCESS_TOKEN_INVALID()
    issuer = str(unchecked.get("iss", ""))
    pool = context.table(POOLS).get(issuer.rpartition("/")[2])
    if (
        pool is None
        or claims.issuer(pool) != issuer
        or (pool.region, pool.account) != (context.region, context.account)
    ):
        raise errors.ACCESS_TOKEN_INVALID()
    key = pool_keys.keys_of(context.world, pool).find(str(header.get("kid", "")))
    if key is None:
        raise errors.ACCESS_TOKEN_SIGNATURE()
    try:
        return pool, jwt.decode(access_token, key.public, algorithms=["RS256"], options=_SIGNATURE_ONLY)
    except jwt.PyJWTError:
        raise errors.ACCESS_TOKEN_SIGNATURE() from None


def _is_well_formed(token: Mapping[str, Any]) -> bool:
    """Whether the claims that are read here are of their types: a test may sign tokens with any."""
    return (
        isinstance(token.get("exp"), int | float)
        and isinstance(token.get("scope", ""), str)
        and all(isinstance(token.get(name), str) for name in ("client_id", "sub", "event_id"))
    )


def _check_usable(user: User, grant: Grant, reset: ErrorText) -> None:
    if not user.enabled:
        raise errors.USER_DISABLED()
    if grant.revoked:
        raise errors.ACCESS_TOKEN_REVOKED()
    if user.status == "RESET_REQUIRED":
        raise reset()
