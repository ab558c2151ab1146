"""App clients: creating, describing, updating, deleting and listing them, and what their settings allow."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from typing import Any

import boto3
import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp.records import AppClient, ClientSecret, UserPool
from pytest_cognito.cognito_idp.rules import client_settings, secret_hash, token_validity
from tests.support.refusals import refusal

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
OAUTH = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code", "implicit"],
    "AllowedOAuthScopes": ["openid", "email", "profile", "phone", "aws.cognito.signin.user.admin"],
    "CallbackURLs": ["https://app.example.com/in", "http://localhost:3000", "http://127.0.0.1/in", "myapp://in"],
    "LogoutURLs": ["http://[::1]:8080/out"],
    "DefaultRedirectURI": "http://localhost:3000",
    "SupportedIdentityProviders": ["COGNITO"],
}


@pytest.fixture
def pool_id(cognito_idp: Any) -> str:
    schema = [
        {"Name": "tenant", "AttributeDataType": "String"},
        {"Name": "level", "AttributeDataType": "Number", "DeveloperOnlyAttribute": True},
        {"Name": "email", "Required": True},
    ]
    pool = cognito_idp.create_user_pool(PoolName="app", Schema=schema)["UserPool"]
    return str(pool["Id"])


def create(client: Any, pool_id: str, **settings: Any) -> dict[str, Any]:
    made: dict[str, Any] = client.create_user_pool_client(UserPoolId=pool_id, ClientName="web", **settings)
    app_client: dict[str, Any] = made["UserPoolClient"]
    return app_client


def describe(client: Any, pool_id: str, client_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"]
    return found


def test_a_new_client_has_awss_defaults(cognito_idp: Any, pool_id: str) -> None:
    client = create(cognito_idp, pool_id)
    assert len(client["ClientId"]) == 26
    assert client["CreationDate"] == client["LastModifiedDate"]
    assert {k: v for k, v in client.items() if k not in ("ClientId", "CreationDate", "LastModifiedDate")} == {
        "UserPoolId": pool_id,
        "ClientName": "web",
        "RefreshTokenValidity": 30,
        "TokenValidityUnits": {},
        "AllowedOAuthFlowsUserPoolClient": False,
        "EnableTokenRevocation": True,
        "EnablePropagateAdditionalUserContextData": False,
        "AuthSessionValidity": 3,
    }
    assert describe(cognito_idp, pool_id, client["ClientId"]) == client


def test_settings_are_kept_as_given(cognito_idp: Any, pool_id: str) -> None:
    given = {
        "RefreshTokenValidity": 2,
        "AccessTokenValidity": 10,
        "IdTokenValidity": 20,
        "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "hours"},
        "ReadAttributes": ["email", "email_verified", "custom:tenant", "oidc:profile"],
        "WriteAttributes": ["email", "custom:tenant"],
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": False,
        "AuthSessionValidity": 15,
        **OAUTH,
    }
    client = create(cognito_idp, pool_id, **given)
    assert {member: client[member] for member in given} == given


def test_a_secret_is_drawn_when_asked_for(cognito_idp: Any, pool_id: str) -> None:
    client = create(cognito_idp, pool_id, GenerateSecret=True)
    assert client["ClientSecret"].isalnum()
    assert len(client["ClientSecret"]) == 51
    assert describe(cognito_idp, pool_id, client["ClientId"])["ClientSecret"] == client["ClientSecret"]
    assert "ClientSecret" not in create(cognito_idp, pool_id, GenerateSecret=False)


def test_the_facade_pins_the_id(cognito: Cognito, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool()
    assert pool.create_client(id="web").id == "web"
    assert describe(cognito_idp, pool.id, "web")["ClientId"] == "web"
    with pytest.raises(AWSError, match="User pool client web already exists"):
        pool.create_client(id="web")
    with pytest.raises(AWSError, match="Member must satisfy regular expression pattern"):
        pool.create_client(id="not an id")


def test_rotation_comes_with_no_grace_period(cognito_idp: Any, pool_id: str) -> None:
    flows = ["ALLOW_USER_SRP_AUTH"]
    client = create(cognito_idp, pool_id, RefreshTokenRotation={"Feature": "ENABLED"}, ExplicitAuthFlows=flows)
    assert client["RefreshTokenRotation"] == {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}


def test_refresh_validity_of_zero_is_thirty_days(cognito_idp: Any, pool_id: str) -> None:
    assert create(cognito_idp, pool_id, RefreshTokenValidity=0)["RefreshTokenValidity"] == 30


@pytest.mark.parametrize(
    "settings",
    [
        {"AccessTokenValidity": 4, "TokenValidityUnits": {"AccessToken": "minutes"}},
        {"AccessTokenValidity": 25},
        {"IdTokenValidity": 2, "TokenValidityUnits": {"IdToken": "days"}},
        {"RefreshTokenValidity": 59, "TokenValidityUnits": {"RefreshToken": "minutes"}},
        {"RefreshTokenValidity": 3651},
        {"RefreshTokenValidity": 1, "TokenValidityUnits": {"RefreshToken": "hours"}, "IdTokenValidity": 2},
    ],
)
def test_validity_out_of_range_is_refused(cognito_idp: Any, pool_id: str, settings: Any) -> None:
    answer = refusal(cognito_idp.create_user_pool_client, UserPoolId=pool_id, ClientName="web", **settings)
    assert answer == ("InvalidParameterException", "Invalid range for token validity.")


@pytest.mark.parametrize(
    "settings",
    [
        {"AccessTokenValidity": 5, "TokenValidityUnits": {"AccessToken": "minutes"}},
        {"AccessTokenValidity": 86400, "TokenValidityUnits": {"AccessToken": "seconds"}},
        {"RefreshTokenValidity": 60, "TokenValidityUnits": {"RefreshToken": "minutes"}},
        {"RefreshTokenValidity": 3650},
    ],
)
def test_validity_at_the_ends_of_the_range(cognito_idp: Any, pool_id: str, settings: Any) -> None:
    client = create(cognito_idp, pool_id, **settings)
    assert {member: client[member] for member in settings} == settings


@pytest.mark.parametrize(
    ("settings", "code", "message"),
    [
        (
            {"ReadAttributes": ["custom:unknown"]},
            "InvalidParameterException",
            "Invalid read attributes specified while creating a client",
        ),
        (
            {"ReadAttributes": ["dev:custom:level"]},
            "InvalidParameterException",
            "Invalid read attributes specified while creating a client",
        ),
        (
            {"WriteAttributes": ["tenant"]},
            "InvalidParameterException",
            "Invalid write attributes specified while creating a client",
        ),
        (
            {"WriteAttributes": ["email_verified"]},
            "InvalidParameterException",
            "Invalid write attributes specified while creating a client",
        ),
        (
            {"ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH", "ALLOW_USER_SRP_AUTH"]},
            "InvalidParameterException",
            "Cannot specify legacy ExplicitAuthFlows together with flows that begin with ALLOW_.",
        ),
        (
            {"ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"], "RefreshTokenRotation": {"Feature": "ENABLED"}},
            "InvalidParameterException",
            "ALLOW_REFRESH_TOKEN_AUTH cannot be enabled together with refresh token rotation.",
        ),
        (
            {"AllowedOAuthScopes": ["notes/read"]},
            "ScopeDoesNotExistException",
            "Invalid scope requested: notes/read",
        ),
        (
            {"AllowedOAuthFlowsUserPoolClient": True, "AllowedOAuthFlows": ["code"]},
            "InvalidParameterException",
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
        ),
        (
            {"AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"]},
            "InvalidOAuthFlowException",
            "CallbackUrls can not be empty when code flow or implicit flow is selected",
        ),
        (
            {"AllowedOAuthFlows": ["client_credentials", "code"], "GenerateSecret": True},
            "InvalidOAuthFlowException",
            "client_credentials flow can not be selected along with code flow or implicit flow",
        ),
        (
            {"AllowedOAuthFlows": ["client_credentials"]},
            "InvalidOAuthFlowException",
            "client_credentials flow can not be selected if client does not have a client secret.",
        ),
        (
            {"AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["openid"], "GenerateSecret": True},
            "InvalidOAuthFlowException",
            "openid is not supported with client_credentials flow",
        ),
        (
            {"CallbackURLs": ["http://app.example.com"]},
            "InvalidParameterException",
            "http://app.example.com cannot use the HTTP protocol.",
        ),
        (
            {"LogoutURLs": ["http://localhost.com/"]},
            "InvalidParameterException",
            "http://localhost.com/ cannot use the HTTP protocol.",
        ),
        (
            {"CallbackURLs": ["https://app.example.com/#in"]},
            "InvalidParameterException",
            "https://app.example.com/#in is not a valid redirect URI.",
        ),
        ({"CallbackURLs": ["/in"]}, "InvalidParameterException", "/in is not a valid redirect URI."),
        ({"CallbackURLs": ["https://[x"]}, "InvalidParameterException", "https://[x is not a valid redirect URI."),
        (
            {"CallbackURLs": ["https://a.example.com"], "DefaultRedirectURI": "https://b.example.com"},
            "InvalidParameterException",
            "DefaultRedirectURI must be in the list of CallbackURLs.",
        ),
        (
            {"EnablePropagateAdditionalUserContextData": True},
            "InvalidParameterException",
            "EnablePropagateAdditionalUserContextData requires a client with a secret.",
        ),
    ],
)
def test_settings_that_aws_refuses(cognito_idp: Any, pool_id: str, settings: Any, code: str, message: str) -> None:
    answer = refusal(cognito_idp.create_user_pool_client, UserPoolId=pool_id, ClientName="web", **settings)
    assert answer == (code, message)
    assert cognito_idp.list_user_pool_clients(UserPoolId=pool_id)["UserPoolClients"] == []


def test_an_unknown_identity_provider_is_refused(cognito_idp: Any, pool_id: str) -> None:
    call = cognito_idp.create_user_pool_client
    answer = refusal(call, UserPoolId=pool_id, ClientName="web", SupportedIdentityProviders=["COGNITO", "Google"])
    assert answer == ("InvalidParameterException", f"The provider Google does not exist for User Pool {pool_id}.")


def test_choice_based_sign_in_needs_a_plan(cognito_idp: Any) -> None:
    lite = cognito_idp.create_user_pool(PoolName="app", UserPoolTier="LITE")["UserPool"]["Id"]
    flows = ["ALLOW_USER_AUTH"]
    call = cognito_idp.create_user_pool_client
    assert refusal(call, UserPoolId=lite, ClientName="web", ExplicitAuthFlows=flows)[0] == (
        "FeatureUnavailableInTierException"
    )


def test_clients_of_unknown_pools(cognito_idp: Any, pool_id: str) -> None:
    missing = "us-east-1_Missing00"
    gone = ("ResourceNotFoundException", f"User pool {missing} does not exist.")
    assert refusal(cognito_idp.create_user_pool_client, UserPoolId=missing, ClientName="web") == gone
    assert refusal(cognito_idp.list_user_pool_clients, UserPoolId=missing) == gone
    assert refusal(cognito_idp.describe_user_pool_client, UserPoolId=missing, ClientId="x") == gone


def test_a_client_belongs_to_its_pool(cognito_idp: Any, pool_id: str) -> None:
    other = cognito_idp.create_user_pool(PoolName="other")["UserPool"]["Id"]
    client_id = create(cognito_idp, pool_id)["ClientId"]
    gone = ("ResourceNotFoundException", f"User pool client {client_id} does not exist.")
    for call in (
        cognito_idp.describe_user_pool_client,
        cognito_idp.update_user_pool_client,
        cognito_idp.delete_user_pool_client,
    ):
        assert refusal(call, UserPoolId=other, ClientId=client_id) == gone


def test_unsigned_operations_find_a_client_in_its_region_only(cognito_idp: Any, pool_id: str) -> None:
    client_id = create(cognito_idp, pool_id)["ClientId"]
    gone = ("ResourceNotFoundException", f"User pool client {client_id} does not exist.")
    sign_up = {"ClientId": client_id, "Username": "alice", "Password": "Passw0rd!"}
    elsewhere = boto3.client("cognito-idp", region_name="eu-west-1")
    assert refusal(elsewhere.sign_up, **sign_up) == gone
    cognito_idp.delete_user_pool_client(UserPoolId=pool_id, ClientId=client_id)
    assert refusal(cognito_idp.sign_up, **sign_up) == gone


def test_update_replaces_settings_and_keeps_name_and_secret(cognito_idp: Any, pool_id: str) -> None:
    before = create(cognito_idp, pool_id, GenerateSecret=True, AccessTokenValidity=2, **OAUTH)
    after = cognito_idp.update_user_pool_client(
        UserPoolId=pool_id, ClientId=before["ClientId"], ReadAttributes=["email"], IdTokenValidity=3
    )["UserPoolClient"]
    for kept in ("ClientId", "ClientName", "ClientSecret", "CreationDate"):
        assert after[kept] == before[kept]
    assert after["ReadAttributes"] == ["email"]
    assert after["IdTokenValidity"] == 3
    assert after["AllowedOAuthFlowsUserPoolClient"] is False
    for reset in ("AccessTokenValidity", "CallbackURLs", "AllowedOAuthFlows", "SupportedIdentityProviders"):
        assert reset not in after
    assert describe(cognito_idp, pool_id, before["ClientId"]) == after


def test_update_is_checked_like_create(cognito_idp: Any, pool_id: str) -> None:
    client = create(cognito_idp, pool_id)
    call = cognito_idp.update_user_pool_client
    answer = refusal(call, UserPoolId=pool_id, ClientId=client["ClientId"], WriteAttributes=["sub"])
    assert answer == ("InvalidParameterException", "Invalid write attributes specified while updating a client")
    assert describe(cognito_idp, pool_id, client["ClientId"]) == client


def test_clients_are_listed_in_pages(cognito_idp: Any, pool_id: str) -> None:
    made = [create(cognito_idp, pool_id)["ClientId"] for _ in range(3)]
    pages = list(
        cognito_idp.get_paginator("list_user_pool_clients").paginate(
            UserPoolId=pool_id, PaginationConfig={"PageSize": 2}
        )
    )
    assert [len(page["UserPoolClients"]) for page in pages] == [2, 1]
    listed = [client for page in pages for client in page["UserPoolClients"]]
    assert sorted(client["ClientId"] for client in listed) == sorted(made)
    assert set(listed[0]) == {"ClientId", "UserPoolId", "ClientName"}


def test_a_pool_has_at_most_a_thousand_clients(cognito_idp: Any, pool_id: str) -> None:
    for _ in range(1000):
        create(cognito_idp, pool_id)
    assert refusal(cognito_idp.create_user_pool_client, UserPoolId=pool_id, ClientName="one more")[0] == (
        "LimitExceededException"
    )


def _hash(secret: str, username: str, client_id: str) -> str:
    digest = hmac.new(secret.encode(), (username + client_id).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def test_a_confidential_client_needs_the_secret_hash(cognito_idp: Any, pool_id: str) -> None:
    client = create(cognito_idp, pool_id, GenerateSecret=True)
    client_id, attributes = client["ClientId"], [{"Name": "email", "Value": "a@example.com"}]
    sign_up = {"ClientId": client_id, "Username": "alice", "Password": "Passw0rd!", "UserAttributes": attributes}
    assert refusal(cognito_idp.sign_up, **sign_up) == (
        "NotAuthorizedException",
        f"Client {client_id} is configured with secret but SECRET_HASH was not received",
    )
    wrong = ("NotAuthorizedException", f"Unable to verify secret hash for client {client_id}")
    assert refusal(cognito_idp.sign_up, SecretHash="bm90IGl0", **sign_up) == wrong
    other_user = _hash(client["ClientSecret"], "bob", client_id)
    assert refusal(cognito_idp.sign_up, SecretHash=other_user, **sign_up) == wrong
    right = _hash(client["ClientSecret"], "alice", client_id)
    assert cognito_idp.sign_up(SecretHash=right, **sign_up)["UserConfirmed"] is False


def test_a_client_without_secret_takes_no_hash(cognito_idp: Any, pool_id: str) -> None:
    client_id = create(cognito_idp, pool_id)["ClientId"]
    call = cognito_idp.sign_up
    answer = refusal(call, ClientId=client_id, Username="alice", Password="Passw0rd!", SecretHash="bm90IGl0")
    assert answer == ("NotAuthorizedException", f"Unable to verify secret hash for client {client_id}")


def app_client(*secrets: str, **settings: Any) -> AppClient:
    kept = tuple(ClientSecret(f"c--{place}", secret, NOW) for place, secret in enumerate(secrets))
    return AppClient("c", "us-east-1_p", settings, kept, NOW, NOW)


def pool_with(*attributes: dict[str, Any]) -> UserPool:
    return UserPool("us-east-1_p", "us-east-1", "123456789012", {"SchemaAttributes": attributes}, NOW, NOW)


def test_any_secret_of_a_client_will_do() -> None:
    client = app_client("first-secret", "second-secret")
    for secret in ("first-secret", "second-secret"):
        secret_hash.verify(client, "alice", _hash(secret, "alice", "c"))
    with pytest.raises(AWSError, match="Unable to verify"):
        secret_hash.verify(client, "alice", _hash("third-secret", "alice", "c"))


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
    assert client_settings.readable(bound, pool) == {"sub", "email", "name", "locale"}
    assert client_settings.writable(bound, pool) == {"email", "phone_number"}
