"""Refreshing, by the flow REFRESH_TOKEN_AUTH and by GetTokensFromRefreshToken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import NEW_PASSWORD, Answer, App, MakeApp
from tests.support.jwts import claims
from tests.support.refusals import (
    REFRESH_TOKEN_INVALID,
    REFRESH_TOKEN_OF_A_DELETED_USER,
    REFRESH_TOKEN_OF_ANOTHER_CLIENT,
    REFRESH_TOKEN_REVOKED,
    RESET_REQUIRED,
    USER_DISABLED,
    Refusal,
    no_client,
    not_authorized,
    refusal,
    secret_hash_wrong,
)

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


INVALID_BY_OPERATION = not_authorized("Invalid Refresh Token.")
EXPIRED = not_authorized("Refresh Token has expired")


def refresh(app: App, token: str, **more: str) -> Answer:
    """The AuthenticationResult of REFRESH_TOKEN_AUTH."""
    return app.refresh(token, **more)


def exchange(app: App, token: str, **more: str) -> Answer:
    """The AuthenticationResult of GetTokensFromRefreshToken."""
    return app.exchange(token, **more)


Refresh = Callable[[App, str], Answer]
NEEDS_EXCHANGE = pytest.mark.needs("GetTokensFromRefreshToken", "CreateUserPoolClientRequest.RefreshTokenRotation")
BOTH_WAYS = pytest.mark.parametrize("again", [refresh, pytest.param(exchange, marks=NEEDS_EXCHANGE)])
INVALID_EITHER_WAY = pytest.mark.parametrize(
    ("again", "error"),
    [(refresh, REFRESH_TOKEN_INVALID), pytest.param(exchange, INVALID_BY_OPERATION, marks=NEEDS_EXCHANGE)],
)


@BOTH_WAYS
def test_new_tokens_but_no_refresh_token(app: App, signed_in: Answer, again: Refresh) -> None:
    result = again(app, signed_in["RefreshToken"])
    assert set(result) == {"AccessToken", "IdToken", "ExpiresIn", "TokenType"}
    assert (result["TokenType"], result["ExpiresIn"]) == ("Bearer", 3600)


def test_the_answer_of_the_flow(app: App, signed_in: Answer) -> None:
    for flow in ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"):
        answer = app.initiate_auth(flow, REFRESH_TOKEN=signed_in["RefreshToken"])
        assert set(answer) == {"ChallengeParameters", "AuthenticationResult"}
        assert answer["ChallengeParameters"] == {}


def test_an_administrators_server_refreshes(app: App, signed_in: Answer) -> None:
    answer = app.admin_initiate_auth("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=signed_in["RefreshToken"])
    assert "IdToken" in answer["AuthenticationResult"]


@BOTH_WAYS
def test_what_is_kept_and_what_is_new(cognito: Cognito, app: App, signed_in: Answer, again: Refresh) -> None:
    cognito.clock.advance(hours=2)
    result = again(app, signed_in["RefreshToken"])
    for name in ("IdToken", "AccessToken"):
        before, after = claims(signed_in[name]), claims(result[name])
        assert all(before[claim] == after[claim] for claim in ("auth_time", "origin_jti", "event_id", "sub", "iss"))
        assert before["jti"] != after["jti"]
        assert after["iat"] - before["iat"] in (7200, 7201)
        assert after["exp"] - after["iat"] == 3600
    assert claims(result["AccessToken"])["scope"] == "aws.cognito.signin.user.admin"


@BOTH_WAYS
def test_groups_are_read_again(app: App, signed_in: Answer, again: Refresh) -> None:
    app.pool.add_to_group("alice", "admins")
    result = again(app, signed_in["RefreshToken"])
    assert claims(result["AccessToken"])["cognito:groups"] == ["admins"]
    assert "cognito:groups" not in claims(signed_in["AccessToken"])


@BOTH_WAYS
@pytest.mark.parametrize(("unit", "seconds"), [("days", 90 * 86400), ("minutes", 90 * 60)])
def test_a_refresh_token_expires(cognito: Cognito, app: App, again: Refresh, *, unit: str, seconds: int) -> None:
    client = app.with_client(RefreshTokenValidity=90, TokenValidityUnits={"RefreshToken": unit})
    token = client.sign_in()["RefreshToken"]
    cognito.clock.advance(seconds=seconds - 5)
    again(client, token)
    cognito.clock.advance(seconds=5)
    assert refusal(again, app=client, token=token) == EXPIRED


@BOTH_WAYS
def test_a_revoked_token(app: App, signed_in: Answer, again: Refresh) -> None:
    app.idp.revoke_token(ClientId=app.client_id, Token=signed_in["RefreshToken"])
    assert refusal(again, app=app, token=signed_in["RefreshToken"]) == REFRESH_TOKEN_REVOKED


@INVALID_EITHER_WAY
def test_what_is_no_refresh_token(app: App, signed_in: Answer, again: Refresh, error: Refusal) -> None:
    header, key, vector, text, tag = signed_in["RefreshToken"].split(".")
    spoiled = [f"{header}.{key}.{vector}.{text}", f"{header}.{key}.{vector[::-1]}.{text}.{tag}"]
    for token in ("nonsense", signed_in["AccessToken"], *spoiled):
        assert refusal(again, app=app, token=token) == error


@BOTH_WAYS
def test_the_token_of_another_client(app: App, signed_in: Answer, again: Refresh) -> None:
    call = {"app": app.with_client(), "token": signed_in["RefreshToken"]}
    assert refusal(again, **call) == REFRESH_TOKEN_OF_ANOTHER_CLIENT
    assert "IdToken" in again(app, signed_in["RefreshToken"])


@BOTH_WAYS
def test_the_token_of_a_deleted_user(app: App, signed_in: Answer, again: Refresh) -> None:
    call = {"app": app, "token": signed_in["RefreshToken"]}
    app.admin("admin_delete_user")
    assert refusal(again, **call) == REFRESH_TOKEN_OF_A_DELETED_USER
    app.pool.create_user("alice", email="alice@example.com")
    assert refusal(again, **call) == REFRESH_TOKEN_OF_A_DELETED_USER


@INVALID_EITHER_WAY
def test_another_client_does_not_learn_of_the_deletion(
    app: App, signed_in: Answer, again: Refresh, error: Refusal
) -> None:
    other = app.with_client()
    app.admin("admin_delete_user")
    assert refusal(again, app=other, token=signed_in["RefreshToken"]) == error


@BOTH_WAYS
def test_the_token_of_a_disabled_user(app: App, signed_in: Answer, again: Refresh) -> None:
    call = {"app": app, "token": signed_in["RefreshToken"]}
    app.admin("admin_disable_user")
    assert refusal(again, **call) == USER_DISABLED
    app.admin("admin_enable_user")
    assert refusal(again, **call) == REFRESH_TOKEN_REVOKED


@pytest.mark.parametrize(
    ("again", "error"),
    [
        (refresh, RESET_REQUIRED),
        pytest.param(exchange, not_authorized("Password reset required for the user"), marks=NEEDS_EXCHANGE),
    ],
)
def test_the_token_of_a_user_whose_password_was_reset(
    app: App, signed_in: Answer, again: Refresh, error: Refusal
) -> None:
    app.admin("admin_reset_user_password")
    assert refusal(again, app=app, token=signed_in["RefreshToken"]) == error


@BOTH_WAYS
def test_a_new_password_leaves_the_tokens(app: App, signed_in: Answer, again: Refresh) -> None:
    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
    assert "IdToken" in again(app, signed_in["RefreshToken"])


@BOTH_WAYS
def test_a_client_without_token_revocation_refreshes(app: App, again: Refresh) -> None:
    client = app.with_client(EnableTokenRevocation=False)
    token = client.sign_in()["RefreshToken"]
    assert "origin_jti" not in claims(again(client, token)["AccessToken"])


# Secrets


@pytest.fixture
def confidential_token(confidential: App) -> str:
    return str(confidential.sign_in(SECRET_HASH=confidential.client.secret_hash("alice"))["RefreshToken"])


def secret_missing(app: App) -> Refusal:
    return not_authorized(f"Client {app.client_id} is configured for secret but secret was not received")


def test_the_flow_needs_the_hash_of_the_user_name(confidential: App, confidential_token: str) -> None:
    of_alice, of_bob = (confidential.client.secret_hash(name) for name in ("alice", "bob"))
    assert refusal(confidential.refresh, token=confidential_token) == secret_missing(confidential)
    error = refusal(confidential.refresh, token=confidential_token, SECRET_HASH=of_bob)
    assert error == secret_hash_wrong(confidential.client_id)
    assert "IdToken" in confidential.refresh(confidential_token, SECRET_HASH=of_alice)


def test_in_a_pool_with_username_attributes_the_hash_is_of_the_sub(make_app: MakeApp) -> None:
    app = make_app({"GenerateSecret": True}, UsernameAttributes=["email"])
    alice = app.pool.create_user("alice@example.com")
    token = alice.tokens().refresh_token
    assert token is not None
    assert "IdToken" in app.refresh(token, SECRET_HASH=app.client.secret_hash(alice.sub))
    by_email = app.client.secret_hash("alice@example.com")
    assert refusal(app.refresh, token=token, SECRET_HASH=by_email).code == "NotAuthorizedException"


@NEEDS_EXCHANGE
def test_the_operation_needs_the_secret_itself(confidential: App, confidential_token: str) -> None:
    call = {"app": confidential, "token": confidential_token}
    assert refusal(exchange, **call) == secret_missing(confidential)
    assert refusal(exchange, **call, ClientSecret="a" * 51).code == "NotAuthorizedException"
    assert confidential.client.secret is not None
    assert "IdToken" in exchange(confidential, confidential_token, ClientSecret=confidential.client.secret)


@NEEDS_EXCHANGE
def test_an_unknown_client(cognito_idp: CognitoIdentityProviderClient) -> None:
    flow = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": "x"}}
    assert refusal(cognito_idp.initiate_auth, ClientId="nobody", **flow) == no_client("nobody")
    error = refusal(cognito_idp.get_tokens_from_refresh_token, ClientId="nobody", RefreshToken="x")
    assert error == no_client("nobody")
