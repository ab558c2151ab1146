"""Verifying the JWTs that a front is given, of user pools of the world and of any other issuer.

What is refused says why by a `Reason`; each front has its own words for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.federation import issuers, signatures
from pytest_cognito.federation.signatures import Keys
from pytest_cognito.federation.unverified import unverified
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http import hosts
from pytest_cognito.kernel.faults import TimedOut
from pytest_cognito.world import World

_RSA = frozenset(("RS256", "RS384", "RS512"))


class Reason(Enum):
    """Why a token is refused."""

    MISSING = "there is no token"
    MALFORMED = "it is not a JWT"
    ALGORITHM = "its algorithm is not one that is accepted"
    ISSUER = "it is of another issuer"
    KEYS = "the keys of its issuer can not be had"
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
        """The scopes of ``scope`` or ``scp``: a list, or text with spaces between them. What is neither has none."""
        said = self.claims.get("scope", self.claims.get("scp"))
        if isinstance(said, str):
            return tuple(said.split())
        return tuple(each for each in said if isinstance(each, str)) if isinstance(said, list) else ()


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
    header, claims = _read(token)
    if check_issuer and claims.get("iss") != issuer:
        raise Refused(Reason.ISSUER, claims, f"{claims.get('iss')}, not {issuer}")
    keys = _keys_of(exchange, issuer, claims) if known is None else known
    if keys == ():
        raise Refused(Reason.KEY, claims, f"there is no user pool {issuer.rpartition('/')[2]}")
    if isinstance(keys, tuple) and header.get("kid") not in [key.kid for key in keys]:
        raise Refused(Reason.KEY, claims, str(header.get("kid")))
    try:
        signatures.check(token, header, keys)
    except AWSError as error:
        raise Refused(Reason.SIGNATURE, claims, error.message) from None
    _check_times(claims, exchange.now.timestamp())
    return Verified(header, claims)


_unverified = lru_cache(maxsize=64)(unverified)
"""A test sends the same token with several requests."""


def _read(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The header and the claims of a token of an algorithm that is taken."""
    if not token:
        raise Refused(Reason.MISSING)
    read = _unverified(token)
    if read is None or "=" in token:  # JWTs are encoded without padding (RFC 7515, section 2)
        raise Refused(Reason.MALFORMED)
    header, claims = read
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in _RSA:
        raise Refused(Reason.ALGORITHM, claims, str(algorithm))
    return header, claims


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    expires = claims.get("exp")
    if not isinstance(expires, int | float) or expires <= now:
        raise Refused(Reason.EXPIRED, claims)
    for name in ("nbf", "iat"):
        begins = claims.get(name)
        if isinstance(begins, int | float) and begins > now:
            raise Refused(Reason.EARLY, claims)


def _keys_of(exchange: Exchange, issuer: str, claims: Mapping[str, Any]) -> Keys:
    """The keys of an issuer: those of a user pool of the world, or else what its OpenID configuration leads to.

    Where that leads nowhere, nobody can tell whether a token is right, and it is `Refused`.
    """
    own = _pool_keys(exchange.world, issuer)
    if own is not None:
        return own
    try:
        with exchange.step() as context:
            return issuers.keys_of(context, issuer)
    except AWSError as error:
        raise Refused(Reason.KEYS, claims, error.message) from None
    except TimedOut as timed_out:
        raise Refused(Reason.KEYS, claims, str(timed_out)) from None


def is_pool(world: World, issuer: str) -> bool:
    """Whether an issuer is a user pool of the world."""
    return bool(_pool_keys(world, issuer))


def _pool_keys(world: World, issuer: str) -> Keys | None:
    """The keys of the user pool that an issuer is; none for a pool that is not there, None for another issuer."""
    pool_id = _pool_id(issuer, world.local_issuer)
    if pool_id is None:
        return None
    pool = world.store[cognito_idp.POOLS].get(pool_id)
    if pool is None or cognito_idp.issuer(pool, world.local_issuer) != issuer:
        return ()
    return cognito_idp.keys_of(world, pool)


@lru_cache(maxsize=64)
def _pool_id(issuer: str, local_issuer: str | None) -> str | None:
    """The id of the user pool that an issuer is by its address, whether it is there or not."""
    provider = issuer.partition("://")[2]
    host = hosts.find(provider.partition("/")[0])
    local = local_issuer is not None and issuer.startswith(f"{local_issuer}/")
    if not local and (host is None or host.service != "cognito-idp"):
        return None
    return provider.rpartition("/")[2]
