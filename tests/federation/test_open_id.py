"""Tokens of OpenID Connect that somebody presents: which are believed, for whom, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from pytest_cognito import Cognito
from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.federation import errors, issuers, open_id
from pytest_cognito.federation.signatures import Keys
from pytest_cognito.federation.web_identity import WebIdentity
from pytest_cognito.kernel.keys import SigningKey
from tests.support.saml import key

ISSUER = "https://idp.example.com/realm"
NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
SECONDS = int(NOW.timestamp())
CLAIMS: dict[str, Any] = {"iss": ISSUER, "sub": "7", "aud": "app", "iat": SECONDS, "exp": SECONDS + 60}
CURVES: dict[str, ec.EllipticCurve] = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}


@cache
def curve(algorithm: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(CURVES[algorithm])


def private(algorithm: str) -> Any:
    return curve(algorithm) if algorithm in CURVES else key("idp").private


def jwks(algorithm: str) -> Keys:
    made: Any = ECAlgorithm if algorithm in CURVES else RSAAlgorithm
    return {"keys": [{**made.to_jwk(private(algorithm).public_key(), as_dict=True), "kid": "1", "use": "sig"}]}


def signed(algorithm: str = "RS256", **claims: Any) -> str:
    told = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    return jwt.encode(told, private(algorithm), algorithm, {"kid": "1"})


def verified(token: str, audiences: Iterable[str] = ("app",), keys: Keys | None = None, **given: Any) -> WebIdentity:
    wanted: dict[str, Any] = {"issuer": ISSUER, "now": NOW, **given}
    known = jwks("RS256") if keys is None else keys
    return open_id.verify(open_id.read(token), audiences=tuple(audiences), keys=lambda: known, **wanted)


def refused(token: str, *, keys: Keys | None = None, **given: Any) -> ErrorText | None:
    with pytest.raises(AWSError) as caught:
        verified(token, keys=keys, **given)
    return caught.value.kind


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"])
def test_signatures_that_aws_takes(algorithm: str) -> None:
    identity = verified(signed(algorithm, email="ann@example.com"), keys=jwks(algorithm))

    assert identity == WebIdentity("idp.example.com/realm", "7", "app", {**CLAIMS, "email": "ann@example.com"})


def test_keys_of_a_world() -> None:
    own = SigningKey(key("idp").private)
    token = jwt.encode(CLAIMS, own.private, "RS256", {"kid": own.kid})

    assert verified(token, keys=(own,)).subject == "7"
    assert refused(signed(), keys=(own,)) is errors.ID_TOKEN_KEY
    another = jwt.encode(CLAIMS, own.private, "RS512", {"kid": own.kid})
    assert refused(another, keys=(own,)) is errors.ID_TOKEN_ALGORITHM


def test_a_secret_or_no_signature_proves_nothing() -> None:
    by_secret = jwt.encode(CLAIMS, "a secret of at least thirty-two bytes", "HS256", {"kid": "1"})

    assert refused(by_secret) is errors.ID_TOKEN_ALGORITHM
    assert refused(jwt.encode(CLAIMS, "", "none")) is errors.ID_TOKEN_ALGORITHM
    assert refused(jwt.encode(CLAIMS, key("other").private, "RS256", {"kid": "1"})) is errors.ID_TOKEN_SIGNATURE


def test_for_whom_a_token_is() -> None:
    assert verified(signed(aud=["other", "app"])).audience == "app"
    assert verified(signed(aud="server", azp="app")).audience == "app"
    assert refused(signed(aud="other")) is errors.ID_TOKEN_AUDIENCE
    assert refused(signed(azp="other")) is errors.ID_TOKEN_AUDIENCE
    assert refused(signed(aud=[7])) is errors.ID_TOKEN_AUDIENCE


def test_from_whom_it_is() -> None:
    google: Any = {"issuer": "https://accounts.google.com"}

    assert verified(signed(iss="accounts.google.com"), **google).provider == "accounts.google.com"
    assert verified(signed(iss="https://accounts.google.com"), **google).provider == "accounts.google.com"
    assert refused(signed(iss="idp.example.com/realm")) is errors.ID_TOKEN_ISSUER
    assert refused(signed(iss=f"{ISSUER}/")) is errors.ID_TOKEN_ISSUER
    assert refused(signed(iss=None)) is errors.ID_TOKEN_ISSUER


@pytest.mark.parametrize("claim", ["aud", "sub", "exp"])
def test_claims_that_it_must_have(claim: str) -> None:
    assert refused(signed("RS256", **{claim: None})) is errors.ID_TOKEN_CLAIM_MISSING


def test_when_it_is_valid() -> None:
    assert verified(signed(exp=SECONDS - 299)).subject == "7"
    assert refused(signed(exp=SECONDS - 300)) is errors.ID_TOKEN_EXPIRED
    assert verified(signed(iat=SECONDS + 300)).subject == "7"
    assert refused(signed(iat=SECONDS + 301)) is errors.ID_TOKEN_EARLY
    assert refused(signed(nbf=SECONDS + 301)) is errors.ID_TOKEN_EARLY


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "e30.W10.x"])
def test_what_is_no_token(text: str) -> None:
    with pytest.raises(AWSError) as caught:
        open_id.read(text)
    assert caught.value.kind is errors.ID_TOKEN_UNREADABLE


@given(data=st.data())
@settings(suppress_health_check=list(HealthCheck), max_examples=100)
def test_a_token_with_another_character_is_never_verified(data: st.DataObject) -> None:
    token = signed()
    place = data.draw(st.integers(0, len(token) - 3))  # the last character of a signature has bits that say nothing
    letter = data.draw(st.sampled_from("Ab9-_."))
    if letter != token[place]:
        with pytest.raises(AWSError):
            verified(f"{token[:place]}{letter}{token[place + 1 :]}")


def test_the_keys_of_an_issuer_are_asked_for(cognito: Cognito) -> None:
    oidc, google, apple = cognito.providers.oidc(ISSUER), cognito.providers.google, cognito.providers.apple
    with cognito.world.handle_step("test") as context:
        for idp in (oidc, google, apple):
            keys: Any = issuers.keys_of(context, idp.url)
            assert keys["keys"][0]["kid"] == idp.key.kid


def test_an_issuer_that_has_no_keys(cognito: Cognito) -> None:
    idp = cognito.providers.oidc(ISSUER)
    idp.fail("jwks", status=503)
    with cognito.world.handle_step("test") as context, pytest.raises(AWSError) as caught:
        issuers.keys_of(context, ISSUER)
    assert caught.value.kind is errors.PROVIDER_REFUSED


def test_no_test_asks_the_real_google(cognito: Cognito) -> None:
    with cognito.world.handle_step("test") as context, pytest.raises(AWSError) as caught:
        issuers.keys_of(context, "https://accounts.google.com")
    assert caught.value.kind is errors.PROVIDER_NOT_REACHED
