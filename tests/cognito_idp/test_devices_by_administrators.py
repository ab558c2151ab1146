"""Administrators' operations on the devices of users, and pools that begin or cease to track them."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import devices
from tests.support.app import App, MakeApp
from tests.support.devices import ALWAYS, DEVICE_NOT_FOUND, NOT_TRACKED, UNKNOWN_KEY, Device
from tests.support.refusals import USER_NOT_FOUND, Refusal, missing_parameter, no_pool, refusal

OWNER_NOT_FOUND = Refusal("ResourceNotFoundException", USER_NOT_FOUND.message)
NOWHERE = "us-east-1_Nowhere00"
STATUS: dict[str, Any] = {"DeviceRememberedStatus": "not_remembered"}
OPERATIONS: dict[str, dict[str, Any]] = {
    "admin_get_device": {},
    "admin_forget_device": {},
    "admin_update_device_status": STATUS,
}
ON_A_DEVICE = pytest.mark.parametrize("operation", OPERATIONS)


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return devices.make_pool(cognito)


@pytest.fixture
def device(app: App) -> Device:
    return devices.remembered(app)


def test_what_administrators_see_of_a_device(app: App, device: Device) -> None:
    described = device.as_admin("admin_get_device")["Device"]
    owner = f"alice.{app.pool_id}"
    assert described["DeviceAttributes"] == [
        {"Name": "device_status", "Value": "valid"},
        {"Name": "device_name", "Value": "phone"},
        {
            "Name": "dev:device_arn",
            "Value": f"arn:aws:cognito-idp:us-east-1:123456789012:owner/{owner}/device/{device.key}",
        },
        {"Name": "dev:device_owner", "Value": owner},
        {"Name": "last_ip_used", "Value": "127.0.0.1"},
        {"Name": "dev:device_remembered_status", "Value": "remembered"},
        {"Name": "dev:device_sdk", "Value": "aws-sdk-unknown-unknown"},
    ]
    assert app.admin("admin_list_devices")["Devices"] == [described]


def test_devices_are_listed_in_pages(app: App, device: Device) -> None:
    second = devices.remembered(app)
    first = app.admin("admin_list_devices", Limit=1)
    assert [one["DeviceKey"] for one in first["Devices"]] == [device.key]
    rest = app.admin("admin_list_devices", Limit=1, PaginationToken=first["PaginationToken"])
    assert [one["DeviceKey"] for one in rest["Devices"]] == [second.key]
    assert "PaginationToken" not in rest


def test_the_status_is_changed(cognito: Cognito, device: Device) -> None:
    before = device.as_admin("admin_get_device")["Device"]
    cognito.clock.advance(minutes=1)
    assert device.as_admin("admin_update_device_status", **STATUS) == {}
    after = device.as_admin("admin_get_device")["Device"]
    assert device.attributes()["dev:device_remembered_status"] == "not_remembered"
    assert after["DeviceLastModifiedDate"] > before["DeviceLastModifiedDate"]
    assert after["DeviceLastAuthenticatedDate"] == before["DeviceLastAuthenticatedDate"]
    error = refusal(device.as_admin, operation="admin_update_device_status")
    assert error == missing_parameter("DeviceRememberedStatus")


def test_a_forgotten_device_is_gone(app: App, device: Device) -> None:
    assert device.as_admin("admin_forget_device") == {}
    assert refusal(device.as_admin, operation="admin_get_device") == DEVICE_NOT_FOUND
    assert app.admin("admin_list_devices") == {"Devices": []}


@ON_A_DEVICE
def test_devices_that_are_not_the_users(app: App, device: Device, operation: str) -> None:
    app.pool.create_user("bob")
    given = OPERATIONS[operation]
    for wrong in ({"DeviceKey": UNKNOWN_KEY}, {"DeviceKey": device.key, "username": "bob"}):
        assert refusal(app.admin, operation=operation, **wrong, **given) == DEVICE_NOT_FOUND
    no_user = OWNER_NOT_FOUND if operation == "admin_get_device" else USER_NOT_FOUND
    assert refusal(device.as_admin, operation=operation, username="nobody", **given) == no_user
    where = {"UserPoolId": NOWHERE, "Username": "alice", "DeviceKey": device.key}
    assert refusal(app.call, operation=operation, **where, **given) == no_pool(NOWHERE)


def test_the_devices_of_nobody(app: App) -> None:
    assert refusal(app.admin, operation="admin_list_devices", username="nobody") == OWNER_NOT_FOUND


@pytest.mark.parametrize("operation", [*OPERATIONS, "admin_list_devices"])
def test_a_pool_that_does_not_track_devices(make_app: MakeApp, operation: str) -> None:
    app = make_app()
    app.pool.create_user("alice")
    given = {} if operation == "admin_list_devices" else {"DeviceKey": UNKNOWN_KEY, **OPERATIONS[operation]}
    assert refusal(app.admin, operation=operation, **given) == NOT_TRACKED


def test_tracking_is_a_setting_of_the_pool(make_app: MakeApp) -> None:
    app = make_app()
    describe = app.pool.call
    assert "DeviceConfiguration" not in describe("DescribeUserPool")["UserPool"]
    app.pool.call("UpdateUserPool", DeviceConfiguration={"ChallengeRequiredOnNewDevice": True})
    assert describe("DescribeUserPool")["UserPool"]["DeviceConfiguration"] == ALWAYS
    app.pool.call("UpdateUserPool")
    assert "DeviceConfiguration" not in describe("DescribeUserPool")["UserPool"]


def test_a_pool_that_no_longer_tracks_devices(app: App, device: Device) -> None:
    devices.set_tracking(app.pool, None)
    assert refusal(device.as_admin, operation="admin_get_device") == NOT_TRACKED
    result = devices.sign_in(app, DEVICE_KEY=UNKNOWN_KEY)
    assert "NewDeviceMetadata" not in result
    assert "AccessToken" in app.refresh(device.result["RefreshToken"])
    devices.set_tracking(app.pool, ALWAYS)
    assert [one["DeviceKey"] for one in app.admin("admin_list_devices")["Devices"]] == [device.key]
