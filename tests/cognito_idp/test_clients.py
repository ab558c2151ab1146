"""App clients: creating, describing, updating, deleting and listing them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import PASSWORD, Answer
from tests.support.app_clients import SCHEMA, create, describe
from tests.support.refusals import PAGINATION_TOKEN_INVALID, invalid_parameter, no_client, no_pool, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

_DRAWN = ("ClientId", "CreationDate", "LastModifiedDate", "ClientType")
"""What differs from client to client, or what an older botocore does not know."""
OAUTH: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code", "implicit"],
    "AllowedOAuthScopes": ["openid", "email", "profile", "phone", "aws.cognito.signin.user.admin"],
    "CallbackURLs": ["https://app.example.com/in", "http://localhost:3000", "http://127.0.0.1/in", "myapp://in"],
    "LogoutURLs": ["http://[::1]:8080/out"],
    "DefaultRedirectURI": "http://localhost:3000",
    "SupportedIdentityProviders": ["COGNITO"],
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(Schema=SCHEMA)


def test_a_new_client_has_awss_defaults(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    client = create(cognito_idp, pool)
    assert len(client["ClientId"]) == 26
    assert client["CreationDate"] == client["LastModifiedDate"]
    assert {k: v for k, v in client.items() if k not in _DRAWN} == {
        "UserPoolId": pool.id,
        "ClientName": "web",
        "RefreshTokenValidity": 30,
        "TokenValidityUnits": {},
        "AllowedOAuthFlowsUserPoolClient": False,
        "EnableTokenRevocation": True,
        "EnablePropagateAdditionalUserContextData": False,
        "AuthSessionValidity": 3,
    }
    assert describe(cognito_idp, pool, client["ClientId"]) == client


def test_settings_are_kept_as_given(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
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
    client = create(cognito_idp, pool, **given)
    assert {member: client[member] for member in given} == given


def test_a_secret_is_drawn_when_asked_for(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    client = create(cognito_idp, pool, GenerateSecret=True)
    assert client["ClientSecret"].isalnum()
    assert len(client["ClientSecret"]) == 51
    assert describe(cognito_idp, pool, client["ClientId"])["ClientSecret"] == client["ClientSecret"]
    assert "ClientSecret" not in create(cognito_idp, pool, GenerateSecret=False)


def test_the_facade_pins_the_id(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> None:
    pool = cognito.create_user_pool()
    assert pool.create_client(id="web").id == "web"
    assert describe(cognito_idp, pool, "web")["ClientId"] == "web"
    with pytest.raises(AWSError, match="User pool client web already exists"):
        pool.create_client(id="web")
    with pytest.raises(AWSError, match="Member must satisfy regular expression pattern"):
        pool.create_client(id="not an id")


@pytest.mark.needs("CreateUserPoolClientRequest.RefreshTokenRotation")
def test_rotation_comes_with_no_grace_period(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    flows = ["ALLOW_USER_SRP_AUTH"]
    client = create(cognito_idp, pool, RefreshTokenRotation={"Feature": "ENABLED"}, ExplicitAuthFlows=flows)
    assert client["RefreshTokenRotation"] == {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}


def test_clients_of_unknown_pools(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    missing = "us-east-1_Missing00"
    gone = no_pool(missing)
    assert refusal(cognito_idp.create_user_pool_client, UserPoolId=missing, ClientName="web") == gone
    assert refusal(cognito_idp.list_user_pool_clients, UserPoolId=missing) == gone
    assert refusal(cognito_idp.describe_user_pool_client, UserPoolId=missing, ClientId="x") == gone


def test_a_client_belongs_to_its_pool(
    cognito: Cognito, cognito_idp: CognitoIdentityProviderClient, pool: UserPool
) -> None:
    other = cognito.create_user_pool().id
    client_id = create(cognito_idp, pool)["ClientId"]
    gone = no_client(client_id)
    operations: list[Callable[..., object]] = [
        cognito_idp.describe_user_pool_client,
        cognito_idp.update_user_pool_client,
        cognito_idp.delete_user_pool_client,
    ]
    for call in operations:
        assert refusal(call, UserPoolId=other, ClientId=client_id) == gone


def test_unsigned_operations_find_a_client_in_its_region_only(
    cognito_idp: CognitoIdentityProviderClient, pool: UserPool
) -> None:
    client_id = create(cognito_idp, pool)["ClientId"]
    gone = no_client(client_id)
    sign_up = {"ClientId": client_id, "Username": "alice", "Password": PASSWORD}
    elsewhere = boto3.client("cognito-idp", region_name="eu-west-1")
    assert refusal(elsewhere.sign_up, **sign_up) == gone
    cognito_idp.delete_user_pool_client(UserPoolId=pool.id, ClientId=client_id)
    assert refusal(cognito_idp.sign_up, **sign_up) == gone


def test_update_replaces_settings_and_keeps_name_and_secret(
    cognito_idp: CognitoIdentityProviderClient, pool: UserPool
) -> None:
    before = create(cognito_idp, pool, GenerateSecret=True, AccessTokenValidity=2, **OAUTH)
    after: Answer = {
        **cognito_idp.update_user_pool_client(
            UserPoolId=pool.id, ClientId=before["ClientId"], ReadAttributes=["email"], IdTokenValidity=3
        )["UserPoolClient"]
    }
    for kept in ("ClientId", "ClientName", "ClientSecret", "CreationDate"):
        assert after[kept] == before[kept]
    assert after["ReadAttributes"] == ["email"]
    assert after["IdTokenValidity"] == 3
    assert after["AllowedOAuthFlowsUserPoolClient"] is False
    for reset in ("AccessTokenValidity", "CallbackURLs", "AllowedOAuthFlows", "SupportedIdentityProviders"):
        assert reset not in after
    assert describe(cognito_idp, pool, before["ClientId"]) == after


def test_update_is_checked_like_create(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    client = create(cognito_idp, pool)
    call = cognito_idp.update_user_pool_client
    answer = refusal(call, UserPoolId=pool.id, ClientId=client["ClientId"], WriteAttributes=["sub"])
    assert answer == invalid_parameter("Invalid write attributes specified while updating a client")
    assert describe(cognito_idp, pool, client["ClientId"]) == client


def test_clients_are_listed_in_pages(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    made = [create(cognito_idp, pool)["ClientId"] for _ in range(3)]
    pages = list(
        cognito_idp.get_paginator("list_user_pool_clients").paginate(
            UserPoolId=pool.id, PaginationConfig={"PageSize": 2}
        )
    )
    assert [len(page["UserPoolClients"]) for page in pages] == [2, 1]
    listed = [client for page in pages for client in page["UserPoolClients"]]
    assert sorted(client["ClientId"] for client in listed) == sorted(made)
    assert set(listed[0]) == {"ClientId", "UserPoolId", "ClientName"}


def test_a_pool_has_at_most_a_thousand_clients(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    for _ in range(1000):
        create(cognito_idp, pool)
    assert refusal(cognito_idp.create_user_pool_client, UserPoolId=pool.id, ClientName="one more")[0] == (
        "LimitExceededException"
    )


@pytest.mark.needs("ListUserPoolClientsRequest.ClientType")
def test_clients_are_listed_by_type(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    client_id = create(cognito_idp, pool)["ClientId"]
    calls: list[dict[str, Any]] = [{"UserPoolId": pool.id, "ClientType": kind} for kind in ("REGULAR", "DCR")]
    regular, registered = (cognito_idp.list_user_pool_clients(**call)["UserPoolClients"] for call in calls)
    assert ([client["ClientId"] for client in regular], registered) == ([client_id], [])
    for call in calls:
        assert refusal(cognito_idp.list_user_pool_clients, **call, NextToken="nonsense") == PAGINATION_TOKEN_INVALID
