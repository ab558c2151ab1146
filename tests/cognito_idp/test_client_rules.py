"""What the settings of an app client allow: secret hashes, flows, lifetimes of tokens, attributes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp.records import AppClient, ClientSecret, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings, secret_hash, token_validity
from tests.support.secret_hashes import hash_of

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def app_client(*secrets: str, **settings: Any) -> AppClient:
    kept = tuple(ClientSecret(f"c--{place}", secret, NOW) for place, secret in enumerate(secrets))
    return AppClient("c", "us-east-1_p", settings, kept, NOW, NOW)


def pool_with(*attributes: dict[str, Any]) -> UserPool:
    return UserPool("us-east-1_p", "us-east-1", "123456789012", {"SchemaAttributes": attributes}, NOW, NOW)


def test_any_secret_of_a_client_will_do() -> None:
    client = app_client("first-secret", "second-secret")
    for secret in ("first-secret", "second-secret"):
        secret_hash.verify(client, "alice", hash_of(secret, "alice", "c"))
    with pytest.raises(AWSError, match="Unable to verify"):
        secret_hash.verify(client, "alice", hash_of("third-secret", "alice", "c"))


@pytest.mark.parametrize("given", ["ü", "\ud800", ""])
def test_a_hash_may_be_any_text(given: str) -> None:
    with pytest.raises(AWSError, match="Unable to verify"):
        secret_hash.verify(app_client("secret"), "ali\udfffce", given)


@pytest.mark.parametrize(
    ("flows", "allowed"),
    [
        (None, {"ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"}),
        (["ALLOW_USER_PASSWORD_AUTH"], {"ALLOW_USER_PASSWORD_AUTH"}),
        (
            ["USER_PASSWORD_AUTH"],
            {"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"},
        ),
        (
            ["ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY"],
            {"ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH"},
        ),
    ],
)
def test_flows_that_a_client_allows(flows: list[str] | None, allowed: set[str]) -> None:
    assert client_settings.allowed_flows(app_client(ExplicitAuthFlows=flows)) == allowed


def test_validity_in_units() -> None:
    client = app_client(AccessTokenValidity=10, TokenValidityUnits={"AccessToken": "minutes"}, RefreshTokenValidity=5)
    assert token_validity.validity(client, "AccessToken") == dt.timedelta(minutes=10)
    assert token_validity.validity(client, "IdToken") == dt.timedelta(hours=1)
    assert token_validity.validity(client, "RefreshToken") == dt.timedelta(days=5)


def test_attributes_that_a_client_reads_and_writes() -> None:
    names = ["sub", "email", "phone_number", "name", "locale", "custom:tenant"]
    pool = pool_with(*({"Name": name, "Required": name in ("sub", "phone_number")} for name in names))
    free = app_client()
    assert client_settings.readable(free, pool) is None
    assert client_settings.writable(free, pool) is None
    bound = app_client(ReadAttributes=["email", "oidc:profile"], WriteAttributes=["email"])
    assert client_settings.readable(bound, pool) == frozenset({"sub", "email", "name", "locale"})
    assert client_settings.writable(bound, pool) == frozenset({"email", "phone_number"})
