"""The handles of tokens: those of a user, and the spoiled ones that a verifier must refuse."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
import requests

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.app import App
from tests.support.jwts import header


def verified(pool: UserPool, token: str, **options: Any) -> dict[str, Any]:
    keys = jwt.PyJWKSet.from_dict(requests.get(pool.jwks_uri, timeout=5).json())
    decoded: dict[str, Any] = jwt.decode(
        token, keys[header(token)["kid"]], algorithms=["RS256"], **{"issuer": pool.issuer, **options}
    )
    return decoded


@pytest.mark.needs("GetTokensFromRefreshToken")
def test_tokens_without_a_sign_in(cognito: Cognito, app: App, pool: UserPool) -> None:
    pool.create_client()
    cognito.calls.clear()
    tokens = pool.tokens_for("alice")
    assert len(cognito.calls) == 0
    assert app.idp.get_user(AccessToken=tokens.access_token)["Username"] == "alice"
    assert verified(pool, tokens.access_token)["scope"] == "aws.cognito.signin.user.admin"
    call = {"ClientId": pool.client.id, "RefreshToken": tokens.refresh_token}
    assert "IdToken" in app.call("get_tokens_from_refresh_token", **call)["AuthenticationResult"]


def test_tokens_with_scopes_and_claims(pool: UserPool) -> None:
    tokens = pool.tokens_for("alice", scopes=["notes/read", "notes/write"], claims={"custom:tenant": "t1"})
    assert tokens.claims["scope"] == "notes/read notes/write"
    assert tokens.claims["custom:tenant"] == tokens.id_claims["custom:tenant"] == "t1"
    assert verified(pool, tokens.id_token, audience=pool.client.id)["custom:tenant"] == "t1"


def test_tokens_for_another_client(pool: UserPool) -> None:
    first, second = pool.client, pool.create_client()
    assert pool.tokens_for("alice").claims["client_id"] == first.id
    assert pool.tokens_for("alice", client=second).id_claims["aud"] == second.id


def test_the_header_for_an_api(alice: User) -> None:
    tokens = alice.tokens()
    assert tokens.auth_header == {"Authorization": f"Bearer {tokens.access_token}"}


@pytest.mark.parametrize("validity", [1, 24])
def test_expired_tokens_are_rightly_signed_and_long_over(pool: UserPool, alice: User, validity: int) -> None:
    client = pool.create_client(AccessTokenValidity=validity, IdTokenValidity=validity)
    expired = pool.tokens_for("alice", client=client).expired()
    for token in (expired.access_token, expired.id_token):
        with pytest.raises(jwt.ExpiredSignatureError):
            verified(pool, token, leeway=3600, options={"verify_aud": False})
    assert expired.claims["exp"] - expired.claims["iat"] == validity * 3600


def test_tampered_tokens_have_another_sub_and_no_signature_for_it(pool: UserPool, alice: User) -> None:
    tampered = alice.tokens().tampered()
    assert tampered.claims["sub"] != alice.sub
    for token in (tampered.access_token, tampered.id_token):
        with pytest.raises(jwt.InvalidSignatureError):
            verified(pool, token, options={"verify_aud": False})


def test_tokens_for_another_audience(pool: UserPool, alice: User) -> None:
    other = alice.tokens().wrong_audience()
    with pytest.raises(jwt.InvalidAudienceError):
        verified(pool, other.id_token, audience=pool.client.id)
    assert verified(pool, other.access_token)["client_id"] != pool.client.id
    assert alice.tokens().wrong_audience("mine").id_claims["aud"] == "mine"


def test_tokens_of_another_issuer(pool: UserPool, alice: User) -> None:
    other = alice.tokens().wrong_issuer()
    with pytest.raises(jwt.InvalidIssuerError):
        verified(pool, other.access_token)


def test_swapped_tokens(alice: User) -> None:
    swapped = alice.tokens().swapped()
    assert (swapped.claims["token_use"], swapped.id_claims["token_use"]) == ("id", "access")


def test_tokens_do_not_print_themselves(alice: User) -> None:
    tokens = alice.tokens()
    assert tokens.access_token not in repr(tokens)
