"""Tokens of providers in one line, and spoiled ones, as independent verifiers see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests
from joserfc import jwk
from joserfc import jwt as joserfc_jwt
from joserfc.errors import JoseError

from pytest_cognito import Cognito, UsageError
from pytest_cognito.providers.jwt import ProviderToken

ISSUER = "https://accounts.google.com"
KEYS = "https://www.googleapis.com/oauth2/v3/certs"


@pytest.fixture
def token(cognito: Cognito) -> ProviderToken:
    return cognito.providers.google.token("1", email="a@example.com", audience="app", nonce="n", groups=["staff"])


def by_pyjwt(token: str) -> dict[str, Any]:
    key = jwt.PyJWKClient(KEYS).get_signing_key_from_jwt(token)
    claims: dict[str, Any] = jwt.decode(token, key, ["RS256"], audience="app", issuer=ISSUER)
    return claims


def test_a_token_is_valid_and_knows_its_claims(token: ProviderToken) -> None:
    claims = by_pyjwt(token)

    assert claims == token.claims
    assert claims.items() >= {"sub": "1", "email": "a@example.com", "nonce": "n", "groups": ["staff"]}.items()
    keys = jwk.KeySet.import_key_set(requests.get(KEYS, timeout=5).json())
    assert joserfc_jwt.decode(str(token), keys, ["RS256"]).claims == claims


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (ProviderToken.expired, jwt.ExpiredSignatureError),
        (ProviderToken.tampered, jwt.InvalidSignatureError),
        (ProviderToken.wrong_audience, jwt.InvalidAudienceError),
        (ProviderToken.wrong_issuer, jwt.InvalidIssuerError),
        (ProviderToken.wrong_signer, jwt.InvalidSignatureError),
    ],
)
def test_a_spoiled_token_is_refused_for_what_is_wrong(
    token: ProviderToken, spoil: Callable[[ProviderToken], ProviderToken], error: type[Exception]
) -> None:
    with pytest.raises(error):
        by_pyjwt(spoil(token))


def test_all_but_tampered_and_foreign_ones_have_a_valid_signature(token: ProviderToken) -> None:
    keys = jwk.KeySet.import_key_set(requests.get(KEYS, timeout=5).json())

    for spoiled in (token.expired(), token.wrong_audience(), token.wrong_issuer()):
        assert joserfc_jwt.decode(str(spoiled), keys, ["RS256"]).claims == spoiled.claims
    for spoiled in (token.tampered(), token.wrong_signer()):
        with pytest.raises(JoseError):
            joserfc_jwt.decode(str(spoiled), keys, ["RS256"])


def test_an_unsigned_token_says_so(token: ProviderToken) -> None:
    unsigned = token.unsigned()

    assert unsigned.endswith(".")
    assert jwt.get_unverified_header(unsigned) == {"alg": "none"}
    assert jwt.decode(unsigned, options={"verify_signature": False}, audience="app")["sub"] == "1"


def test_what_is_left_out_is_the_users(cognito: Cognito) -> None:
    google = cognito.providers.google
    google.add_user("1", email="a@example.com", name="Ann")

    assert google.token("1").claims.items() >= {"email": "a@example.com", "name": "Ann", "aud": "pytest"}.items()
    assert google.token("1", email="b@example.com").claims["email"] == "b@example.com"
    assert "email" not in google.token("2").claims


def test_times_are_those_of_the_clock(cognito: Cognito) -> None:
    cognito.clock.freeze("2031-05-01T12:00Z")

    claims = cognito.providers.google.token("1").claims

    assert (claims["iat"], claims["exp"]) == (1935403200, 1935406800)


def test_a_token_of_an_earlier_world_has_the_same_key(cognito: Cognito, token: ProviderToken) -> None:
    cognito.reset()

    assert cognito.providers.google.users == []
    assert by_pyjwt(token)["sub"] == "1"


@pytest.mark.parametrize("spoil", [ProviderToken.wrong_audience, ProviderToken.wrong_issuer])
def test_a_wrong_value_that_is_the_right_one_is_a_mistake(
    token: ProviderToken, spoil: Callable[[ProviderToken, str], ProviderToken]
) -> None:
    right = "app" if spoil is ProviderToken.wrong_audience else ISSUER
    with pytest.raises(UsageError, match="that the token has"):
        spoil(token, right)


@pytest.mark.parametrize(("sub", "email"), [("", None), (1, None), ("1", 2)])
def test_a_user_that_cannot_be_meant_is_a_mistake(cognito: Cognito, sub: Any, email: Any) -> None:
    with pytest.raises(UsageError, match=r"string,? such as"):
        cognito.providers.google.token(sub, email=email)
