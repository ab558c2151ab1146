"""What independent JWT libraries make of ID and access tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests
from joserfc import errors as jose_errors
from joserfc import jwt as jose
from joserfc.jwk import KeySet

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.app import PASSWORD


def with_pyjwt(pool: UserPool, token: str) -> dict[str, Any]:
    keys = jwt.PyJWKSet.from_dict(requests.get(pool.jwks_uri, timeout=5).json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], audience=pool.client.id, issuer=pool.issuer)
    return claims


def with_joserfc(pool: UserPool, token: str) -> dict[str, Any]:
    keys = KeySet.import_key_set(requests.get(pool.jwks_uri, timeout=5).json())
    decoded = jose.decode(token, keys, algorithms=["RS256"])
    registry = jose.JWTClaimsRegistry(
        iss={"essential": True, "value": pool.issuer}, aud={"essential": True, "value": pool.client.id}
    )
    registry.validate(decoded.claims)
    return dict(decoded.claims)


LIBRARIES = pytest.mark.parametrize("verify", [with_pyjwt, with_joserfc])
REFUSALS = (jwt.PyJWTError, KeyError, jose_errors.JoseError, ValueError)
Verify = Callable[[UserPool, str], dict[str, Any]]


@LIBRARIES
def test_an_id_token_is_accepted(pool: UserPool, alice: User, verify: Verify) -> None:
    assert verify(pool, alice.sign_in().id_token)["cognito:username"] == "alice"


@LIBRARIES
@pytest.mark.parametrize("spoil", ["tampered", "expired", "wrong_audience", "wrong_issuer", "swapped"])
def test_a_spoiled_id_token_is_refused(pool: UserPool, alice: User, verify: Verify, spoil: str) -> None:
    spoiled = getattr(alice.sign_in(), spoil)()
    with pytest.raises(REFUSALS):
        verify(pool, spoiled.id_token)


@LIBRARIES
def test_a_token_of_another_pool_is_refused(cognito: Cognito, pool: UserPool, verify: Verify) -> None:
    other = cognito.create_user_pool()
    other.create_user("alice", email="alice@example.com")
    with pytest.raises(REFUSALS):
        verify(pool, other.tokens_for("alice").id_token)


def test_the_keys_of_two_pools_differ_whatever_the_kid_says(cognito: Cognito, pool: UserPool) -> None:
    other = cognito.create_user_pool()
    other.create_user("alice", email="alice@example.com")
    token = other.tokens_for("alice").access_token
    for key in requests.get(pool.jwks_uri, timeout=5).json()["keys"]:
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"])


def test_a_token_of_the_password_sign_in_says_when_it_expires(cognito: Cognito, pool: UserPool, alice: User) -> None:
    cognito.clock.advance(hours=-2)
    token = alice.sign_in(PASSWORD).id_token
    with pytest.raises(jwt.ExpiredSignatureError):
        with_pyjwt(pool, token)
