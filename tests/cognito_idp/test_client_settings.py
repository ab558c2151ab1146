"""Settings of app clients that CreateUserPoolClient takes and refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app_clients import SCHEMA, create
from tests.support.refusals import invalid_parameter, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(Schema=SCHEMA)


def test_refresh_validity_of_zero_is_thirty_days(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    assert create(cognito_idp, pool, RefreshTokenValidity=0)["RefreshTokenValidity"] == 30


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
def test_validity_out_of_range_is_refused(
    cognito_idp: CognitoIdentityProviderClient, pool: UserPool, settings: dict[str, Any]
) -> None:
    answer = refusal(cognito_idp.create_user_pool_client, UserPoolId=pool.id, ClientName="web", **settings)
    assert answer == invalid_parameter("Invalid range for token validity.")


@pytest.mark.parametrize(
    "settings",
    [
        {"AccessTokenValidity": 5, "TokenValidityUnits": {"AccessToken": "minutes"}},
        {"AccessTokenValidity": 86400, "TokenValidityUnits": {"AccessToken": "seconds"}},
        {"RefreshTokenValidity": 60, "TokenValidityUnits": {"RefreshToken": "minutes"}},
        {"RefreshTokenValidity": 3650},
    ],
)
def test_validity_at_the_ends_of_the_range(
    cognito_idp: CognitoIdentityProviderClient, pool: UserPool, settings: dict[str, Any]
) -> None:
    client = create(cognito_idp, pool, **settings)
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
        pytest.param(
            {"ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"], "RefreshTokenRotation": {"Feature": "ENABLED"}},
            "InvalidParameterException",
            "ALLOW_REFRESH_TOKEN_AUTH cannot be enabled together with refresh token rotation.",
            marks=pytest.mark.needs("CreateUserPoolClientRequest.RefreshTokenRotation"),
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
def test_settings_that_aws_refuses(
    cognito_idp: CognitoIdentityProviderClient, pool: UserPool, settings: dict[str, Any], code: str, message: str
) -> None:
    answer = refusal(cognito_idp.create_user_pool_client, UserPoolId=pool.id, ClientName="web", **settings)
    assert answer == (code, message)
    assert cognito_idp.list_user_pool_clients(UserPoolId=pool.id)["UserPoolClients"] == []


def test_an_unknown_identity_provider_is_refused(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    call = cognito_idp.create_user_pool_client
    answer = refusal(call, UserPoolId=pool.id, ClientName="web", SupportedIdentityProviders=["COGNITO", "Google"])
    assert answer == invalid_parameter(f"The provider Google does not exist for User Pool {pool.id}.")


def test_choice_based_sign_in_is_in_every_plan(cognito: Cognito) -> None:
    lite = cognito.create_user_pool(UserPoolTier="LITE")
    assert "ALLOW_USER_AUTH" in lite.create_client(ExplicitAuthFlows=["ALLOW_USER_AUTH"]).flows
