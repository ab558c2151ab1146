"""Calls that are not signed name no region: what they are about tells it."""

from __future__ import annotations

import base64
import json

import pytest

from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import PASSWORD, Wire, client

HERE, THERE = "us-east-1", "eu-west-1"


@pytest.fixture
def client_id(server: Server) -> str:
    """A client of a pool that is not in the world's own region; users get a temporary password."""
    from pytest_cognito import active

    with active.let_through():
        idp = client(server.endpoint_url, region=THERE)
        pool_id = idp.create_user_pool(PoolName="app")["UserPool"]["Id"]
        made = idp.create_user_pool_client(
            UserPoolId=pool_id,
            ClientName="app",
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )
        idp.admin_create_user(UserPoolId=pool_id, Username="ann", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    client_id: str = made["UserPoolClient"]["ClientId"]
    return client_id


def call(wire: Wire, operation: str, **parameters: object) -> dict[str, object]:
    answer = wire.call(operation, json.dumps(parameters).encode(), sign=False)
    said: dict[str, object] = json.loads(answer.body)
    return said


def test_a_client_a_session_and_a_token_lead_to_their_region(wire: Wire, world: World, client_id: str) -> None:
    parameters = {"USERNAME": "ann", "PASSWORD": PASSWORD}
    asked = call(wire, "InitiateAuth", ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    tokens = call(
        wire,
        "RespondToAuthChallenge",
        ClientId=client_id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=asked["Session"],
        ChallengeResponses={"USERNAME": "ann", "NEW_PASSWORD": "Another-horse-8"},
    )["AuthenticationResult"]
    assert isinstance(tokens, dict)

    user = call(wire, "GetUser", AccessToken=tokens["AccessToken"])

    assert user["Username"] == "ann"
    assert {made.region for made in world.calls} == {THERE}


def token(payload: bytes) -> str:
    return f"x.{base64.urlsafe_b64encode(payload).decode().rstrip('=')}.x"


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"AccessToken": "nonsense"},
        {"AccessToken": token(b"{}")},
        {"AccessToken": token(b"[]")},
        {"AccessToken": token(b"\xff")},
        {"AccessToken": token(b'{"iss":["x"]}')},
        {"AccessToken": "a.b"},
    ],
)
def test_what_leads_nowhere_is_in_the_region_of_the_world(
    wire: Wire, world: World, parameters: dict[str, object]
) -> None:
    assert "__type" in call(wire, "GetUser", **parameters)

    assert world.calls[-1].region == HERE
