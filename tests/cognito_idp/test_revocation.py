"""RevokeToken, GlobalSignOut and AdminUserGlobalSignOut."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin, refresh, sign_in

ACCESS_REVOKED = ("NotAuthorizedException", "Access Token has been revoked")
REFRESH_REVOKED = ("NotAuthorizedException", "Refresh Token has been revoked")


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def tokens(cognito_idp: Any, pool: Any) -> dict[str, Any]:
    return sign_in(cognito_idp, pool.client.id)


def revoke(idp: Any, client_id: str, token: str, **secret: str) -> dict[str, Any]:
    answer: dict[str, Any] = idp.revoke_token(ClientId=client_id, Token=token, **secret)
    answer.pop("ResponseMetadata")
    return answer


def test_revoking_ends_the_refresh_token_and_what_came_of_it(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    refreshed = refresh(cognito_idp, pool.client.id, tokens["RefreshToken"])
    assert revoke(cognito_idp, pool.client.id, tokens["RefreshToken"]) == {}
    for result in (tokens, refreshed):
        assert refusal(cognito_idp.get_user, AccessToken=result["AccessToken"]) == ACCESS_REVOKED
    assert refusal(refresh, idp=cognito_idp, client_id=pool.client.id, token=tokens["RefreshToken"]) == REFRESH_REVOKED


def test_another_sign_in_goes_on(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    other = sign_in(cognito_idp, pool.client.id)
    revoke(cognito_idp, pool.client.id, tokens["RefreshToken"])
    assert cognito_idp.get_user(AccessToken=other["AccessToken"])["Username"] == "alice"
    assert "IdToken" in refresh(cognito_idp, pool.client.id, other["RefreshToken"])


@pytest.mark.parametrize("name", ["AccessToken", "IdToken"])
def test_only_refresh_tokens_are_revoked(cognito_idp: Any, pool: Any, tokens: Any, name: str) -> None:
    call = {"client_id": pool.client.id, "token": tokens[name]}
    assert refusal(revoke, idp=cognito_idp, **call)[0] == "UnsupportedTokenTypeException"


def test_a_client_without_revocation_revokes_nothing(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(EnableTokenRevocation=False)
    token = sign_in(cognito_idp, client.id)["RefreshToken"]
    assert refusal(revoke, idp=cognito_idp, client_id=client.id, token=token)[0] == "UnsupportedOperationException"
    assert "IdToken" in refresh(cognito_idp, client.id, token)


def test_another_clients_token_is_not_revoked(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    other = pool.create_client()
    call = {"client_id": other.id, "token": tokens["RefreshToken"]}
    assert refusal(revoke, idp=cognito_idp, **call)[0] == "UnauthorizedException"
    assert "IdToken" in refresh(cognito_idp, pool.client.id, tokens["RefreshToken"])


def test_an_unknown_client_is_unauthorized(cognito_idp: Any, tokens: Any) -> None:
    call = {"client_id": "nobody", "token": tokens["RefreshToken"]}
    assert refusal(revoke, idp=cognito_idp, **call)[0] == "UnauthorizedException"


def test_an_unknown_token_is_no_error(cognito_idp: Any, pool: Any) -> None:
    assert revoke(cognito_idp, pool.client.id, "unknown") == {}


def test_nor_is_one_that_was_revoked_or_has_expired(cognito: Any, cognito_idp: Any, pool: Any, tokens: Any) -> None:
    for _ in range(2):
        assert revoke(cognito_idp, pool.client.id, tokens["RefreshToken"]) == {}
    other = sign_in(cognito_idp, pool.client.id)
    cognito.clock.advance(days=31)
    assert revoke(cognito_idp, pool.client.id, other["RefreshToken"]) == {}


def test_a_client_with_a_secret_must_give_it(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(GenerateSecret=True)
    answer = begin(cognito_idp, client.id, USERNAME="alice", PASSWORD=PASSWORD, SECRET_HASH=client.secret_hash("alice"))
    call = {"client_id": client.id, "token": answer["AuthenticationResult"]["RefreshToken"]}
    assert refusal(revoke, idp=cognito_idp, **call) == (
        "UnauthorizedException",
        f"Client {client.id} is configured for secret but secret was not received",
    )
    assert refusal(revoke, idp=cognito_idp, **call, ClientSecret="a" * 51)[0] == "UnauthorizedException"
    assert revoke(cognito_idp, **call, ClientSecret=client.secret) == {}


# Signing out everywhere


def test_global_sign_out_ends_every_sign_in(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    other = sign_in(cognito_idp, pool.create_client().id)
    cognito_idp.global_sign_out(AccessToken=tokens["AccessToken"])
    for result in (tokens, other):
        assert refusal(cognito_idp.get_user, AccessToken=result["AccessToken"]) == ACCESS_REVOKED
    assert refusal(refresh, idp=cognito_idp, client_id=pool.client.id, token=tokens["RefreshToken"]) == REFRESH_REVOKED


def test_a_second_global_sign_out_is_refused(cognito_idp: Any, tokens: Any) -> None:
    cognito_idp.global_sign_out(AccessToken=tokens["AccessToken"])
    assert refusal(cognito_idp.global_sign_out, AccessToken=tokens["AccessToken"]) == ACCESS_REVOKED


def test_a_new_sign_in_works_at_once(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    cognito_idp.global_sign_out(AccessToken=tokens["AccessToken"])
    again = sign_in(cognito_idp, pool.client.id)
    assert cognito_idp.get_user(AccessToken=again["AccessToken"])["Username"] == "alice"


def test_global_sign_out_without_revocation_or_jti(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(EnableTokenRevocation=False)
    result = sign_in(cognito_idp, client.id)
    cognito_idp.global_sign_out(AccessToken=result["AccessToken"])
    assert refusal(cognito_idp.get_user, AccessToken=result["AccessToken"]) == ACCESS_REVOKED


def test_another_user_stays_signed_in(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    pool.create_user("bob", email="bob@example.com")
    bob = sign_in(cognito_idp, pool.client.id, "bob")
    cognito_idp.global_sign_out(AccessToken=tokens["AccessToken"])
    assert cognito_idp.get_user(AccessToken=bob["AccessToken"])["Username"] == "bob"


def test_an_administrator_signs_a_user_out(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    answer = cognito_idp.admin_user_global_sign_out(UserPoolId=pool.id, Username="alice")
    assert set(answer) == {"ResponseMetadata"}
    assert refusal(cognito_idp.get_user, AccessToken=tokens["AccessToken"]) == ACCESS_REVOKED


def test_an_administrator_signs_out_nobody_unknown(cognito_idp: Any, pool: Any) -> None:
    call = cognito_idp.admin_user_global_sign_out
    assert refusal(call, UserPoolId=pool.id, Username="nobody") == ("UserNotFoundException", "User does not exist.")
    assert refusal(call, UserPoolId="us-east-1_Nothing00", Username="alice") == (
        "ResourceNotFoundException",
        "User pool us-east-1_Nothing00 does not exist.",
    )


def test_global_sign_out_of_a_deleted_user(cognito_idp: Any, pool: Any, tokens: Any) -> None:
    cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
    assert refusal(cognito_idp.global_sign_out, AccessToken=tokens["AccessToken"]) == ACCESS_REVOKED
