"""Refreshing, by the flow REFRESH_TOKEN_AUTH and by GetTokensFromRefreshToken, and the rotation of refresh tokens."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin, part, refresh, sign_in

INVALID = ("NotAuthorizedException", "Invalid Refresh Token")
INVALID_BY_OPERATION = ("NotAuthorizedException", "Invalid Refresh Token.")
EXPIRED = ("NotAuthorizedException", "Refresh Token has expired")
REVOKED = ("NotAuthorizedException", "Refresh Token has been revoked")
DISABLED = ("NotAuthorizedException", "User is disabled.")


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def tokens(cognito_idp: Any, pool: Any) -> dict[str, Any]:
    return sign_in(cognito_idp, pool.client.id)


def exchange(idp: Any, client_id: str, token: str, **more: Any) -> dict[str, Any]:
    """The AuthenticationResult of GetTokensFromRefreshToken."""
    answer = idp.get_tokens_from_refresh_token(ClientId=client_id, RefreshToken=token, **more)
    result: dict[str, Any] = answer["AuthenticationResult"]
    return result


BOTH_WAYS = pytest.mark.parametrize("again", [refresh, exchange])


@BOTH_WAYS
def test_new_tokens_but_no_refresh_token(cognito_idp: Any, pool: Any, tokens: Any, again: Any) -> None:
    result = again(cognito_idp, pool.client.id, tokens["RefreshToken"])
    assert set(result) == {"AccessToken", "IdToken", "ExpiresIn", "TokenType"}
    assert (result["TokenType"], result["ExpiresIn"]) == ("Bearer", 3600)


def test_the_answer_of_the_flow(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    for flow in ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"):
        answer = begin(cognito_idp, pool.client.id, flow, REFRESH_TOKEN=tokens["RefreshToken"])
        assert set(answer) == {"ChallengeParameters", "AuthenticationResult", "ResponseMetadata"}
        assert answer["ChallengeParameters"] == {}


def test_an_administrators_server_refreshes(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    answer = cognito_idp.admin_initiate_auth(
        UserPoolId=pool.id,
        ClientId=pool.client.id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
    )
    assert "IdToken" in answer["AuthenticationResult"]


@BOTH_WAYS
def test_what_is_kept_and_what_is_new(cognito: Any, cognito_idp: Any, pool: Any, tokens: Any, again: Any) -> None:
    cognito.clock.advance(hours=2)
    result = again(cognito_idp, pool.client.id, tokens["RefreshToken"])
    for name in ("IdToken", "AccessToken"):
        before, after = part(tokens[name]), part(result[name])
        assert all(before[claim] == after[claim] for claim in ("auth_time", "origin_jti", "sub", "iss"))
        assert all(before[claim] != after[claim] for claim in ("jti", "event_id"))
        assert after["iat"] - before["iat"] in (7200, 7201)
        assert after["exp"] - after["iat"] == 3600
    assert part(result["AccessToken"])["scope"] == "aws.cognito.signin.user.admin"


@BOTH_WAYS
def test_groups_are_read_again(cognito_idp: Any, pool: Any, tokens: Any, again: Any) -> None:
    pool.add_to_group("alice", "admins")
    result = again(cognito_idp, pool.client.id, tokens["RefreshToken"])
    assert part(result["AccessToken"])["cognito:groups"] == ["admins"]
    assert "cognito:groups" not in part(tokens["AccessToken"])


@BOTH_WAYS
@pytest.mark.parametrize(("unit", "seconds"), [("days", 90 * 86400), ("minutes", 90 * 60)])
def test_a_refresh_token_expires(
    cognito: Any, cognito_idp: Any, pool: Any, again: Any, *, unit: str, seconds: int
) -> None:
    client = pool.create_client(RefreshTokenValidity=90, TokenValidityUnits={"RefreshToken": unit})
    token = sign_in(cognito_idp, client.id)["RefreshToken"]
    cognito.clock.advance(seconds=seconds - 5)
    again(cognito_idp, client.id, token)
    cognito.clock.advance(seconds=5)
    assert refusal(again, idp=cognito_idp, client_id=client.id, token=token) == EXPIRED


@BOTH_WAYS
def test_a_revoked_token(cognito_idp: Any, pool: Any, tokens: Any, again: Any) -> None:
    cognito_idp.revoke_token(ClientId=pool.client.id, Token=tokens["RefreshToken"])
    assert refusal(again, idp=cognito_idp, client_id=pool.client.id, token=tokens["RefreshToken"]) == REVOKED


@pytest.mark.parametrize(("again", "error"), [(refresh, INVALID), (exchange, INVALID_BY_OPERATION)])
def test_what_is_no_token_of_the_client(
    cognito_idp: Any, pool: Any, tokens: Any, again: Any, error: tuple[str, str]
) -> None:
    other = pool.create_client()
    assert refusal(again, idp=cognito_idp, client_id=other.id, token=tokens["RefreshToken"]) == error
    for token in ("nonsense", tokens["AccessToken"]):
        assert refusal(again, idp=cognito_idp, client_id=pool.client.id, token=token) == error


@pytest.mark.parametrize(("again", "error"), [(refresh, INVALID), (exchange, INVALID_BY_OPERATION)])
def test_the_token_of_a_deleted_user_is_nobodys(
    cognito_idp: Any, pool: Any, tokens: Any, again: Any, error: tuple[str, str]
) -> None:
    call = {"client_id": pool.client.id, "token": tokens["RefreshToken"]}
    cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
    assert refusal(again, idp=cognito_idp, **call) == error
    pool.create_user("alice", email="alice@example.com")
    assert refusal(again, idp=cognito_idp, **call) == error


@BOTH_WAYS
def test_the_token_of_a_disabled_user(cognito_idp: Any, pool: Any, tokens: Any, again: Any) -> None:
    call = {"client_id": pool.client.id, "token": tokens["RefreshToken"]}
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    assert refusal(again, idp=cognito_idp, **call) == DISABLED
    cognito_idp.admin_enable_user(UserPoolId=pool.id, Username="alice")
    assert refusal(again, idp=cognito_idp, **call) == REVOKED


@pytest.mark.parametrize(
    ("again", "code"), [(refresh, "PasswordResetRequiredException"), (exchange, "NotAuthorizedException")]
)
def test_the_token_of_a_user_whose_password_was_reset(
    cognito_idp: Any, pool: Any, tokens: Any, again: Any, code: str
) -> None:
    cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")
    call = {"client_id": pool.client.id, "token": tokens["RefreshToken"]}
    assert refusal(again, idp=cognito_idp, **call) == (code, "Password reset required for the user")


@BOTH_WAYS
def test_a_new_password_leaves_the_tokens(cognito_idp: Any, pool: Any, tokens: Any, again: Any) -> None:
    cognito_idp.admin_set_user_password(
        UserPoolId=pool.id, Username="alice", Password="Another-horse-8", Permanent=True
    )
    assert "IdToken" in again(cognito_idp, pool.client.id, tokens["RefreshToken"])


@BOTH_WAYS
def test_a_client_without_token_revocation_refreshes(cognito_idp: Any, pool: Any, again: Any) -> None:
    client = pool.create_client(EnableTokenRevocation=False)
    token = sign_in(cognito_idp, client.id)["RefreshToken"]
    assert "origin_jti" not in part(again(cognito_idp, client.id, token)["AccessToken"])


# Secrets


@pytest.fixture
def confidential(pool: Any) -> Any:
    return pool.create_client(GenerateSecret=True)


@pytest.fixture
def confidential_token(cognito_idp: Any, confidential: Any) -> str:
    answer = begin(
        cognito_idp,
        confidential.id,
        USERNAME="alice",
        PASSWORD=PASSWORD,
        SECRET_HASH=confidential.secret_hash("alice"),
    )
    return str(answer["AuthenticationResult"]["RefreshToken"])


def test_the_flow_needs_the_hash_of_the_user_name(cognito_idp: Any, confidential: Any, confidential_token: str) -> None:
    call = {"client_id": confidential.id, "token": confidential_token}
    assert refusal(refresh, idp=cognito_idp, **call) == (
        "NotAuthorizedException",
        f"Client {confidential.id} is configured for secret but secret was not received",
    )
    assert refusal(refresh, idp=cognito_idp, **call, SECRET_HASH=confidential.secret_hash("bob")) == (
        "NotAuthorizedException",
        f"Unable to verify secret hash for client {confidential.id}",
    )
    assert "IdToken" in refresh(cognito_idp, **call, SECRET_HASH=confidential.secret_hash("alice"))


def test_in_a_pool_with_username_attributes_the_hash_is_of_the_sub(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    client = pool.create_client(GenerateSecret=True)
    alice = pool.create_user("alice@example.com")
    call = {"client_id": client.id, "token": pool.tokens_for(alice.username).refresh_token}
    assert "IdToken" in refresh(cognito_idp, **call, SECRET_HASH=client.secret_hash(alice.sub))
    by_email = client.secret_hash("alice@example.com")
    assert refusal(refresh, idp=cognito_idp, **call, SECRET_HASH=by_email)[0] == "NotAuthorizedException"


def test_the_operation_needs_the_secret_itself(cognito_idp: Any, confidential: Any, confidential_token: str) -> None:
    call = {"client_id": confidential.id, "token": confidential_token}
    assert refusal(exchange, idp=cognito_idp, **call) == (
        "NotAuthorizedException",
        f"Client {confidential.id} is configured for secret but secret was not received",
    )
    assert refusal(exchange, idp=cognito_idp, **call, ClientSecret="a" * 51)[0] == "NotAuthorizedException"
    assert "IdToken" in exchange(cognito_idp, **call, ClientSecret=confidential.secret)


def test_an_unknown_client(cognito_idp: Any, pool: Any) -> None:
    error = ("ResourceNotFoundException", "User pool client nobody does not exist.")
    assert refusal(exchange, idp=cognito_idp, client_id="nobody", token="x") == error
    assert refusal(refresh, idp=cognito_idp, client_id="nobody", token="x") == error


# Rotation


@pytest.fixture
def rotating(pool: Any) -> Any:
    return rotating_client(pool, 10)


def rotating_client(pool: Any, grace: int | None) -> Any:
    rotation = {"Feature": "ENABLED"} | ({} if grace is None else {"RetryGracePeriodSeconds": grace})
    return pool.create_client(RefreshTokenRotation=rotation, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])


def test_a_rotating_client_gets_a_new_refresh_token(cognito_idp: Any, rotating: Any) -> None:
    first = sign_in(cognito_idp, rotating.id)
    second = exchange(cognito_idp, rotating.id, first["RefreshToken"])
    third = exchange(cognito_idp, rotating.id, second["RefreshToken"])
    assert len({result["RefreshToken"] for result in (first, second, third)}) == 3
    assert part(third["AccessToken"])["origin_jti"] == part(first["AccessToken"])["origin_jti"]


def test_the_used_token_stays_good_for_the_grace_period(cognito: Any, cognito_idp: Any, rotating: Any) -> None:
    first = sign_in(cognito_idp, rotating.id)["RefreshToken"]
    second = exchange(cognito_idp, rotating.id, first)["RefreshToken"]
    cognito.clock.advance(seconds=8)
    retried = exchange(cognito_idp, rotating.id, first)["RefreshToken"]
    cognito.clock.advance(seconds=2)
    assert refusal(exchange, idp=cognito_idp, client_id=rotating.id, token=first)[0] == "RefreshTokenReuseException"
    assert all("IdToken" in exchange(cognito_idp, rotating.id, token) for token in (second, retried))


@pytest.mark.parametrize("grace", [None, 0])
def test_without_a_grace_period_a_token_is_used_once(cognito_idp: Any, pool: Any, grace: int | None) -> None:
    client = rotating_client(pool, grace)
    first = sign_in(cognito_idp, client.id)["RefreshToken"]
    second = exchange(cognito_idp, client.id, first)["RefreshToken"]
    assert refusal(exchange, idp=cognito_idp, client_id=client.id, token=first)[0] == "RefreshTokenReuseException"
    assert "IdToken" in exchange(cognito_idp, client.id, second)


def test_rotation_does_not_lengthen_the_sign_in(cognito: Any, cognito_idp: Any, rotating: Any) -> None:
    token = sign_in(cognito_idp, rotating.id)["RefreshToken"]
    cognito.clock.advance(days=29)
    token = exchange(cognito_idp, rotating.id, token)["RefreshToken"]
    cognito.clock.advance(days=1)
    assert refusal(exchange, idp=cognito_idp, client_id=rotating.id, token=token) == EXPIRED


@pytest.mark.parametrize("revoke", ["first", "second"])
def test_revoking_any_token_of_a_sign_in_revokes_it(cognito_idp: Any, rotating: Any, revoke: str) -> None:
    tokens = {"first": sign_in(cognito_idp, rotating.id)["RefreshToken"]}
    tokens["second"] = exchange(cognito_idp, rotating.id, tokens["first"])["RefreshToken"]
    cognito_idp.revoke_token(ClientId=rotating.id, Token=tokens[revoke])
    assert refusal(exchange, idp=cognito_idp, client_id=rotating.id, token=tokens["second"]) == REVOKED


def test_a_refresh_that_fails_does_not_rotate(cognito_idp: Any, pool: Any) -> None:
    client = rotating_client(pool, 0)
    token = sign_in(cognito_idp, client.id)["RefreshToken"]

    def fail(event: Any, context: Any) -> Any:
        raise ValueError("no")

    pool.set_trigger("PreTokenGeneration", fail)
    assert refusal(exchange, idp=cognito_idp, client_id=client.id, token=token)[0] == "UserLambdaValidationException"
    pool.set_trigger("PreTokenGeneration", lambda event, context: event)
    assert "RefreshToken" in exchange(cognito_idp, client.id, token)


def test_the_flow_is_not_for_a_rotating_client(cognito_idp: Any, rotating: Any) -> None:
    token = sign_in(cognito_idp, rotating.id)["RefreshToken"]
    assert refusal(refresh, idp=cognito_idp, client_id=rotating.id, token=token)[0] == "NotAuthorizedException"
