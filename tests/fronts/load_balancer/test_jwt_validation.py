"""``jwt-validation``: bearer tokens of machines and of users."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from pytest_cognito import AdditionalClaim, AppClient, Cognito, JwtValidation, LoadBalancer, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.balanced import echo, said

ISSUER = "https://issuer.example.com"
KEYS = f"{ISSUER}/.well-known/jwks.json"


@pytest.fixture
def machine(pool: UserPool) -> AppClient:
    pool.create_domain("notes")
    scopes = [{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")]
    pool.call("CreateResourceServer", Identifier="notes", Name="notes", Scopes=scopes)
    return pool.create_client(
        GenerateSecret=True,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["notes/read", "notes/write"],
    )


def token_of(machine: AppClient, scope: str = "notes/read") -> str:
    answer = requests.post(
        "https://notes.auth.us-east-1.amazoncognito.com/oauth2/token",
        data={"grant_type": "client_credentials", "scope": scope},
        auth=(machine.id, machine.secret or ""),
        timeout=5,
    )
    token: str = answer.json()["access_token"]
    return token


def balancer_for(cognito: Cognito, issuer: UserPool | str, claims: Any = ()) -> LoadBalancer:
    return cognito.load_balancer(echo(), action=JwtValidation(issuer, claims=claims))


def outcome(cognito: Cognito, balancer: LoadBalancer, token: str | None) -> tuple[int, str]:
    """The status of a request with a token, and the reason that the report has."""
    headers = {} if token is None else {"Authorization": token if " " in token else f"Bearer {token}"}
    response = balancer.get("/api", headers=headers)
    line = said(cognito, "GET /api")
    return response.status_code, line.partition(", ")[2].partition(":")[0] if line else ""


def test_a_machines_token_passes_as_it_is(cognito: Cognito, pool: UserPool, machine: AppClient) -> None:
    balancer = balancer_for(cognito, pool, {"scope": ["notes/read"], "client_id": machine.id})
    token = token_of(machine)
    sent = balancer.get("/api", headers={"Authorization": f"Bearer {token}"}).json()["headers"]
    assert sent["authorization"] == f"Bearer {token}"
    assert not any(name.startswith("x-amzn-oidc-") for name in sent)


def test_claims_that_do_not_fit(cognito: Cognito, pool: UserPool, machine: AppClient) -> None:
    token = token_of(machine)
    write = balancer_for(cognito, pool, {"scope": "notes/write"})
    assert outcome(cognito, write, token) == (401, "JWTClaimFormatInvalid")
    assert outcome(cognito, write, token_of(machine, "notes/read notes/write")) == (200, "")
    missing = balancer_for(cognito, pool, {"tenant": "t1"})
    assert outcome(cognito, missing, token) == (401, "JWTClaimNotPresent")
    either = balancer_for(cognito, pool, {"client_id": ["other", machine.id]})
    assert outcome(cognito, either, token) == (200, "")


def test_groups_are_an_array(cognito: Cognito, pool: UserPool) -> None:
    alice = pool.create_user("alice", groups=["admins", "staff"])
    for values, status in ((("admins",), 200), (("admins", "others"), 401)):
        claim = AdditionalClaim("cognito:groups", "string-array", values)
        balancer = balancer_for(cognito, pool, [claim])
        assert outcome(cognito, balancer, alice.tokens().access_token)[0] == status
    text = balancer_for(cognito, pool, {"cognito:groups": "admins"})
    assert outcome(cognito, text, alice.tokens().access_token) == (401, "JWTClaimFormatInvalid")


def test_spoiled_tokens_of_every_kind(cognito: Cognito, pool: UserPool) -> None:
    balancer = balancer_for(cognito, pool)
    tokens = pool.create_user("alice").tokens()
    assert outcome(cognito, balancer, tokens.access_token) == (200, "")
    assert outcome(cognito, balancer, tokens.id_token) == (
        200,
        "",
    )  # a load balancer tells the two apart by claims alone
    expected = {
        None: "JWTHeaderNotPresent",
        "Basic YTpi": "JWTHeaderNotPresent",
        "no-token": "JWTRequestFormatInvalid",
        tokens.tampered().access_token: "JWTSignatureValidationFailed",
        tokens.expired().access_token: "JWTClaimFormatInvalid",
        tokens.wrong_issuer().access_token: "JWTClaimFormatInvalid",
    }
    for token, reason in expected.items():
        assert outcome(cognito, balancer, token) == (401, reason)


def test_the_algorithm_is_rs256_and_exp_is_needed(cognito: Cognito) -> None:
    import jwt
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048)
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    cognito.publish(KEYS, json.dumps({"keys": [{**public, "kid": "1", "use": "sig"}]}))
    balancer = balancer_for(cognito, ISSUER)
    until = int(cognito.clock.now().timestamp()) + 60

    def signed(claims: dict[str, Any], algorithm: str = "RS256") -> str:
        return jwt.encode({"iss": ISSUER, **claims}, key, algorithm, {"kid": "1"})

    assert outcome(cognito, balancer, signed({"exp": until})) == (200, "")
    assert outcome(cognito, balancer, signed({})) == (401, "JWTClaimNotPresent")
    assert outcome(cognito, balancer, signed({"exp": until, "nbf": until})) == (401, "JWTClaimFormatInvalid")
    assert outcome(cognito, balancer, signed({"exp": until}, "RS512")) == (401, "JWTSignatureValidationFailed")
    unsigned = jwt.encode({"iss": ISSUER, "exp": until}, "", "none", {"kid": "1"})
    assert outcome(cognito, balancer, unsigned) == (401, "JWTSignatureValidationFailed")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{}", (562, "JWKSResponseInvalid")),
        ("<html>", (562, "JWKSResponseInvalid")),
        (json.dumps({"keys": [{}] * 11}), (500, "JWKSResponseSizeExceeded")),
        (json.dumps({"keys": [], "more": "x" * 150_000}) + " " * 4000, (500, "JWKSResponseSizeExceeded")),
    ],
)
def test_keys_that_are_no_keys(cognito: Cognito, document: str, expected: tuple[int, str]) -> None:
    cognito.publish(KEYS, document)
    assert outcome(cognito, balancer_for(cognito, ISSUER), _token(cognito)) == expected


def test_keys_that_are_not_there(cognito: Cognito, pool: UserPool) -> None:
    token = pool.create_user("alice").tokens().access_token
    gone = cognito.load_balancer(echo(), action=JwtValidation(pool, f"{pool.jwks_uri}/not-there"))
    assert outcome(cognito, gone, token) == (562, "JWKSRequestFailed")
    cognito.faults.time_out(f"GET /{pool.id}/.well-known/jwks.json")
    assert outcome(cognito, balancer_for(cognito, pool), token) == (500, "JWKSRequestTimeout")


def _token(cognito: Cognito) -> str:
    return cognito.create_user_pool().create_user("bob").tokens().access_token


@pytest.mark.parametrize(
    ("issuer", "claims", "words"),
    [
        ("issuer.example.com", (), "https://"),
        (ISSUER, {"exp": "1"}, "by itself"),
        (ISSUER, {"scope": ["a b"]}, "no spaces"),
        (ISSUER, {"a": []}, "1 to 10 values"),
        (ISSUER, {str(number): "1" for number in range(11)}, "10 claims"),
        (ISSUER, [AdditionalClaim("a", "list", ("1",))], "single-string"),  # type: ignore[arg-type]
    ],
)
def test_what_aws_does_not_take(cognito: Cognito, issuer: str, claims: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        balancer_for(cognito, issuer, claims)
