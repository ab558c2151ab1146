"""Refreshing the tokens of a device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom, devices
from tests.support.app import Answer, App
from tests.support.devices import UNKNOWN_KEY, Device
from tests.support.jwts import claims
from tests.support.refusals import REFRESH_TOKEN_INVALID, Refusal, not_authorized, refusal


def by_flow(app: App, token: str, key: str | None) -> Answer:
    """REFRESH_TOKEN_AUTH."""
    return app.refresh(token, **({} if key is None else {"DEVICE_KEY": key}))


def by_operation(app: App, token: str, key: str | None) -> Answer:
    """GetTokensFromRefreshToken."""
    return app.exchange(token, **({} if key is None else {"DeviceKey": key}))


Again = Callable[[App, str, str | None], Answer]
INVALID_FOR_OPERATION = not_authorized("Invalid Refresh Token.")
BOTH_WAYS = pytest.mark.parametrize(
    ("again", "invalid"),
    [
        (by_flow, REFRESH_TOKEN_INVALID),
        pytest.param(by_operation, INVALID_FOR_OPERATION, marks=pytest.mark.needs("GetTokensFromRefreshToken")),
    ],
)


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return devices.make_pool(cognito)


@BOTH_WAYS
def test_the_tokens_of_a_device_take_its_key(app: App, again: Again, invalid: Refusal) -> None:
    device, other = devices.remembered(app), devices.remembered(app)
    token = device.result["RefreshToken"]
    for key in (None, other.key, UNKNOWN_KEY):
        assert refusal(again, app=app, token=token, key=key) == invalid
    result = again(app, token, device.key)
    assert claims(result["AccessToken"])["device_key"] == device.key
    assert "NewDeviceMetadata" not in result


@BOTH_WAYS
def test_a_device_has_to_be_confirmed(app: App, again: Again, invalid: Refusal) -> None:
    device = Device.of(app, devices.sign_in(app))
    token = device.result["RefreshToken"]
    assert refusal(again, app=app, token=token, key=device.key) == invalid
    device.confirm()
    assert "AccessToken" in again(app, token, device.key)
    device.as_admin("admin_update_device_status", DeviceRememberedStatus="not_remembered")
    assert "AccessToken" in again(app, token, device.key)


@BOTH_WAYS
def test_a_forgotten_device_takes_its_refresh_tokens_along(app: App, again: Again, invalid: Refusal) -> None:
    device, other = devices.remembered(app), devices.remembered(app)
    device.as_user("forget_device", DeviceKey=other.key)
    assert refusal(again, app=app, token=other.result["RefreshToken"], key=other.key) == invalid
    assert "AccessToken" in again(app, device.result["RefreshToken"], device.key)
    assert app.call("get_user", AccessToken=other.result["AccessToken"])["Username"] == "alice"
    device.as_user("forget_device")
    devices.set_tracking(app.pool, None)
    assert refusal(again, app=app, token=device.result["RefreshToken"], key=device.key) == invalid


@BOTH_WAYS
def test_tokens_of_no_device_take_no_key(app: App, again: Again, invalid: Refusal) -> None:
    token = str(app.pool.tokens_for("alice").refresh_token)
    assert "device_key" not in claims(again(app, token, None)["AccessToken"])


@pytest.mark.needs("GetTokensFromRefreshToken", "CreateUserPoolClientRequest.RefreshTokenRotation")
def test_rotated_tokens_are_of_the_same_device(app: App) -> None:
    rotation: Any = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    flows = [flow for flow in custom.FLOWS if flow != "ALLOW_REFRESH_TOKEN_AUTH"]
    rotating = app.with_client(RefreshTokenRotation=rotation, ExplicitAuthFlows=flows)
    device = Device.confirmed(rotating, devices.sign_in(rotating))
    first = rotating.exchange(device.result["RefreshToken"], DeviceKey=device.key)
    assert refusal(rotating.exchange, token=first["RefreshToken"]) == INVALID_FOR_OPERATION
    second = rotating.exchange(first["RefreshToken"], DeviceKey=device.key)
    assert claims(second["AccessToken"])["device_key"] == device.key
