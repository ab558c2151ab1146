"""ID tokens of OpenID Connect providers: which are believed."""

from __future__ import annotations

import base64
import json
from functools import cache
from typing import Any

import jwt
import pytest
import responses
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp.flows.federation import oauth
from tests.support.app import App
from tests.support.providers import ISSUER, OIDC
from tests.support.saml import key
from tests.support.upstream import Upstream, error_of

SECRET = "a secret that is long enough for the longest of the algorithms: 64 bytes"
KEYS = f"{ISSUER}/keys"
PLACES = {"authorize_url": f"{ISSUER}/in", "token_url": f"{ISSUER}/token", "jwks_uri": KEYS}
SIGNATURE = ("invalid_request", "Bad id_token signature")


@cache
def curve() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def keys() -> dict[str, Any]:
    """The provider's keys: two of RSA and one of a curve."""
    rsa = {name: RSAAlgorithm.to_jwk(key(name).private.public_key(), as_dict=True) for name in ("idp", "other")}
    elliptic = ECAlgorithm.to_jwk(curve().public_key(), as_dict=True)
    listed = [{**each, "kid": name, "use": "sig"} for name, each in {**rsa, "curve": elliptic}.items()]
    return {"keys": [*listed, {**rsa["idp"], "kid": "enc", "use": "enc"}, "no key"]}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.create_client()
    return pool


@pytest.fixture
def stubs() -> Any:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(KEYS, json=keys())
        yield mock


@pytest.fixture
def provider(app: App, stubs: Any) -> Upstream:
    return Upstream.create(app, "OIDC", "Acme", ProviderDetails={**OIDC, **PLACES, "client_secret": SECRET})


def token(
    provider: Upstream, signer: Any = None, algorithm: str = "RS256", kid: str | None = "idp", **claims: Any
) -> str:
    """An ID token. A claim that is None is left out."""
    now = int(provider.world.clock.now().timestamp())
    right = {"iss": ISSUER, "aud": "me", "sub": "1", "exp": now + 300, "iat": now, "nonce": "n", **claims}
    said = {name: value for name, value in right.items() if value is not None}
    headers = None if kid is None else {"kid": kid}
    return jwt.encode(said, key().private if signer is None else signer, algorithm, headers=headers)


def forged(provider: Upstream, header: dict[str, Any], signature: str = "") -> str:
    """A token with a header that PyJWT would not make."""
    encoded = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    return f"{encoded}.{token(provider).split('.')[1]}.{signature}"


def claims(provider: Upstream, id_token: str, nonce: str | None = "n") -> dict[str, Any]:
    return oauth.verified_claims(provider.world, provider.record, {"id_token": id_token}, nonce=nonce)


def refused(provider: Upstream, id_token: str) -> tuple[str, str]:
    return error_of(claims, provider, id_token)


def test_right_tokens(provider: Upstream, stubs: Any) -> None:
    for right in (
        token(provider),
        token(provider, key("other").private, "RS512", "other"),
        token(provider, curve(), "ES256", "curve"),
        token(provider, SECRET, "HS256", None),
        token(provider, aud=["me", "you"], azp="me"),
        token(provider, iat=None),
    ):
        assert claims(provider, right)["sub"] == "1"
    assert claims(provider, token(provider, nonce=None), None)["sub"] == "1"
    assert len(stubs.calls) == 6, "the keys are asked for each time, but not for what the secret has signed"


def test_forged_tokens(provider: Upstream) -> None:
    assert refused(provider, token(provider, key("other").private)) == SIGNATURE
    assert refused(provider, token(provider, kid="unknown")) == ("invalid_request", "Bad id_token kid unknown")
    assert refused(provider, token(provider, kid=None)) == ("invalid_request", "Bad id_token kid None")
    assert refused(provider, token(provider, kid="other")) == SIGNATURE
    assert refused(provider, token(provider, "another secret, of which nobody knows", "HS256")) == SIGNATURE
    for algorithm in ("none", "None", "PS256", "", None, 1, ["RS256"]):
        wrong = forged(provider, {"alg": algorithm, "kid": "idp"})
        assert refused(provider, wrong) == ("invalid_request", f"Bad id_token algorithm {algorithm}")
    assert refused(provider, forged(provider, {"alg": "RS256", "kid": "idp", "crit": ["exp"]}))[1].endswith("RS256")
    for kid, algorithm in (("curve", "RS256"), ("idp", "ES256"), ("enc", "RS256")):
        wrong = forged(provider, {"alg": algorithm, "kid": kid})
        assert refused(provider, wrong) == ("invalid_request", f"Bad id_token algorithm {algorithm}")
    for signature in ("", "%", "AAAA"):
        assert refused(provider, forged(provider, {"alg": "RS256", "kid": "idp"}, signature)) == SIGNATURE
    for wrong in ("", "a.b.c", "a.b", token(provider).rpartition(".")[0]):
        assert refused(provider, wrong) == ("invalid_request", "Bad id_token")


