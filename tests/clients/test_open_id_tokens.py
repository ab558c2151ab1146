"""Libraries that verify the token of an identity by the documents of its issuer: PyJWT, joserfc and python-jose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests

from tests.support.web_apps import needs

needs("jose", "joserfc")

import joserfc.errors
import joserfc.jwt
from jose import jwt as jose_jwt
from jose.exceptions import JWTError
from joserfc.jwk import KeySet

from pytest_cognito import Clock, IdentityPool

ISSUER = "https://cognito-identity.amazonaws.com"
Verify = Callable[[str, str], dict[str, Any]]
"""Gives the claims of a token for an identity pool, or raises what the library raises."""


def document() -> dict[str, Any]:
    found: dict[str, Any] = requests.get(f"{ISSUER}/.well-known/openid-configuration", timeout=5).json()
    return found


def keys() -> Any:
    return requests.get(document()["jwks_uri"], timeout=5).json()


def by_pyjwt(token: str, audience: str) -> dict[str, Any]:
    key = jwt.PyJWKClient(document()["jwks_uri"]).get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=["RS512"], audience=audience, issuer=document()["issuer"])


def by_joserfc(token: str, audience: str) -> dict[str, Any]:
    claims = joserfc.jwt.decode(token, KeySet.import_key_set(keys()), algorithms=["RS512"]).claims
    rules = joserfc.jwt.JWTClaimsRegistry(iss={"value": ISSUER}, aud={"value": audience}, exp={})
    rules.validate(claims)
    return claims


def by_jose(token: str, audience: str) -> dict[str, Any]:
    claims: dict[str, Any] = jose_jwt.decode(token, keys(), algorithms=["RS512"], audience=audience, issuer=ISSUER)
    return claims


REFUSALS: dict[Verify, type[Exception]] = {
    by_pyjwt: jwt.InvalidTokenError,
    by_joserfc: joserfc.errors.JoseError,
    by_jose: JWTError,
}


@pytest.mark.parametrize("verify", REFUSALS)
def test_a_token(cognito_identity_pool: IdentityPool, verify: Verify) -> None:
    guest = cognito_identity_pool.guest()
    token = guest.open_id_token()

    claims = verify(token, cognito_identity_pool.id)
    assert (claims["sub"], claims["amr"]) == (guest.id, ["unauthenticated"])
    head, body, signature = token.split(".")
    for spoiled in (f"{head}.{body}.{signature[::-1]}", f"{head}.{body[:-2]}AA.{signature}"):
        with pytest.raises(REFUSALS[verify]):
            verify(spoiled, cognito_identity_pool.id)
    with pytest.raises(REFUSALS[verify]):
        verify(token, "us-east-1:another")


@pytest.mark.parametrize("verify", REFUSALS)
@pytest.mark.cognito(now="2030-01-01T12:00Z")
def test_an_expired_token(cognito_identity_pool: IdentityPool, cognito_clock: Clock, verify: Verify) -> None:
    token = cognito_identity_pool.guest().open_id_token()
    cognito_clock.advance(minutes=9)
    assert verify(token, cognito_identity_pool.id)
    cognito_clock.advance(minutes=2)
    with pytest.raises(REFUSALS[verify]):
        verify(token, cognito_identity_pool.id)
