"""Whom the operations on a user's attributes refuse: unknown users and pools, and tokens that are no good."""

from __future__ import annotations

from typing import Any

import boto3

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.app import App, pairs
from tests.support.refusals import (
    ACCESS_TOKEN_EXPIRED,
    ACCESS_TOKEN_INVALID,
    ACCESS_TOKEN_REVOKED,
    ACCESS_TOKEN_SCOPE_MISSING,
    RESET_REQUIRED,
    USER_NOT_FOUND,
    Refusal,
    no_client,
    no_pool,
    refusal,
)


def test_unknown_users_and_pools(app: App) -> None:
    missing = "us-east-1_Missing00"
    calls: list[tuple[str, dict[str, Any]]] = [
        ("admin_update_user_attributes", {"UserAttributes": pairs({"given_name": "A"})}),
        ("admin_delete_user_attributes", {"UserAttributeNames": ["given_name"]}),
    ]
    for operation, more in calls:
        assert refusal(app.admin, operation=operation, username="nobody", **more) == USER_NOT_FOUND
        error = refusal(app.call, operation=operation, UserPoolId=missing, Username="nobody", **more)
        assert error == no_pool(missing)


OPERATIONS: list[tuple[str, dict[str, Any]]] = [
    ("update_user_attributes", {"UserAttributes": pairs({"given_name": "A"})}),
    ("delete_user_attributes", {"UserAttributeNames": ["given_name"]}),
    ("get_user_attribute_verification_code", {"AttributeName": "email"}),
    ("verify_user_attribute", {"AttributeName": "email", "Code": "123456"}),
    ("get_user_auth_factors", {}),
]
"""Every operation on attributes that takes an access token."""


def refusals(app: App, token: str) -> set[Refusal]:
    """What all of them refuse a token with."""
    return {refusal(app.call, operation=operation, AccessToken=token, **more) for operation, more in OPERATIONS}


def test_an_access_token_is_asked_for(cognito: Cognito, app: App, alice: User) -> None:
    tokens = alice.sign_in()
    without_scope = alice.tokens(scopes=["openid"]).access_token
    assert refusals(app, "x.y.z") == {ACCESS_TOKEN_INVALID}
    assert refusals(app, tokens.id_token) == {ACCESS_TOKEN_INVALID}
    assert refusals(app, without_scope) == {ACCESS_TOKEN_SCOPE_MISSING}
    cognito.clock.advance(hours=2)
    assert refusals(app, tokens.access_token) == {ACCESS_TOKEN_EXPIRED}


def test_a_token_is_good_for_who_may_sign_in(app: App, alice: User) -> None:
    ended = alice.sign_in().access_token
    app.idp.global_sign_out(AccessToken=ended)
    assert refusals(app, ended) == {ACCESS_TOKEN_REVOKED}
    reset = alice.sign_in().access_token
    app.admin("admin_reset_user_password")
    assert refusals(app, reset) == {RESET_REQUIRED}
    app.admin("admin_delete_user")
    assert refusals(app, reset) == {USER_NOT_FOUND}


def test_the_client_of_a_token_must_be_there(app: App) -> None:
    client = app.pool.create_client()
    token = app.pool.tokens_for("alice", client=client).access_token
    app.idp.delete_user_pool_client(UserPoolId=app.pool_id, ClientId=client.id)
    assert refusals(app, token) == {no_client(client.id)}


def test_a_token_of_another_region_is_none(pool: UserPool, alice: User) -> None:
    abroad = App(boto3.client("cognito-idp", region_name="eu-west-1"), pool)
    assert refusals(abroad, alice.tokens().access_token) == {ACCESS_TOKEN_INVALID}
