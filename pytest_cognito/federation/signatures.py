"""Verifying the signatures of JWTs (RFC 7515)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from pytest_cognito.federation import errors
from pytest_cognito.kernel.keys import SigningKey, is_signed

if TYPE_CHECKING:
    from jwt.algorithms import Algorithm

Keys: TypeAlias = Mapping[str, Any] | tuple[SigningKey, ...]
"""A JWK set, or the keys of an issuer that is in the same world."""

_KEY_TYPES = {"RS": "RSA", "ES": "EC"}
_ALGORITHMS = frozenset(f"{family}{bits}" for family in ("RS", "ES", "HS") for bits in (256, 384, 512))
_OWN_ALGORITHM = "RS256"
"""That of the keys of a world."""


def check(token: str, header: Mapping[str, Any], keys: Keys, secret: str | None = None) -> None:
    """Raise unless the signature of a token is right: by RS or ES with one of the keys, or by HS with the secret.

    The algorithm decides what the key can be: a public key is never the secret of an HMAC.
    """
    name = header.get("alg")
    if not isinstance(name, str) or name not in _ALGORITHMS or "crit" in header:
        raise errors.ID_TOKEN_ALGORITHM(algorithm=name)
    if isinstance(keys, tuple) and not name.startswith("HS"):
        if not _is_signed(_own_key(header, keys, name), token):
            raise errors.ID_TOKEN_SIGNATURE()
        return
    # Importing PyJWT is slow, and few tests need it.
    import jwt

    signed, _, signature = token.rpartition(".")
    algorithm = _algorithm(name)
    try:
        if isinstance(keys, tuple) or name.startswith("HS"):
            key: Any = _secret(secret, name)
        else:
            key = _listed_key(header, keys, name)
        # PyJWT's own decoding would warn of secrets that are short, which those of a test often are.
        right = algorithm.verify(signed.encode(), algorithm.prepare_key(key), _decoded(signature))
    except (jwt.PyJWTError, ValueError, TypeError):
        right = False
    if not right:
        raise errors.ID_TOKEN_SIGNATURE()


# An application presents the same token for its identity and, again, for credentials.
_is_signed = lru_cache(maxsize=64)(is_signed)


@cache
def _algorithm(name: str) -> Algorithm:
    from jwt.algorithms import get_default_algorithms

    return get_default_algorithms()[name]


def _secret(secret: str | None, algorithm: str) -> bytes:
    if not secret:
        raise errors.ID_TOKEN_ALGORITHM(algorithm=algorithm)
    return secret.encode()


def _own_key(header: Mapping[str, Any], keys: tuple[SigningKey, ...], algorithm: str) -> SigningKey:
    """The key of an issuer in the same world that a token names; raise without one."""
    kid = header.get("kid")
    named = next((key for key in keys if key.kid == kid), None)
    if named is None:
        raise errors.ID_TOKEN_KEY(kid=kid)
    if algorithm != _OWN_ALGORITHM:
        raise errors.ID_TOKEN_ALGORITHM(algorithm=algorithm)
    return named


def _listed_key(header: Mapping[str, Any], keys: Mapping[str, Any], algorithm: str) -> Any:
    """The key of a JWK set that a token names; raise without one, or if it is not for such signatures.

    AWS asks for a ``kid`` in keys and tokens. Here a token needs none where its provider has a single key, as simple
    providers for tests have (OpenID Connect Core, section 10.1).
    """
    import jwt

    kid, listed = header.get("kid"), keys.get("keys")
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
