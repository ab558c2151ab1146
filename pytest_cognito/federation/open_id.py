"""Verifying a token of OpenID Connect that somebody presents: of a user pool, of Google, Apple or any other issuer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from pytest_cognito.federation import errors, signatures
from pytest_cognito.federation.signatures import Keys
from pytest_cognito.federation.unverified import unverified_claims, unverified_header
from pytest_cognito.federation.web_identity import WebIdentity

GOOGLE = "accounts.google.com"
APPLE = "appleid.apple.com"
SKEW = dt.timedelta(minutes=5)
"""By how much AWS's clock and that of an issuer may differ."""
_HTTPS = "https://"
_PUBLIC_KEYS = ("RS", "ES")


@dataclass(frozen=True)
class Unverified:
    """A JWT as it is read, of which nothing has been verified."""

    text: str
    header: Mapping[str, Any]
    claims: Mapping[str, Any]

    @cached_property
    def issuer(self) -> str:
        """The claim ``iss``, with the scheme that Google's tokens may leave out; empty if there is none."""
        issuer = self.claims.get("iss")
        found = issuer if isinstance(issuer, str) else ""
        return f"{_HTTPS}{found}" if found == GOOGLE else found

    @cached_property
    def provider(self) -> str:
        """The issuer as condition keys and Logins have it, without ``https://``."""
        return self.issuer.removeprefix(_HTTPS)

    @cached_property
    def audiences(self) -> tuple[str, ...]:
        """For whom the token is: the claim ``azp`` or, without one, ``aud``, which may be several."""
        party = self.claims.get("azp")
        named = self.claims.get("aud") if party is None else party
        listed = named if isinstance(named, list) else [named]
        return tuple(each for each in listed if isinstance(each, str) and each)

    @cached_property
    def expires(self) -> float:
        """The claim ``exp`` in seconds since the epoch; 0 without one."""
        return self._time("exp") or 0

    @cached_property
    def missing_claim(self) -> str | None:
        """A claim that AWS asks for and that the token does not have."""
        return next((name for name in ("aud", "sub", "exp") if not self.claims.get(name)), None)

    def _time(self, name: str) -> float | None:
        value = self.claims.get(name)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def has_expired(self, now: dt.datetime) -> bool:
        """Whether the token has expired by AWS's clock, which may be fast."""
        return not self.expires > (now - SKEW).timestamp()

    def is_early(self, now: dt.datetime) -> bool:
        """Whether the token is issued, or becomes valid, in the future."""
        latest = (now + SKEW).timestamp()
        return any((self._time(name) or 0) > latest for name in ("iat", "nbf"))


# An application presents the same token for its identity and, again, for credentials.
@lru_cache(maxsize=64)
def read(token: str) -> Unverified:
    """Read a JWT without verifying it; raise if it is none."""
    header, claims = unverified_header(token), unverified_claims(token)
    if header is None or claims is None:
        raise errors.ID_TOKEN_UNREADABLE()
    return Unverified(token, header, claims)


def verify(
    token: Unverified,
    *,
    issuer: str,
    audiences: Collection[str],
    keys: Callable[[], Keys],
    now: dt.datetime,
) -> WebIdentity:
    """The user whom a token tells of; raise unless the issuer has issued it, for one of the audiences, for now.

    The checks are made in this order: issuer, claims that are needed, audience, times, signature. ``issuer`` has its
    scheme. ``keys`` gives the issuer's keys, and is called last: it may ask for them (`issuers.keys_of`).
    """
    identity = claimed(token, issuer=issuer, audiences=audiences, now=now)
    check_signature(token, keys)
    return identity


def claimed(token: Unverified, *, issuer: str, audiences: Collection[str], now: dt.datetime) -> WebIdentity:
    """The user whom a token tells of if its signature is right, which is still to be verified; see `verify`."""
    if token.issuer != issuer:
        raise errors.ID_TOKEN_ISSUER(issuer=token.claims.get("iss"))
    if token.missing_claim is not None:
        raise errors.ID_TOKEN_CLAIM_MISSING(claim=token.missing_claim)
    audience = next((each for each in token.audiences if each in audiences), None)
    if audience is None:
        raise errors.ID_TOKEN_AUDIENCE(audience=token.claims["aud"])
    if token.has_expired(now):
        raise errors.ID_TOKEN_EXPIRED()
    if token.is_early(now):
        raise errors.ID_TOKEN_EARLY()
    return WebIdentity(token.provider, str(token.claims["sub"]), audience, token.claims)


def check_signature(token: Unverified, keys: Callable[[], Keys]) -> None:
    """Raise unless a token is signed with a public key of its issuer. ``keys`` gives them."""
    algorithm = token.header.get("alg")
    if not str(algorithm).startswith(_PUBLIC_KEYS):
        raise errors.ID_TOKEN_ALGORITHM(algorithm=algorithm)
    signatures.check(token.text, token.header, keys())