def test_a_public_key_is_no_secret(provider: Upstream) -> None:
    """The attack of naming HMAC in a token that is signed with what everybody knows."""
    public = (
        key()
        .private.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    algorithm = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    unsigned = forged(provider, {"alg": "HS256", "kid": "idp"}).rstrip(".")
    signature = base64.urlsafe_b64encode(algorithm.sign(unsigned.encode(), public)).rstrip(b"=").decode()
    assert refused(provider, f"{unsigned}.{signature}") == SIGNATURE


def test_a_provider_without_a_secret_signs_with_none(app: App, stubs: Any) -> None:
    provider = Upstream.create(app, "OIDC", "Acme", ProviderDetails={**OIDC, **PLACES})
    wrong = refused(provider, token(provider, "any secret, which the provider made up itself", "HS256"))
    assert wrong == ("invalid_request", "Bad id_token algorithm HS256")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"iss": "https://evil.example.com"}, "issuer https://evil.example.com"),
        ({"iss": None}, "issuer None"),
        ({"aud": "you"}, "audience you"),
        ({"aud": None}, "audience None"),
        ({"aud": ["me", "you"]}, "audience ['me', 'you']"),
        ({"aud": ["me", "you"], "azp": "you"}, "audience ['me', 'you']"),
        ({"azp": "you"}, "audience me"),
        ({"nonce": "other"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": None}, "expired"),
        ({"nbf": 33_000_000_000}, "not valid yet"),
        ({"iat": 33_000_000_000}, "not valid yet"),
    ],
)
def test_tokens_that_say_what_is_wrong(provider: Upstream, changes: dict[str, Any], problem: str) -> None:
    code, message = refused(provider, token(provider, **changes))
    assert (code, message.replace(":", "")) == ("invalid_request", f"Bad id_token {problem.replace(':', '')}")


def test_times_are_those_of_the_clock_of_the_test(cognito: Cognito, provider: Upstream) -> None:
    right = token(provider)
    cognito.clock.advance(seconds=290)
    assert claims(provider, right)["sub"] == "1"
    cognito.clock.advance(seconds=11)
    assert refused(provider, right) == ("invalid_request", "Bad id_token: expired")
    assert claims(provider, token(provider))["sub"] == "1"


def test_google_may_leave_out_the_scheme(app: App, stubs: Any) -> None:
    stubs.get("https://www.googleapis.com/oauth2/v3/certs", json=keys())
    google = Upstream.create(app, "Google")
    for issuer in ("accounts.google.com", "https://accounts.google.com"):
        assert claims(google, token(google, iss=issuer))["sub"] == "1"
    assert refused(google, token(google, iss="google.com")) == ("invalid_request", "Bad id_token issuer google.com")


def test_keys_that_are_none(provider: Upstream, stubs: Any) -> None:
    for answer, problem in (
        ({"json": {}}, "Bad id_token kid idp"),
        ({"json": {"keys": [{"kid": "idp", "kty": "RSA", "n": "", "e": "AQAB"}]}}, "Bad id_token signature"),
        ({"json": {"keys": [{"kid": "idp", "kty": "RSA"}]}}, "Bad id_token signature"),
        ({"json": []}, "Acme Error - the response is not a JSON object"),
        ({"body": "<html>"}, "Acme Error - the response is not a JSON object"),
        ({"status": 503}, "Acme Error - 503 error getting jwks"),
    ):
        stubs.replace(responses.GET, KEYS, **answer)
        assert refused(provider, token(provider)) == ("invalid_request", problem)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 700), st.sampled_from("aZ0-_.=%\x00é")), min_size=1, max_size=3))
def test_no_changed_token_names_another_user(provider: Upstream, mutations: list[tuple[int, str]]) -> None:
    text = list(token(provider))
    for place, character in mutations:
        text[place % len(text)] = character
    try:
        found = claims(provider, "".join(text))
    except AWSError as error:
        assert error.code == "invalid_request"  # noqa: PT017  # nearly all are refused
    else:
        assert found["sub"] == "1"
