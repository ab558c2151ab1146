"""Explanations of errors about the tokens of a call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito import cognito_idp
from pytest_cognito.cognito_identity.explanations import pools
from pytest_cognito.cognito_identity.explanations.call_details import CallDetails
from pytest_cognito.federation.unverified import unverified_claims, unverified_header
from pytest_cognito.kernel.text import cut, first_few, plain, printable


def clients(details: CallDetails) -> Iterator[str]:
    """The providers and clients that the pool trusts, and, of an access token, that it is none."""
    yield from pools.providers(details)
    for key, claims in _tokens(details):
        if claims.get("token_use") == "access":
            yield f"the token of {plain(key)} is an access token: Logins take ID tokens"


def issuers(details: CallDetails) -> Iterator[str]:
    """The issuer that each token names, where it is another one than its key."""
    for key, claims in _tokens(details):
        if claims.get("iss") not in (key, f"https://{key}"):
            yield f"the token of {plain(key)} has iss {plain(claims.get('iss'))}; the key is iss without https://"


def signatures(details: CallDetails) -> Iterator[str]:
    """The key that each token names, and those that a user pool has."""
    for key, _ in _tokens(details):
        header = unverified_header(details.logins[key]) or {}
        kid = cut(printable(str(header.get("kid"))))
        yield f"the token of {plain(key)} names the key {kid} and {plain(header.get('alg'))}"
        pool = cognito_idp.provider_name(details.context.world, key)
        if pool is not None:
            keys = [each.kid for each in cognito_idp.id_token_keys(details.context.world, pool)]
            yield f"the key of {pool} for ID tokens is {first_few(keys)}" if keys else f"there is no user pool {pool}"


def expiry(details: CallDetails) -> Iterator[str]:
    """When each token was issued and has expired, and what time it is."""
    for key, claims in _tokens(details):
        times = ", ".join(f"{name} {_time(claims[name])}" for name in ("iat", "exp") if _is_time(claims.get(name)))
        yield f"the token of {plain(key)} has {times}; it is {_time(details.context.world.clock.timestamp())}"


def server_side_check(details: CallDetails) -> Iterator[str]:
    """What the check of the user pool has found: that the user is not there, or disabled, or has been signed out."""
    for key, claims in _tokens(details):
        pool = cognito_idp.provider_name(details.context.world, key)
        if pool is not None and not cognito_idp.is_active(details.context, pool, claims):
            user = plain(claims.get("cognito:username"))
            yield f"{user} of {pool} was deleted or disabled, or their sign-in was revoked; ServerSideTokenCheck asks"


def _tokens(details: CallDetails) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The keys of Logins whose tokens are JWTs, with the claims of these."""
    for key, token in details.logins.items():
        claims = unverified_claims(token) if isinstance(token, str) else None
        if claims is not None:
            yield key, claims


def _is_time(value: object) -> bool:
    return isinstance(value, int | float)


def _time(seconds: float) -> str:
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(" ", "seconds").removesuffix("+00:00")
    except (ValueError, OverflowError, OSError):
        return str(seconds)
