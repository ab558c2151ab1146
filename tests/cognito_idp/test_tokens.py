"""ID and access tokens: header, claims and lifetimes."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
import time_machine

from pytest_cognito.cognito import Cognito
from tests.support.app import SUB, App, MakeApp
from tests.support.jwts import claims, header

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
NOW = 1_800_000_000
ROLE = "arn:aws:iam::123456789012:role/"


def both_claims(app: App, username: str = "alice") -> tuple[dict[str, Any], dict[str, Any]]:
    """The claims of the ID and of the access token of a sign-in."""
    result = app.sign_in(username)
    return claims(result["IdToken"]), claims(result["AccessToken"])


# Header and keys


def test_the_header_is_kid_and_alg_and_nothing_else(app: App) -> None:
    result = app.sign_in()
    for token in (result["IdToken"], result["AccessToken"]):
        told = header(token)
        assert list(told) == ["kid", "alg"]
        assert told["alg"] == "RS256"
        assert re.fullmatch(r"[A-Za-z0-9+/]{43}=", told["kid"])


def test_id_and_access_tokens_are_signed_with_two_keys(app: App) -> None:
    result = app.sign_in()
    kids = {header(result[name])["kid"] for name in ("IdToken", "AccessToken")}
    published = requests.get(app.pool.jwks_uri, timeout=5).json()["keys"]
    assert len(kids) == 2
    assert {key["kid"] for key in published} == kids
    assert all(set(key) == {"alg", "e", "kid", "kty", "n", "use"} for key in published)


# Claims


def test_the_claims_of_an_id_token(app: App) -> None:
    with time_machine.travel(NOW, tick=False):
        in_id, in_access = both_claims(app)
    assert SUB.fullmatch(in_id["sub"])
    assert all(UUID.fullmatch(in_id[name]) for name in ("origin_jti", "jti", "event_id"))
    assert in_id == {
        "sub": app.pool.user("alice").sub,
        "email_verified": True,
        "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{app.pool_id}",
        "cognito:username": "alice",
        "origin_jti": in_access["origin_jti"],
        "aud": app.client_id,
        "event_id": in_access["event_id"],
        "token_use": "id",
        "auth_time": NOW,
        "exp": NOW + 3600,
        "iat": NOW,
        "jti": in_id["jti"],
        "email": "alice@example.com",
    }


def test_the_claims_of_an_access_token(app: App) -> None:
    with time_machine.travel(NOW, tick=False):
        in_id, in_access = both_claims(app)
    assert in_access["jti"] != in_id["jti"]
    assert in_access == {
        "sub": app.pool.user("alice").sub,
        "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{app.pool_id}",
        "client_id": app.client_id,
        "origin_jti": in_id["origin_jti"],
        "event_id": in_id["event_id"],
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin",
        "auth_time": NOW,
        "exp": NOW + 3600,
        "iat": NOW,
        "jti": in_access["jti"],
        "username": "alice",
    }


def test_each_sign_in_has_ids_of_its_own(app: App) -> None:
    first, second = (both_claims(app)[0] for _ in range(2))
    assert all(first[name] != second[name] for name in ("origin_jti", "jti", "event_id"))


def test_the_issuer_of_the_regions_in_china(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(region="cn-north-1")
    alice = pool.create_user("alice", email="alice@example.com")
    assert alice.tokens().claims["iss"] == f"https://cognito-idp.cn-north-1.amazonaws.com.cn/{pool.id}"


def test_without_token_revocation_there_is_no_jti(app: App) -> None:
    client = app.with_client(EnableTokenRevocation=False)
    result = client.sign_in()
    for token in (result["IdToken"], result["AccessToken"]):
        assert not {"jti", "origin_jti"} & set(claims(token))


@pytest.mark.needs("CreateUserPoolClientRequest.RefreshTokenRotation")
def test_with_rotation_there_is_a_jti_all_the_same(app: App) -> None:
    client = app.with_client(
        EnableTokenRevocation=False,
        RefreshTokenRotation={"Feature": "ENABLED"},
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
    )
    assert {"jti", "origin_jti"} <= set(claims(client.sign_in()["IdToken"]))


def test_in_a_pool_with_username_attributes_the_user_name_is_the_sub(make_app: MakeApp) -> None:
    app = make_app(UsernameAttributes=["email"])
    alice = app.pool.create_user("alice@example.com")
    in_id, in_access = both_claims(app, "alice@example.com")
    assert in_id["cognito:username"] == in_access["username"] == in_id["sub"] == alice.sub
    assert in_id["email"] == "alice@example.com"


@pytest.mark.parametrize(("kept", "claim"), [("true", True), ("false", False)])
def test_verified_flags_are_booleans(app: App, kept: str, claim: bool) -> None:
    app.pool.create_user(
        "bob",
        email="bob@example.com",
        email_verified=kept,
        phone_number="+15555550100",
        phone_number_verified=kept,
    )
    in_id, in_access = both_claims(app, "bob")
    assert in_id["email_verified"] is claim
    assert in_id["phone_number_verified"] is claim
    assert "email_verified" not in in_access


def test_attributes_become_claims(make_app: MakeApp) -> None:
    app = make_app(
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
    app.pool.create_user("alice", attributes=attributes)
    in_id, in_access = both_claims(app)
    assert {name: in_id[name] for name in attributes} == {
        "given_name": "Alice",
        "address": {"formatted": "1 Main St"},
        "updated_at": 1700000000,
        "custom:tenant": "t1",
        "custom:seats": "7",
        "custom:paying": "true",
    }
    assert not set(attributes) & set(in_access)


def test_attributes_of_developers_never_appear(make_app: MakeApp) -> None:
    schema = {"Name": "risk", "AttributeDataType": "String", "Mutable": True, "DeveloperOnlyAttribute": True}
    app = make_app(Schema=[schema])
    app.pool.create_user("alice", attributes={"dev:custom:risk": "high"})
    in_id, _ = both_claims(app)
    assert not [name for name in in_id if "risk" in name]


def test_only_what_the_client_may_read_becomes_a_claim(app: App) -> None:
    app.pool.create_user("bob", email="bob@example.com", nickname="bobby")
    client = app.with_client(ReadAttributes=["nickname"])
    in_id = claims(client.sign_in("bob")["IdToken"])
    assert in_id["nickname"] == "bobby"
    assert not {"email", "email_verified"} & set(in_id)


# Groups


def group(app: App, name: str, precedence: int | None = None, role: str | None = None) -> None:
    settings: dict[str, Any] = {} if precedence is None else {"Precedence": precedence}
    if role:
        settings["RoleArn"] = ROLE + role
    app.pool.create_group(name, **settings)
    app.pool.add_to_group("alice", name)


def test_who_is_in_no_group_has_no_claim_of_groups(app: App) -> None:
    for in_id in both_claims(app):
        assert not [name for name in in_id if name in ("cognito:groups", "cognito:roles", "cognito:preferred_role")]


def test_groups_are_listed_by_precedence(app: App) -> None:
    for name, precedence in (("none", None), ("second", 2), ("first", 0)):
        group(app, name, precedence)
    in_id, in_access = both_claims(app)
    assert in_id["cognito:groups"] == in_access["cognito:groups"] == ["first", "second", "none"]
    assert "cognito:roles" not in in_id


def test_roles_are_in_the_id_token_only(app: App) -> None:
    group(app, "low", 9, "low")
    group(app, "high", 1, "high")
    group(app, "plain", 5)
    in_id, in_access = both_claims(app)
    assert in_id["cognito:roles"] == [f"{ROLE}high", f"{ROLE}low"]
    assert in_id["cognito:preferred_role"] == f"{ROLE}high"
    assert not {"cognito:roles", "cognito:preferred_role"} & set(in_access)


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
def test_the_preferred_role(app: App, groups: list[tuple[str, int | None, str]], preferred: str | None) -> None:
    for name, precedence, role in groups:
        group(app, name, precedence, role)
    in_id, _ = both_claims(app)
    assert in_id.get("cognito:preferred_role") == (ROLE + preferred if preferred else None)


# Lifetimes


@pytest.mark.parametrize(
    ("unit", "number", "seconds"),
    [("seconds", 300, 300), ("minutes", 10, 600), ("hours", 2, 7200), ("days", 1, 86400), (None, 3, 10800)],
)
def test_lifetimes_are_the_clients(app: App, unit: str | None, number: int, seconds: int) -> None:
    units = {"AccessToken": unit, "IdToken": unit} if unit else {}
    client = app.with_client(AccessTokenValidity=number, IdTokenValidity=number, TokenValidityUnits=units)
    result = client.sign_in()
    assert result["ExpiresIn"] == seconds
    for token in (result["IdToken"], result["AccessToken"]):
        assert claims(token)["exp"] - claims(token)["iat"] == seconds


def test_expires_in_is_of_the_access_token(app: App) -> None:
    client = app.with_client(AccessTokenValidity=2, IdTokenValidity=5)
    result = client.sign_in()
    in_id = claims(result["IdToken"])
    assert (result["ExpiresIn"], in_id["exp"] - in_id["iat"]) == (7200, 18000)
