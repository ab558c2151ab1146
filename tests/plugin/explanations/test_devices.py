"""Devices: those of the user, and the one that a token is of."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool

from .conftest import Explained

UNKNOWN = "us-east-1_00000000-0000-4000-8000-000000000000"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(DeviceConfiguration={"ChallengeRequiredOnNewDevice": True})
    pool.create_user("alice")
    return pool


def refresh(pool: UserPool, token: str | None, **more: str) -> object:
    parameters = {"REFRESH_TOKEN": str(token), **more}
    return Cognito(pool.world).call(
        "InitiateAuth", ClientId=pool.client.id, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=parameters
    )


def test_a_device_that_the_user_does_not_have(pool: UserPool, explained: Explained) -> None:
    device = pool.user("alice").remember_device()

    said = explained(lambda: pool.call("AdminForgetDevice", Username="alice", DeviceKey=UNKNOWN))

    assert said == [f"devices of alice: {device.key}"]


def test_a_token_of_another_device_or_of_none(pool: UserPool, explained: Explained) -> None:
    def confirm(token: str) -> None:
        Cognito(pool.world).call("ConfirmDevice", AccessToken=token, DeviceKey=UNKNOWN)

    tokens = pool.user("alice").sign_in()
    said = explained(lambda: confirm(tokens.access_token))
    assert said == [f"the access token is of the device {tokens.claims['device_key']}"]

    (none,) = explained(lambda: confirm(pool.tokens_for("alice").access_token))
    assert none.startswith("the access token is of no device: ")


def test_a_refresh_token_of_a_device(pool: UserPool, explained: Explained) -> None:
    alice = pool.user("alice")
    tokens = alice.sign_in()
    key = tokens.claims["device_key"]
    assert explained(lambda: refresh(pool, tokens.refresh_token))[1:] == [
        f"its device {key} was not confirmed by ConfirmDevice"
    ]
    device = alice.remember_device()
    token = alice.sign_in(device=device).refresh_token
    assert explained(lambda: refresh(pool, token, DEVICE_KEY=UNKNOWN))[1:] == [
        f"it is good with the key of its device, {device.key}; the call names {UNKNOWN}"
    ]
    device.forget()
    assert explained(lambda: refresh(pool, token))[1:] == [f"its device {device.key} was forgotten"]
