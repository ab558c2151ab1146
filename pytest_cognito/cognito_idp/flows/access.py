"""Who calls: from an access token to its user, and the revocation of tokens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...aws.errors import ErrorText
from ...world import Context
from .. import errors
from ..records import AppClient, Grant, User, UserPool
from ..rules import claims
from ..tables import CLIENTS, GRANTS, ISSUES, POOLS, USERS

if TYPE_CHECKING:
    from jwt.types import Options

SCOPE = "aws.cognito.signin.user.admin"
_UNCHECKED: Options = {"verify_signature": False}
# Times are held against the world's clock, and an `aud` that a trigger added is not the API's concern.
_SIGNATURE_ONLY: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False}


@dataclass(frozen=True, slots=True)
class Caller:
    """The user who calls with an access token, and what the token says."""

    pool: UserPool
    client: AppClient
    user: User
    grant: Grant
    claims: dict[str, Any]


def of(
    context: Context,
    access_token: str,
    *,
    deleted: ErrorText = errors.USER_NOT_FOUND,
    reset: ErrorText = errors.RESET_REQUIRED,
) -> Caller:
    """The caller that an access token authorizes, or the error that AWS gives for the token.

    ``deleted`` is the operation's error for a user who is no longer there, ``reset`` for one who needs a new password.
    """
    pool, token = _verified(context, access_token)
    if token.get("token_use") != "access":
        raise errors.ACCESS_TOKEN_INVALID()
    if context.world.clock.timestamp() >= token["exp"]:
        raise errors.ACCESS_TOKEN_EXPIRED()
    if SCOPE not in token.get("scope", "").split():
        raise errors.ACCESS_TOKEN_SCOPE()
    client = context.table(CLIENTS).get(token["client_id"])
    if client is None:
        raise errors.CLIENT_NOT_FOUND(client_id=token["client_id"])
    user = context.table(USERS).find("names", (pool.id, pool.fold(token["sub"])))
    if user is None:
        raise deleted()
    issue = context.table(ISSUES).get(token["event_id"])
    grant = context.table(GRANTS).get(issue.grant_id) if issue else None
    if grant is None:
        raise errors.ACCESS_TOKEN_REVOKED()
    _check_usable(user, grant, reset)
    return Caller(pool, client, user, grant, token)


def revoke_all(context: Context, user: User) -> None:
    """Revoke every token of a user."""
    grants = context.table(GRANTS)
    for grant in [grant for _, grant in grants.page("user", (user.pool_id, user.key))]:
        grants.put(replace(grant, revoked=True))


def end_all(context: Context, user: User) -> None:
    """Forget every sign-in of a user: its tokens are nobody's from now on."""
    grants = context.table(GRANTS)
    for grant in [grant for _, grant in grants.page("user", (user.pool_id, user.key))]:
        grants.delete(grant.id)


def _verified(context: Context, access_token: str) -> tuple[UserPool, dict[str, Any]]:
    """The pool that issued a token, and the claims, once the signature has been checked with the pool's keys."""
    # Importing it takes longer than any call, and many tests never show us a token.
    import jwt

    try:
        kid = jwt.get_unverified_header(access_token).get("kid", "")
        unchecked = jwt.decode(access_token, options=_UNCHECKED)
    except jwt.PyJWTError:
        raise errors.ACCESS_TOKEN_INVALID() from None
    issuer = str(unchecked.get("iss", ""))
    pool = context.table(POOLS).get(issuer.rpartition("/")[2])
    if (
        pool is None
        or claims.issuer(pool) != issuer
        or (pool.region, pool.account) != (context.region, context.account)
    ):
        raise errors.ACCESS_TOKEN_INVALID()
    key = context.world.keys.pair(pool.id, pinned=pool.pinned).find(kid)
    if key is None:
        raise errors.ACCESS_TOKEN_SIGNATURE()
    try:
        return pool, jwt.decode(access_token, key.public, algorithms=["RS256"], options=_SIGNATURE_ONLY)
    except jwt.PyJWTError:
        raise errors.ACCESS_TOKEN_SIGNATURE() from None


def _check_usable(user: User, grant: Grant, reset: ErrorText) -> None:
    if not user.enabled:
        raise errors.USER_DISABLED()
    if grant.revoked:
        raise errors.ACCESS_TOKEN_REVOKED()
    if user.status == "RESET_REQUIRED":
        raise reset()
