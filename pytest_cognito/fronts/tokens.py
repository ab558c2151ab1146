"""Verifying the JWTs that a front is given, of user pools of the world and of any other issuer.

What is refused says why by a `Reason`; each front has its own words for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.federation import issuers, signatures
from pytest_cognito.federation.signatures import Keys
from pytest_cognito.federation.unverified import unverified_claims, unverified_header
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http import hosts
from pytest_cognito.world import World

_RSA = frozenset(("RS256", "RS384", "RS512"))


class Reason(Enum):
    """Why a token is refused."""

    MISSING = "there is no token"
    MALFORMED = "it is not a JWT"
    ALGORITHM = "its algorithm is not one that is accepted"
    ISSUER = "it is of another issuer"
    KEY = "its issuer has no such key"
    SIGNATURE = "its signature is wrong"
    EXPIRED = "it has expired"
    EARLY = "it is not valid yet"
    AUDIENCE = "it is for another audience"
    USE = "it is not the kind of token that is asked for"
    SCOPE = "it has none of the scopes that are asked for"


class Refused(Exception):
    """A token that is refused. ``claims`` are what it says, where it can be read; ``detail`` is for the report."""

    def __init__(self, reason: Reason, claims: Mapping[str, Any] | None = None, detail: str = "") -> None:
        super().__init__(f"{reason.value}{f': {detail}' if detail else ''}")
        self.reason = reason
        self.claims = claims


@dataclass(frozen=True, slots=True)
class Verified:
    """A token that is right: its header and its claims, with the types of JSON."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]

    @property
    def use(self) -> str | None:
        """``id`` or ``access`` for tokens of user pools."""
        return self.claims.get("token_use")

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes of ``scope``, text with spaces between them, or of ``scp``, text or a list."""
        said = self.claims.get("scope", self.claims.get("scp", ()))
        return tuple(said.split()) if isinstance(said, str) else tuple(said)


def bearer(value: str | None) -> str:
    """The token of an ``Authorization`` header, with or without ``Bearer``; empty without one."""
    scheme, space, token = (value or "").strip().partition(" ")
    return token.strip() if space and scheme.lower() == "bearer" else scheme if not space else ""


def verify(
    exchange: Exchange, token: str, issuer: str, known: Keys | None = None, *, check_issuer: bool = True
) -> Verified:
    """The token, if the issuer (``https://…``, as tokens name it) has signed it and it is valid now; or `Refused`.

    ``known`` are the keys, for a front that is told where they are; by default they are those of the issuer. Without
    ``check_issuer`` the token may name another issuer than the one that has signed it. Whom the token is for, and its
    scopes, are for the caller to look at. No step may be open.
    """
    if not token:
        raise Refused(Reason.MISSING)
    header, claims = unverified_header(token), unverified_claims(token)
    if header is None or claims is None:
        raise Refused(Reason.MALFORMED)
    if header.get("alg") not in _RSA:
        raise Refused(Reason.ALGORITHM, claims, str(header.get("alg")))
    if check_issuer and claims.get("iss") != issuer:
        raise Refused(Reason.ISSUER, claims, f"{claims.get('iss')}, not {issuer}")
    keys = keys_of(exchange, issuer) if known is None else known
    if not any(key.kid == header.get("kid") for key in keys) if isinstance(keys, tuple) else False:
        raise Refused(Reason.KEY, claims, str(header.get("kid")))
    try:
        signatures.check(token, header, keys)
    except AWSError as error:
        raise Refused(Reason.SIGNATURE, claims, error.message) from None
    now = exchange.now.timestamp()
    expires = claims.get("exp")
    if not isinstance(expires, int | float) or expires <= now:
        raise Refused(Reason.EXPIRED, claims)
    if any(isinstance(claims.get(name), int | float) and claims[name] > now for name in ("nbf", "iat")):
        raise Refused(Reason.EARLY, claims)
    return Verified(header, claims)


def keys_of(exchange: Exchange, issuer: str) -> Keys:
    """The keys of an issuer: those of a user pool of the world, or else what its OpenID configuration leads to."""
    own = _pool_keys(exchange.world, issuer)
    if own is not None:
        return own
    with exchange.step() as context:
        return issuers.keys_of(context, issuer)


def is_pool(world: World, issuer: str) -> bool:
    """Whether an issuer is a user pool of the world."""
    return bool(_pool_keys(world, issuer))


def _pool_keys(world: World, issuer: str) -> Keys | None:
    """The keys of the user pool that an issuer is; none for a pool that is not there, None for another issuer."""
    provider = issuer.partition("://")[2]
    host = hosts.find(provider.partition("/")[0])
    local = world.local_issuer is not None and issuer.startswith(f"{world.local_issuer}/")
    if not local and (host is None or host.service != "cognito-idp"):
        return None
    pool = world.store[cognito_idp.POOLS].get(provider.rpartition("/")[2])
    if pool is None or cognito_idp.issuer(pool, world.local_issuer) != issuer:
        return ()
    pair = cognito_idp.keys_of(world, pool)
    return (pair.id, pair.access)
