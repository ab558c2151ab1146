"""Verifying the ID tokens of OpenID Connect providers (OpenID Connect Core, section 3.1.3.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.federation import errors, signatures
from pytest_cognito.federation.signatures import Keys
from pytest_cognito.federation.unverified import unverified_claims, unverified_header

_SKEW = dt.timedelta(minutes=5)
"""By how much the clock of a provider may be fast."""
_GOOGLE = "https://accounts.google.com"


class Expected(NamedTuple):
    """What an ID token must say. ``secret`` is the client's, with which tokens may be signed. ``nonce`` may be None."""

    issuer: str
    client_id: str
    secret: str | None
    nonce: str | None
    now: dt.datetime


def needs_keys(token: str) -> bool:
    """Whether the signature of a token is to be verified with a key of the provider, and not with the secret."""
    header = unverified_header(token)
    return header is None or not str(header.get("alg", "")).startswith("HS")


def verify(token: str, keys: Keys, expected: Expected) -> dict[str, Any]:
    """The claims of an ID token; raise unless the provider has issued it, for this client, and it is valid now."""
    header, claims = unverified_header(token), unverified_claims(token)
    if header is None or claims is None:
        raise errors.ID_TOKEN_UNREADABLE()
    signatures.check(token, header, keys, expected.secret)
    _check_issuer(claims.get("iss"), expected.issuer)
    _check_audience(claims, expected.client_id)
    _check_times(claims, expected.now.timestamp())
    if expected.nonce is not None and claims.get("nonce") != expected.nonce:
        raise errors.ID_TOKEN_NONCE()
    return claims


def _check_issuer(issuer: object, expected: str) -> None:
    # Google's tokens may name it without the scheme.
    known = {expected, expected.partition("://")[2]} if expected == _GOOGLE else {expected}
    if issuer not in known:
        raise errors.ID_TOKEN_ISSUER(issuer=issuer)


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", client_id if len(audiences) == 1 else None)
    if client_id not in audiences or party != client_id:
        raise errors.ID_TOKEN_AUDIENCE(audience=audience)


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    if not _time(claims, "exp", now) > now:
        raise errors.ID_TOKEN_EXPIRED()
    latest = now + _SKEW.total_seconds()
    if any(_time(claims, name, latest) > latest for name in ("iat", "nbf") if name in claims):
        raise errors.ID_TOKEN_EARLY()


def _time(claims: Mapping[str, Any], name: str, otherwise: float) -> float:
    value = claims.get(name)
    return value if isinstance(value, int | float) else otherwise
