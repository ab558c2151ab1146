"""RevokeToken, GlobalSignOut and AdminUserGlobalSignOut."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import Answer, App
from tests.support.refusals import (
    ACCESS_TOKEN_REVOKED,
    REFRESH_TOKEN_REVOKED,
    USER_NOT_FOUND,
    Refusal,
    no_pool,
    refusal,
)


def revoke(app: App, token: str, **secret: str) -> Answer:
    return app.call("revoke_token", ClientId=app.client_id, Token=token, **secret)


def test_revoking_ends_the_refresh_token_and_what_came_of_it(app: App, signed_in: Answer) -> None:
    refreshed = app.refresh(signed_in["RefreshToken"])
    assert revoke(app, signed_in["RefreshToken"]) == {}
    for result in (signed_in, refreshed):
        assert refusal(app.idp.get_user, AccessToken=result["AccessToken"]) == ACCESS_TOKEN_REVOKED
    assert refusal(app.refresh, token=signed_in["RefreshToken"]) == REFRESH_TOKEN_REVOKED


def test_another_sign_in_goes_on(app: App, signed_in: Answer) -> None:
    other = app.sign_in()
    revoke(app, signed_in["RefreshToken"])
    assert app.idp.get_user(AccessToken=other["AccessToken"])["Username"] == "alice"
    assert "IdToken" in app.refresh(other["RefreshToken"])


@pytest.mark.parametrize("name", ["AccessToken", "IdToken"])
def test_only_refresh_tokens_are_revoked(app: App, signed_in: Answer, name: str) -> None:
    assert refusal(revoke, app=app, token=signed_in[name]).code == "UnsupportedTokenTypeException"


def test_a_client_without_revocation_revokes_nothing(app: App) -> None:
    client = app.with_client(EnableTokenRevocation=False)
    token = client.sign_in()["RefreshToken"]
    assert refusal(revoke, app=client, token=token).code == "UnsupportedOperationException"
    assert "IdToken" in client.refresh(token)


def test_another_clients_token_is_not_revoked(app: App, signed_in: Answer) -> None:
    other = app.with_client()
    assert refusal(revoke, app=other, token=signed_in["RefreshToken"]).code == "UnauthorizedException"
    assert "IdToken" in app.refresh(signed_in["RefreshToken"])


def test_an_unknown_client_is_unauthorized(app: App, signed_in: Answer) -> None:
    error = refusal(app.idp.revoke_token, ClientId="nobody", Token=signed_in["RefreshToken"])
    assert error.code == "UnauthorizedException"


def test_an_unknown_token_is_no_error(app: App) -> None:
    assert revoke(app, "unknown") == {}


def test_nor_is_one_that_was_revoked_or_has_expired(cognito: Cognito, app: App, signed_in: Answer) -> None:
    for _ in range(2):
        assert revoke(app, signed_in["RefreshToken"]) == {}
    other = app.sign_in()
    cognito.clock.advance(days=31)
    assert revoke(app, other["RefreshToken"]) == {}


def test_a_client_with_a_secret_must_give_it(confidential: App) -> None:
    client = confidential.client
    token = confidential.sign_in(SECRET_HASH=client.secret_hash("alice"))["RefreshToken"]
    assert refusal(revoke, app=confidential, token=token) == Refusal(
        "UnauthorizedException",
        f"Client {client.id} is configured for secret but secret was not received",
    )
    error = refusal(revoke, app=confidential, token=token, ClientSecret="a" * 51)
    assert error.code == "UnauthorizedException"
    assert client.secret is not None
    assert revoke(confidential, token, ClientSecret=client.secret) == {}


# Signing out everywhere


def test_global_sign_out_ends_every_sign_in(app: App, signed_in: Answer) -> None:
    other = app.with_client().sign_in()
    app.idp.global_sign_out(AccessToken=signed_in["AccessToken"])
    for result in (signed_in, other):
        assert refusal(app.idp.get_user, AccessToken=result["AccessToken"]) == ACCESS_TOKEN_REVOKED
    assert refusal(app.refresh, token=signed_in["RefreshToken"]) == REFRESH_TOKEN_REVOKED


def test_a_second_global_sign_out_is_refused(app: App, signed_in: Answer) -> None:
    app.idp.global_sign_out(AccessToken=signed_in["AccessToken"])
    assert refusal(app.idp.global_sign_out, AccessToken=signed_in["AccessToken"]) == ACCESS_TOKEN_REVOKED


def test_a_new_sign_in_works_at_once(app: App, signed_in: Answer) -> None:
    app.idp.global_sign_out(AccessToken=signed_in["AccessToken"])
    again = app.sign_in()
    assert app.idp.get_user(AccessToken=again["AccessToken"])["Username"] == "alice"


def test_global_sign_out_without_revocation_or_jti(app: App) -> None:
    client = app.with_client(EnableTokenRevocation=False)
    result = client.sign_in()
    app.idp.global_sign_out(AccessToken=result["AccessToken"])
    assert refusal(app.idp.get_user, AccessToken=result["AccessToken"]) == ACCESS_TOKEN_REVOKED


def test_another_user_stays_signed_in(app: App, signed_in: Answer) -> None:
    app.pool.create_user("bob", email="bob@example.com")
    bob = app.sign_in("bob")
    app.idp.global_sign_out(AccessToken=signed_in["AccessToken"])
    assert app.idp.get_user(AccessToken=bob["AccessToken"])["Username"] == "bob"


def test_an_administrator_signs_a_user_out(app: App, signed_in: Answer) -> None:
    assert app.admin("admin_user_global_sign_out") == {}
    assert refusal(app.idp.get_user, AccessToken=signed_in["AccessToken"]) == ACCESS_TOKEN_REVOKED


def test_an_administrator_signs_out_nobody_unknown(app: App) -> None:
    call = app.idp.admin_user_global_sign_out
    assert refusal(call, UserPoolId=app.pool_id, Username="nobody") == USER_NOT_FOUND
    assert refusal(call, UserPoolId="us-east-1_Nothing00", Username="alice") == no_pool("us-east-1_Nothing00")


def test_global_sign_out_of_a_deleted_user(app: App, signed_in: Answer) -> None:
    app.admin("admin_delete_user")
    assert refusal(app.idp.global_sign_out, AccessToken=signed_in["AccessToken"]) == ACCESS_TOKEN_REVOKED
