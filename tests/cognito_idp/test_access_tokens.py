"""Which access tokens the operations of a user take, and how they refuse the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import jwt
import pytest

from pytest_cognito.cognito import Cognito, Tokens, UserPool
from tests.support.app import NEW_PASSWORD, App
from tests.support.refusals import (
    ACCESS_TOKEN_EXPIRED,
    ACCESS_TOKEN_INVALID,
    ACCESS_TOKEN_REVOKED,
    ACCESS_TOKEN_SCOPE_MISSING,
    RESET_REQUIRED,
    USER_DISABLED,
    USER_NOT_FOUND,
    no_client,
    not_authorized,
    refusal,
)

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


SIGNATURE = not_authorized("Could not verify signature for Access Token")


def test_the_users_own_operations_take_it(cognito_idp: CognitoIdentityProviderClient, tokens: Tokens) -> None:
    assert cognito_idp.get_user(AccessToken=tokens.access_token)["Username"] == "alice"


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "e30.e30.e30"])
def test_what_is_no_jwt(cognito_idp: CognitoIdentityProviderClient, token: str) -> None:
    assert refusal(cognito_idp.get_user, AccessToken=token) == ACCESS_TOKEN_INVALID


def test_what_a_token_cannot_look_like_is_a_validation_error(cognito_idp: CognitoIdentityProviderClient) -> None:
    code, message = refusal(cognito_idp.get_user, AccessToken="not a token")
    assert code == "InvalidParameterException"
    assert "at 'accessToken' failed to satisfy constraint" in message
    assert "not a token" not in message


def test_an_id_token(cognito_idp: CognitoIdentityProviderClient, tokens: Tokens) -> None:
    assert refusal(cognito_idp.get_user, AccessToken=tokens.id_token) == ACCESS_TOKEN_INVALID


def test_a_token_of_a_pool_that_is_not_there(cognito_idp: CognitoIdentityProviderClient, tokens: Tokens) -> None:
    assert refusal(cognito_idp.get_user, AccessToken=tokens.wrong_issuer().access_token) == ACCESS_TOKEN_INVALID


def test_a_token_taken_to_another_region(tokens: Tokens) -> None:
    abroad = boto3.client("cognito-idp", region_name="eu-west-1")
    assert refusal(abroad.get_user, AccessToken=tokens.access_token) == ACCESS_TOKEN_INVALID


def test_a_token_that_was_tampered_with(cognito_idp: CognitoIdentityProviderClient, tokens: Tokens) -> None:
    assert refusal(cognito_idp.get_user, AccessToken=tokens.tampered().access_token) == SIGNATURE


def test_a_token_signed_by_another_pool(
    cognito: Cognito, cognito_idp: CognitoIdentityProviderClient, pool: UserPool
) -> None:
    other = cognito.create_user_pool()
    other.create_user("alice", email="alice@example.com")
    forged = other.tokens_for("alice").wrong_issuer(pool.issuer)
    assert refusal(cognito_idp.get_user, AccessToken=forged.access_token) == SIGNATURE


def test_a_token_without_a_signature(cognito_idp: CognitoIdentityProviderClient, tokens: Tokens) -> None:
    naked = jwt.encode(tokens.claims, "", algorithm="none")
    assert refusal(cognito_idp.get_user, AccessToken=naked) == SIGNATURE


def test_a_token_expires_on_the_clock(
    cognito: Cognito, cognito_idp: CognitoIdentityProviderClient, tokens: Tokens
) -> None:
    cognito.clock.advance(minutes=59)
    assert cognito_idp.get_user(AccessToken=tokens.access_token)
    cognito.clock.advance(minutes=1)
    assert refusal(cognito_idp.get_user, AccessToken=tokens.access_token) == ACCESS_TOKEN_EXPIRED
    assert refusal(cognito_idp.global_sign_out, AccessToken=tokens.access_token) == ACCESS_TOKEN_EXPIRED


def test_a_token_without_the_scope(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> None:
    token = pool.tokens_for("alice", scopes=["openid", "notes/read"]).access_token
    assert refusal(cognito_idp.get_user, AccessToken=token) == ACCESS_TOKEN_SCOPE_MISSING


def test_a_token_of_a_disabled_user(app: App, tokens: Tokens) -> None:
    app.admin("admin_disable_user")
    assert refusal(app.idp.get_user, AccessToken=tokens.access_token) == USER_DISABLED
    app.admin("admin_enable_user")
    assert refusal(app.idp.get_user, AccessToken=tokens.access_token) == ACCESS_TOKEN_REVOKED


def test_a_token_of_a_deleted_user_is_not_the_successors(app: App, pool: UserPool, tokens: Tokens) -> None:
    app.admin("admin_delete_user")
    assert refusal(app.idp.get_user, AccessToken=tokens.access_token) == USER_NOT_FOUND
    pool.create_user("alice", email="alice@example.com")
    assert refusal(app.idp.get_user, AccessToken=tokens.access_token) == USER_NOT_FOUND


def test_a_token_of_a_deleted_client(app: App, tokens: Tokens) -> None:
    client_id = app.client_id
    app.idp.delete_user_pool_client(UserPoolId=app.pool_id, ClientId=client_id)
    assert refusal(app.idp.get_user, AccessToken=tokens.access_token) == no_client(client_id)


def test_a_token_of_a_user_whose_password_was_reset(app: App, tokens: Tokens) -> None:
    app.admin("admin_reset_user_password")
    assert refusal(app.idp.get_user, AccessToken=tokens.access_token) == RESET_REQUIRED


def test_a_new_password_leaves_the_token(app: App, tokens: Tokens) -> None:
    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
    assert app.idp.get_user(AccessToken=tokens.access_token)["Username"] == "alice"


def test_no_aws_credentials_are_looked_at(cognito_idp: CognitoIdentityProviderClient, tokens: Tokens) -> None:
    call = cognito_idp.get_user(AccessToken=tokens.access_token)
    assert call["ResponseMetadata"]["HTTPStatusCode"] == 200


ODD: list[object] = [None, True, 0, "", "soon", [], {}]
CLAIMS = [(claim, odd) for claim in ("exp", "scope", "client_id", "sub", "event_id", "token_use", "iss") for odd in ODD]


@pytest.mark.parametrize(("claim", "odd"), CLAIMS)
def test_a_signed_token_with_an_odd_claim(
    cognito_idp: CognitoIdentityProviderClient, pool: UserPool, claim: str, odd: object
) -> None:
    token = pool.tokens_for("alice", claims={claim: odd}).access_token
    code = refusal(cognito_idp.get_user, AccessToken=token).code
    assert code in ("NotAuthorizedException", "ResourceNotFoundException", "UserNotFoundException")
    if odd is None:
        assert refusal(cognito_idp.get_user, AccessToken=token) == ACCESS_TOKEN_INVALID


@pytest.mark.parametrize("claim", ["jti", "auth_time", "iat", "username", "origin_jti", "nbf", "aud", "cognito:groups"])
def test_a_claim_that_the_api_does_not_read_may_be_none(
    cognito_idp: CognitoIdentityProviderClient, pool: UserPool, claim: str
) -> None:
    token = pool.tokens_for("alice", claims={claim: None}).access_token
    assert cognito_idp.get_user(AccessToken=token)["Username"] == "alice"
