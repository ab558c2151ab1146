"""Verifying the ID tokens of OpenID Connect providers (OpenID Connect Core, section 3.1.3.7)."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules.tokens.unverified import unverified_claims, unverified_header

_KEY_TYPES = {"RS": "RSA", "ES": "EC"}
_ALGORITHMS = frozenset(f"{family}{bits}" for family in ("RS", "ES", "HS") for bits in (256, 384, 512))
_SKEW = dt.timedelta(minutes=5)
"""By how much the clock of a provider may be fast."""
_GOOGLE = "https://accounts.google.com"

Keys = Mapping[str, Any]
"""A JWK set."""


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
    _check_signature(token, header, keys, expected.secret)
    _check_issuer(claims.get("iss"), expected.issuer)
    _check_audience(claims, expected.client_id)
    _check_times(claims, expected.now.timestamp())
    if expected.nonce is not None and claims.get("nonce") != expected.nonce:
        raise errors.ID_TOKEN_NONCE()
    return claims


def _check_signature(token: str, header: Mapping[str, Any], keys: Keys, secret: str | None) -> None:
    """Raise unless a signature is right.

    The algorithm decides what the key can be: a public key is never the secret of an HMAC.
    """
    # Importing PyJWT is slow, and few tests need it.
    import jwt
    from jwt.algorithms import get_default_algorithms

    name = header.get("alg")
    if not isinstance(name, str) or name not in _ALGORITHMS or "crit" in header:
        raise errors.ID_TOKEN_ALGORITHM(algorithm=name)
    signed, _, signature = token.rpartition(".")
    algorithm = get_default_algorithms()[name]
    try:
        key = _secret(secret, name) if name.startswith("HS") else _public_key(header, keys, name)
        # PyJWT's own decoding would warn of secrets that are short, which those of a test often are.
        right = algorithm.verify(signed.encode(), algorithm.prepare_key(key), _decoded(signature))
    except (jwt.PyJWTError, ValueError, TypeError):
        right = False
    if not right:
        raise errors.ID_TOKEN_SIGNATURE()


def _secret(secret: str | None, algorithm: str) -> bytes:
    if not secret:
        raise errors.ID_TOKEN_ALGORITHM(algorithm=algorithm)
    return secret.encode()


def _public_key(header: Mapping[str, Any], keys: Keys, algorithm: str) -> Any:
    """The key that a token names; raise without one, or if it is not for such signatures.

    AWS asks for a ``kid`` in keys and tokens. Here a token needs none where its provider has a single key, as simple
    providers for tests have (OpenID Connect Core, section 10.1).
    """
    import jwt

    kid = header.get("kid")
    listed = keys.get("keys")
    found = [key for key in listed if isinstance(key, dict)] if isinstance(listed, list) else []
    named = next((key for key in found if isinstance(kid, str) and key.get("kid") == kid), None)
    if named is None and kid is None and len(found) == 1:
        named = found[0]
    if named is None:
        raise errors.ID_TOKEN_KEY(kid=kid)
    for_signatures = named.get("use", "sig") == "sig" and named.get("alg", algorithm) == algorithm
    if not for_signatures or named.get("kty") != _KEY_TYPES[algorithm[:2]]:
        raise errors.ID_TOKEN_ALGORITHM(algorithm=algorithm)
    return jwt.PyJWK(named, algorithm).key


def _decoded(signature: str) -> bytes:
    return base64.b64decode(signature + "=" * (-len(signature) % 4), altchars=b"-_", validate=True)


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
