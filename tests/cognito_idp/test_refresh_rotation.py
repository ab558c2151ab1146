"""The rotation of refresh tokens: each use gives the next one."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import App
from tests.support.functions import failing, unchanged
from tests.support.jwts import claims
from tests.support.refusals import REFRESH_TOKEN_REVOKED, lambda_failed, not_authorized, refusal

pytestmark = pytest.mark.needs("GetTokensFromRefreshToken", "CreateUserPoolClientRequest.RefreshTokenRotation")
EXPIRED = not_authorized("Refresh Token has expired")


@pytest.fixture
def rotating(app: App) -> App:
    return rotating_client(app, 10)


def rotating_client(app: App, grace: int | None) -> App:
    rotation: dict[str, Any] = {"Feature": "ENABLED"} | ({} if grace is None else {"RetryGracePeriodSeconds": grace})
    return app.with_client(RefreshTokenRotation=rotation, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])


def test_a_rotating_client_gets_a_new_refresh_token(rotating: App) -> None:
    first = rotating.sign_in()
    second = rotating.exchange(first["RefreshToken"])
    third = rotating.exchange(second["RefreshToken"])
    assert len({result["RefreshToken"] for result in (first, second, third)}) == 3
    assert claims(third["AccessToken"])["origin_jti"] == claims(first["AccessToken"])["origin_jti"]


def test_the_used_token_stays_good_for_the_grace_period(cognito: Cognito, rotating: App) -> None:
    first = rotating.sign_in()["RefreshToken"]
    second = rotating.exchange(first)["RefreshToken"]
    cognito.clock.advance(seconds=8)
    retried = rotating.exchange(first)["RefreshToken"]
    cognito.clock.advance(seconds=2)
    assert refusal(rotating.exchange, token=first).code == "RefreshTokenReuseException"
    assert all("IdToken" in rotating.exchange(token) for token in (second, retried))


@pytest.mark.parametrize("grace", [None, 0])
def test_without_a_grace_period_a_token_is_used_once(app: App, grace: int | None) -> None:
    client = rotating_client(app, grace)
    first = client.sign_in()["RefreshToken"]
    second = client.exchange(first)["RefreshToken"]
    assert refusal(client.exchange, token=first).code == "RefreshTokenReuseException"
    assert "IdToken" in client.exchange(second)


def test_rotation_does_not_lengthen_the_sign_in(cognito: Cognito, rotating: App) -> None:
    token = rotating.sign_in()["RefreshToken"]
    cognito.clock.advance(days=29)
    token = rotating.exchange(token)["RefreshToken"]
    cognito.clock.advance(days=1)
    assert refusal(rotating.exchange, token=token) == EXPIRED


@pytest.mark.parametrize("revoke", ["first", "second"])
def test_revoking_any_token_of_a_sign_in_revokes_it(rotating: App, revoke: str) -> None:
    given = {"first": rotating.sign_in()["RefreshToken"]}
    given["second"] = rotating.exchange(given["first"])["RefreshToken"]
    rotating.idp.revoke_token(ClientId=rotating.client_id, Token=given[revoke])
    assert refusal(rotating.exchange, token=given["second"]) == REFRESH_TOKEN_REVOKED


def test_a_refresh_that_fails_does_not_rotate(app: App) -> None:
    client = rotating_client(app, 0)
    token = client.sign_in()["RefreshToken"]

    app.pool.set_trigger("PreTokenGeneration", failing)
    assert refusal(client.exchange, token=token) == lambda_failed("PreTokenGeneration")
    app.pool.set_trigger("PreTokenGeneration", unchanged)
    assert "RefreshToken" in client.exchange(token)


def test_the_flow_is_not_for_a_rotating_client(rotating: App) -> None:
    token = rotating.sign_in()["RefreshToken"]
    assert refusal(rotating.refresh, token=token).code == "NotAuthorizedException"
