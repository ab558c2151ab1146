"""ID and access tokens: header, claims, lifetimes, and what independent JWT libraries make of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests
from joserfc import errors as jose_errors
from joserfc import jwt as jose
from joserfc.jwk import KeySet

from tests.support.sign_ins import PASSWORD, part, sign_in

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SUB = re.compile(r"[0-9a-f]{8}-[0-9a-f]0[0-9a-f]1-70[0-9a-f]{2}-[0-9a-f]{4}-[0-9a-f]{12}")
NOW = 1_800_000_000
ROLE = "arn:aws:iam::123456789012:role/"


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


def tokens_of(idp: Any, pool: Any, username: str = "alice") -> tuple[dict[str, Any], dict[str, Any]]:
    """The claims of the ID and of the access token of a sign-in."""
    result = sign_in(idp, pool.client.id, username)
    return part(result["IdToken"]), part(result["AccessToken"])


# Header and keys


def test_the_header_is_kid_and_alg_and_nothing_else(cognito_idp: Any, pool: Any) -> None:
    result = sign_in(cognito_idp, pool.client.id)
    for token in (result["IdToken"], result["AccessToken"]):
        header = part(token, 0)
        assert list(header) == ["kid", "alg"]
        assert header["alg"] == "RS256"
        assert re.fullmatch(r"[A-Za-z0-9+/]{43}=", header["kid"])


def test_id_and_access_tokens_are_signed_with_two_keys(cognito_idp: Any, pool: Any) -> None:
    result = sign_in(cognito_idp, pool.client.id)
    kids = {part(result[name], 0)["kid"] for name in ("IdToken", "AccessToken")}
    published = requests.get(pool.jwks_uri, timeout=5).json()["keys"]
    assert len(kids) == 2
    assert {key["kid"] for key in published} == kids
    assert all(set(key) == {"alg", "e", "kid", "kty", "n", "use"} for key in published)


# Claims


def test_the_claims_of_an_id_token(cognito_idp: Any, pool: Any) -> None:
    import time_machine

    with time_machine.travel(NOW, tick=False):
        claims, access = tokens_of(cognito_idp, pool)
    assert SUB.fullmatch(claims["sub"])
    assert all(UUID.fullmatch(claims[name]) for name in ("origin_jti", "jti", "event_id"))
    assert claims == {
        "sub": pool.user("alice").sub,
        "email_verified": True,
        "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{pool.id}",
        "cognito:username": "alice",
        "origin_jti": access["origin_jti"],
        "aud": pool.client.id,
        "event_id": access["event_id"],
        "token_use": "id",
        "auth_time": NOW,
        "exp": NOW + 3600,
        "iat": NOW,
        "jti": claims["jti"],
        "email": "alice@example.com",
    }


def test_the_claims_of_an_access_token(cognito_idp: Any, pool: Any) -> None:
    import time_machine

    with time_machine.travel(NOW, tick=False):
        id_claims, claims = tokens_of(cognito_idp, pool)
    assert claims["jti"] != id_claims["jti"]
    assert claims == {
        "sub": pool.user("alice").sub,
        "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{pool.id}",
        "client_id": pool.client.id,
        "origin_jti": id_claims["origin_jti"],
        "event_id": id_claims["event_id"],
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin",
        "auth_time": NOW,
        "exp": NOW + 3600,
        "iat": NOW,
        "jti": claims["jti"],
        "username": "alice",
    }


def test_each_sign_in_has_ids_of_its_own(cognito_idp: Any, pool: Any) -> None:
    first, second = (tokens_of(cognito_idp, pool)[0] for _ in range(2))
    assert all(first[name] != second[name] for name in ("origin_jti", "jti", "event_id"))


def test_the_issuer_of_the_regions_in_china(cognito: Any) -> None:
    pool = cognito.create_user_pool(region="cn-north-1")
    pool.create_user("alice", email="alice@example.com")
    assert pool.tokens_for("alice").claims["iss"] == f"https://cognito-idp.cn-north-1.amazonaws.com.cn/{pool.id}"


def test_without_token_revocation_there_is_no_jti(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(EnableTokenRevocation=False)
    result = sign_in(cognito_idp, client.id)
    for token in (result["IdToken"], result["AccessToken"]):
        assert not {"jti", "origin_jti"} & set(part(token))


def test_with_rotation_there_is_a_jti_all_the_same(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(
        EnableTokenRevocation=False,
        RefreshTokenRotation={"Feature": "ENABLED"},
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
    )
    assert {"jti", "origin_jti"} <= set(part(sign_in(cognito_idp, client.id)["IdToken"]))


def test_in_a_pool_with_username_attributes_the_user_name_is_the_sub(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    alice = pool.create_user("alice@example.com")
    claims, access = tokens_of(cognito_idp, pool, "alice@example.com")
    assert claims["cognito:username"] == access["username"] == claims["sub"] == alice.sub
    assert claims["email"] == "alice@example.com"


@pytest.mark.parametrize(("kept", "claim"), [("true", True), ("false", False)])
def test_verified_flags_are_booleans(cognito_idp: Any, pool: Any, kept: str, claim: bool) -> None:
    pool.create_user(
        "bob",
        email="bob@example.com",
        email_verified=kept,
        phone_number="+15555550100",
        phone_number_verified=kept,
    )
    claims, access = tokens_of(cognito_idp, pool, "bob")
    assert claims["email_verified"] is claim
    assert claims["phone_number_verified"] is claim
    assert "email_verified" not in access


def test_attributes_become_claims(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(
        Schema=[
            {"Name": "tenant", "AttributeDataType": "String", "Mutable": True},
            {"Name": "seats", "AttributeDataType": "Number", "Mutable": True},
            {"Name": "paying", "AttributeDataType": "Boolean", "Mutable": True},
        ]
    )
    attributes = {
        "given_name": "Alice",
        "address": "1 Main St",
        "updated_at": "1700000000",
        "custom:tenant": "t1",
        "custom:seats": "7",
        "custom:paying": "true",
    }
    pool.create_user("alice", attributes=attributes)
    claims, access = tokens_of(cognito_idp, pool)
    assert {name: claims[name] for name in attributes} == {
        "given_name": "Alice",
        "address": {"formatted": "1 Main St"},
        "updated_at": 1700000000,
        "custom:tenant": "t1",
        "custom:seats": "7",
        "custom:paying": "true",
    }
    assert not set(attributes) & set(access)


def test_attributes_of_developers_never_appear(cognito: Any, cognito_idp: Any) -> None:
    schema = {"Name": "risk", "AttributeDataType": "String", "Mutable": True, "DeveloperOnlyAttribute": True}
    pool = cognito.create_user_pool(Schema=[schema])
    pool.create_user("alice", attributes={"dev:custom:risk": "high"})
    claims, _ = tokens_of(cognito_idp, pool)
    assert not [name for name in claims if "risk" in name]


def test_only_what_the_client_may_read_becomes_a_claim(cognito_idp: Any, pool: Any) -> None:
    pool.create_user("bob", email="bob@example.com", nickname="bobby")
    client = pool.create_client(ReadAttributes=["nickname"])
    claims = part(sign_in(cognito_idp, client.id, "bob")["IdToken"])
    assert claims["nickname"] == "bobby"
    assert not {"email", "email_verified"} & set(claims)


# Groups


def group(idp: Any, pool: Any, name: str, precedence: int | None = None, role: str | None = None) -> None:
    settings: dict[str, Any] = {} if precedence is None else {"Precedence": precedence}
    if role:
        settings["RoleArn"] = ROLE + role
    idp.create_group(UserPoolId=pool.id, GroupName=name, **settings)
    idp.admin_add_user_to_group(UserPoolId=pool.id, Username="alice", GroupName=name)


def test_who_is_in_no_group_has_no_claim_of_groups(cognito_idp: Any, pool: Any) -> None:
    for claims in tokens_of(cognito_idp, pool):
        assert not [name for name in claims if name in ("cognito:groups", "cognito:roles", "cognito:preferred_role")]


def test_groups_are_listed_by_precedence(cognito_idp: Any, pool: Any) -> None:
    for name, precedence in (("none", None), ("second", 2), ("first", 0)):
        group(cognito_idp, pool, name, precedence)
    claims, access = tokens_of(cognito_idp, pool)
    assert claims["cognito:groups"] == access["cognito:groups"] == ["first", "second", "none"]
    assert "cognito:roles" not in claims


def test_roles_are_in_the_id_token_only(cognito_idp: Any, pool: Any) -> None:
    group(cognito_idp, pool, "low", 9, "low")
    group(cognito_idp, pool, "high", 1, "high")
    group(cognito_idp, pool, "plain", 5)
    claims, access = tokens_of(cognito_idp, pool)
    assert claims["cognito:roles"] == [f"{ROLE}high", f"{ROLE}low"]
    assert claims["cognito:preferred_role"] == f"{ROLE}high"
    assert not {"cognito:roles", "cognito:preferred_role"} & set(access)


@pytest.mark.parametrize(
    ("groups", "preferred"),
    [
        ([("a", 1, "one"), ("b", 1, "one")], "one"),
        ([("a", 1, "one"), ("b", 1, "two")], None),
        ([("a", None, "one"), ("b", 3, "two")], "two"),
        ([("a", None, "one"), ("b", None, "two")], None),
        ([("a", 0, "one"), ("b", 1, "two"), ("c", 1, "three")], "one"),
    ],
)
def test_the_preferred_role(
    cognito_idp: Any, pool: Any, groups: list[tuple[str, int | None, str]], preferred: str | None
) -> None:
    for name, precedence, role in groups:
        group(cognito_idp, pool, name, precedence, role)
    claims, _ = tokens_of(cognito_idp, pool)
    assert claims.get("cognito:preferred_role") == (ROLE + preferred if preferred else None)


# Lifetimes


@pytest.mark.parametrize(
    ("unit", "number", "seconds"),
    [("seconds", 300, 300), ("minutes", 10, 600), ("hours", 2, 7200), ("days", 1, 86400), (None, 3, 10800)],
)
def test_lifetimes_are_the_clients(cognito_idp: Any, pool: Any, unit: str | None, number: int, seconds: int) -> None:
    units = {"AccessToken": unit, "IdToken": unit} if unit else {}
    client = pool.create_client(AccessTokenValidity=number, IdTokenValidity=number, TokenValidityUnits=units)
    result = sign_in(cognito_idp, client.id)
    assert result["ExpiresIn"] == seconds
    for token in (result["IdToken"], result["AccessToken"]):
        assert part(token)["exp"] - part(token)["iat"] == seconds


def test_expires_in_is_of_the_access_token(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(AccessTokenValidity=2, IdTokenValidity=5)
    result = sign_in(cognito_idp, client.id)
    claims = part(result["IdToken"])
    assert (result["ExpiresIn"], claims["exp"] - claims["iat"]) == (7200, 18000)


# Independent libraries


def with_pyjwt(pool: Any, token: str) -> dict[str, Any]:
    keys = jwt.PyJWKSet.from_dict(requests.get(pool.jwks_uri, timeout=5).json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], audience=pool.client.id, issuer=pool.issuer)
    return claims


def with_joserfc(pool: Any, token: str) -> dict[str, Any]:
    keys = KeySet.import_key_set(requests.get(pool.jwks_uri, timeout=5).json())
    decoded = jose.decode(token, keys, algorithms=["RS256"])
    registry = jose.JWTClaimsRegistry(
        iss={"essential": True, "value": pool.issuer}, aud={"essential": True, "value": pool.client.id}
    )
    registry.validate(decoded.claims)
    return dict(decoded.claims)


LIBRARIES = pytest.mark.parametrize("verify", [with_pyjwt, with_joserfc])
REFUSALS = (jwt.PyJWTError, KeyError, jose_errors.JoseError, ValueError)
Verify = Callable[[Any, str], dict[str, Any]]


@LIBRARIES
def test_an_id_token_is_accepted(pool: Any, verify: Verify) -> None:
    assert verify(pool, pool.user("alice").sign_in().id_token)["cognito:username"] == "alice"


@LIBRARIES
@pytest.mark.parametrize("spoil", ["tampered", "expired", "wrong_audience", "wrong_issuer", "swapped"])
def test_a_spoiled_id_token_is_refused(pool: Any, verify: Verify, spoil: str) -> None:
    spoiled = getattr(pool.user("alice").sign_in(), spoil)()
    with pytest.raises(REFUSALS):
        verify(pool, spoiled.id_token)


@LIBRARIES
def test_a_token_of_another_pool_is_refused(cognito: Any, pool: Any, verify: Verify) -> None:
    other = cognito.create_user_pool()
    other.create_user("alice", email="alice@example.com")
    with pytest.raises(REFUSALS):
        verify(pool, other.tokens_for("alice").id_token)


def test_the_keys_of_two_pools_differ_whatever_the_kid_says(cognito: Any, pool: Any) -> None:
    other = cognito.create_user_pool()
    other.create_user("alice", email="alice@example.com")
    token = other.tokens_for("alice").access_token
    for key in requests.get(pool.jwks_uri, timeout=5).json()["keys"]:
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"])


def test_a_token_of_the_password_sign_in_says_when_it_expires(cognito: Any, pool: Any) -> None:
    cognito.clock.advance(hours=-2)
    token = pool.user("alice").sign_in(PASSWORD).id_token
    with pytest.raises(jwt.ExpiredSignatureError):
        with_pyjwt(pool, token)
