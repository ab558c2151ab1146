"""Which access tokens the operations of a user take, and how they refuse the others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.refusals import refusal
from tests.support.sign_ins import sign_in

INVALID = ("NotAuthorizedException", "Invalid Access Token")
EXPIRED = ("NotAuthorizedException", "Access Token has expired")
REVOKED = ("NotAuthorizedException", "Access Token has been revoked")
SCOPE = ("NotAuthorizedException", "Access Token does not have required scopes")
SIGNATURE = ("NotAuthorizedException", "Could not verify signature for Access Token")


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def tokens(pool: Any) -> Any:
    return pool.user("alice").sign_in()


def test_the_users_own_operations_take_it(cognito_idp: Any, tokens: Any) -> None:
    assert cognito_idp.get_user(AccessToken=tokens.access_token)["Username"] == "alice"


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "e30.e30.e30"])
def test_what_is_no_jwt(cognito_idp: Any, pool: Any, token: str) -> None:
    assert refusal(cognito_idp.get_user, AccessToken=token) == INVALID


def test_what_a_token_cannot_look_like_is_a_validation_error(cognito_idp: Any, pool: Any) -> None:
    code, message = refusal(cognito_idp.get_user, AccessToken="not a token")
    assert code == "InvalidParameterException"
    assert "at 'accessToken' failed to satisfy constraint" in message
    assert "not a token" not in message


def test_an_id_token(cognito_idp: Any, tokens: Any) -> None:
    assert refusal(cognito_idp.get_user, AccessToken=tokens.id_token) == INVALID


def test_a_token_of_a_pool_that_is_not_there(cognito_idp: Any, tokens: Any) -> None:
    assert refusal(cognito_idp.get_user, AccessToken=tokens.wrong_issuer().access_token) == INVALID


def test_a_token_taken_to_another_region(tokens: Any) -> None:
    import boto3

    abroad = boto3.client("cognito-idp", region_name="eu-west-1")
    assert refusal(abroad.get_user, AccessToken=tokens.access_token) == INVALID


def test_a_token_that_was_tampered_with(cognito_idp: Any, tokens: Any) -> None:
    assert refusal(cognito_idp.get_user, AccessToken=tokens.tampered().access_token) == SIGNATURE


def test_a_token_signed_by_another_pool(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    other = cognito.create_user_pool()
    other.create_user("alice", email="alice@example.com")
    forged = other.tokens_for("alice").wrong_issuer(pool.issuer)
    assert refusal(cognito_idp.get_user, AccessToken=forged.access_token) == SIGNATURE


def test_a_token_without_a_signature(cognito_idp: Any, tokens: Any) -> None:
    import jwt

    naked = jwt.encode(tokens.claims, "", algorithm="none")
    assert refusal(cognito_idp.get_user, AccessToken=naked) == SIGNATURE


def test_a_token_expires_on_the_clock(cognito: Any, cognito_idp: Any, tokens: Any) -> None:
    cognito.clock.advance(minutes=59)
    assert cognito_idp.get_user(AccessToken=tokens.access_token)
    cognito.clock.advance(minutes=1)
    assert refusal(cognito_idp.get_user, AccessToken=tokens.access_token) == EXPIRED
    assert refusal(cognito_idp.global_sign_out, AccessToken=tokens.access_token) == EXPIRED


def test_a_token_without_the_scope(cognito_idp: Any, pool: Any) -> None:
    token = pool.tokens_for("alice", scopes=["openid", "notes/read"]).access_token
    assert refusal(cognito_idp.get_user, AccessToken=token) == SCOPE


def test_a_token_of_a_disabled_user(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    assert refusal(cognito_idp.get_user, AccessToken=tokens.access_token) == (
        "NotAuthorizedException",
        "User is disabled.",
    )
    cognito_idp.admin_enable_user(UserPoolId=pool.id, Username="alice")
    assert refusal(cognito_idp.get_user, AccessToken=tokens.access_token) == REVOKED


def test_a_token_of_a_deleted_user_is_not_his_successors(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    error = ("UserNotFoundException", "User does not exist.")
    cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
    assert refusal(cognito_idp.get_user, AccessToken=tokens.access_token) == error
    pool.create_user("alice", email="alice@example.com")
    assert refusal(cognito_idp.get_user, AccessToken=tokens.access_token) == error


def test_a_token_of_a_deleted_client(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    client_id = pool.client.id
    cognito_idp.delete_user_pool_client(UserPoolId=pool.id, ClientId=client_id)
    assert refusal(cognito_idp.get_user, AccessToken=tokens.access_token) == (
        "ResourceNotFoundException",
        f"User pool client {client_id} does not exist.",
    )


def test_a_token_of_a_user_whose_password_was_reset(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")
    assert refusal(cognito_idp.get_user, AccessToken=tokens.access_token) == (
        "PasswordResetRequiredException",
        "Password reset required for the user",
    )


def test_a_new_password_leaves_the_token(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    cognito_idp.admin_set_user_password(
        UserPoolId=pool.id, Username="alice", Password="Another-horse-8", Permanent=True
    )
    assert cognito_idp.get_user(AccessToken=tokens.access_token)["Username"] == "alice"


def test_no_aws_credentials_are_looked_at(cognito_idp: Any, pool: Any) -> None:
    result = sign_in(cognito_idp, pool.client.id)
    call = cognito_idp.get_user(AccessToken=result["AccessToken"])
    assert call["ResponseMetadata"]["HTTPStatusCode"] == 200
