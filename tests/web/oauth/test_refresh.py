"""/oauth2/token with a refresh token: of the domain or of the API, rotated or not."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito
from tests.support.hosted import OAUTH, Hosted, refused, said
from tests.support.jwts import claims

INVALID_GRANT = (400, {"error": "invalid_grant"})
ROTATION = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10}


def test_a_token_of_the_api(hosted: Hosted) -> None:
    tokens = hosted.pool.user("alice").tokens(client=hosted.client)
    assert tokens.refresh_token is not None
    answer = said(hosted.refresh(tokens.refresh_token))
    assert list(answer) == ["id_token", "access_token", "expires_in", "token_type"]
    found = claims(answer["access_token"])
    assert found["scope"] == "aws.cognito.signin.user.admin"
    assert "version" not in found


@pytest.mark.parametrize("scope", ["openid", "email"])
def test_a_token_of_the_domain_at_the_api(hosted: Hosted, cognito: Cognito, scope: str) -> None:
    """Who has not asked for ``openid`` gets no ID token there, either."""
    token = hosted.tokens(scope=scope)["refresh_token"]
    answer = cognito.call(
        "InitiateAuth",
        ClientId=hosted.client.id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": token},
    )
    result = answer["AuthenticationResult"]
    assert claims(result["AccessToken"])["scope"] == scope
    assert ("IdToken" in result) == (scope == "openid")


@pytest.mark.needs("CreateUserPoolClientRequest.RefreshTokenRotation")
def test_rotation(hosted: Hosted, cognito: Cognito) -> None:
    flows: dict[str, Any] = {"ExplicitAuthFlows": ["ALLOW_USER_AUTH"], "RefreshTokenRotation": ROTATION}
    client = hosted.at(hosted.pool.create_client(**OAUTH, **flows))
    first = client.tokens()["refresh_token"]
    answer = said(client.refresh(first))
    assert list(answer) == ["id_token", "access_token", "refresh_token", "expires_in", "token_type"]
    assert answer["refresh_token"] != first
    said(client.refresh(first))
    cognito.clock.advance(seconds=11)
    assert refused(client.refresh(first)) == INVALID_GRANT
    said(client.refresh(answer["refresh_token"]))


def test_tokens_that_are_not_good(hosted: Hosted, cognito: Cognito) -> None:
    token = hosted.tokens()["refresh_token"]
    other = hosted.at(hosted.pool.create_client(**OAUTH))
    assert refused(other.refresh(token)) == INVALID_GRANT
    assert refused(hosted.refresh("made-up")) == INVALID_GRANT
    assert refused(hosted.refresh("")) == (400, {"error": "invalid_request"})
    hosted.pool.call("AdminDisableUser", Username="alice")
    assert refused(hosted.refresh(token)) == INVALID_GRANT
    hosted.pool.call("AdminEnableUser", Username="alice")
    cognito.clock.advance(days=30)
    assert refused(hosted.refresh(token)) == INVALID_GRANT


def test_a_token_after_global_sign_out_or_of_a_deleted_user(hosted: Hosted) -> None:
    token = hosted.tokens()["refresh_token"]
    hosted.pool.call("AdminUserGlobalSignOut", Username="alice")
    assert refused(hosted.refresh(token)) == INVALID_GRANT
    hosted.pool.call("AdminDeleteUser", Username="alice")
    assert refused(hosted.refresh(token)) == INVALID_GRANT


def test_a_client_without_the_flow(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(**OAUTH, ExplicitAuthFlows=["ALLOW_USER_AUTH"]))
    token = client.tokens()["refresh_token"]
    assert refused(client.refresh(token)) == (400, {"error": "unauthorized_client"})


def test_a_token_that_is_bound_to_a_device(hosted: Hosted, cognito: Cognito) -> None:
    hosted.pool.call("UpdateUserPool", DeviceConfiguration={"ChallengeRequiredOnNewDevice": False})
    settings = {**OAUTH, "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}
    client = hosted.at(hosted.pool.create_client(**settings))
    answer = cognito.call(
        "InitiateAuth",
        ClientId=client.client.id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": hosted.pool.user("alice").password},
    )
    assert refused(client.refresh(answer["AuthenticationResult"]["RefreshToken"])) == INVALID_GRANT
