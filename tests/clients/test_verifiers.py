"""Libraries that verify a token by the pool's keys: PyJWT, joserfc, python-jose, cognitojwt and Authlib."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests

from tests.support.web_apps import REGION, SPOILED, needs

needs("authlib", "cognitojwt", "jose", "joserfc")

import cognitojwt
import joserfc.errors
import joserfc.jwt
from jose import jwt as jose_jwt
from jose.exceptions import JWTError
from joserfc.jwk import KeySet

from pytest_cognito import Tokens, UserPool

pytestmark = pytest.mark.filterwarnings("ignore:alru_cache detected event loop change")  # each test has a loop

Verify = Callable[[str, UserPool], dict[str, Any]]
"""Gives the claims of an ID token for the pool's app client, or raises what the library raises."""


def key_set(pool: UserPool) -> Any:
    return requests.get(pool.jwks_uri, timeout=5).json()


def by_pyjwt(token: str, pool: UserPool) -> dict[str, Any]:
    key = jwt.PyJWKClient(pool.jwks_uri).get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=["RS256"], audience=pool.client.id, issuer=pool.issuer)


def by_joserfc(token: str, pool: UserPool) -> dict[str, Any]:
    claims = joserfc.jwt.decode(token, KeySet.import_key_set(key_set(pool)), algorithms=["RS256"]).claims
    rules = joserfc.jwt.JWTClaimsRegistry(iss={"value": pool.issuer}, aud={"value": pool.client.id}, exp={})
    rules.validate(claims)
    return claims


def by_jose(token: str, pool: UserPool) -> dict[str, Any]:
    """Without the access token of which at_hash speaks it must be told not to look at that."""
    claims: dict[str, Any] = jose_jwt.decode(
        token,
        key_set(pool),
        algorithms=["RS256"],
        audience=pool.client.id,
        issuer=pool.issuer,
        options={"verify_at_hash": False},
    )
    return claims


def by_cognitojwt(token: str, pool: UserPool) -> dict[str, Any]:
    claims: dict[str, Any] = cognitojwt.decode(token, REGION, pool.id, app_client_id=pool.client.id)
    return claims


def by_cognitojwt_async(token: str, pool: UserPool) -> dict[str, Any]:
    decoded = cognitojwt.decode_async(token, REGION, pool.id, app_client_id=pool.client.id)
    claims: dict[str, Any] = asyncio.run(decoded)
    return claims


REFUSALS: dict[Verify, type[Exception]] = {
    by_pyjwt: jwt.InvalidTokenError,
    by_joserfc: joserfc.errors.JoseError,
    by_jose: JWTError,
    by_cognitojwt: cognitojwt.CognitoJWTException,
    by_cognitojwt_async: cognitojwt.CognitoJWTException,
}


@pytest.mark.parametrize("verify", REFUSALS)
def test_a_token(verify: Verify, cognito_user_pool: UserPool, cognito_tokens: Tokens) -> None:
    assert verify(cognito_tokens.id_token, cognito_user_pool) == cognito_tokens.id_claims


@pytest.mark.parametrize("spoil", SPOILED)
@pytest.mark.parametrize("verify", REFUSALS)
def test_spoiled_tokens(verify: Verify, cognito_user_pool: UserPool, cognito_tokens: Tokens, spoil: str) -> None:
    spoiled: Tokens = getattr(cognito_tokens, spoil)()
    with pytest.raises(REFUSALS[verify]):
        verify(spoiled.id_token, cognito_user_pool)
