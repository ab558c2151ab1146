"""A user's own operations on their devices."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycognito.aws_srp import N_HEX

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import devices
from tests.support.app import App, MakeApp
from tests.support.devices import DEVICE_KEY_INVALID, DEVICE_NOT_FOUND, NOT_TRACKED, UNKNOWN_KEY, Device
from tests.support.refusals import (
    ACCESS_TOKEN_INVALID,
    PAGINATION_TOKEN_INVALID,
    RESET_REQUIRED,
    USER_DISABLED,
    Refusal,
    invalid_parameter,
    missing_parameter,
    refusal,
)

ALREADY_CONFIRMED = Refusal("DeviceKeyExistsException", "Device key already exists.")
VERIFIER_INVALID = invalid_parameter("Invalid device secret verifier config given.")
N = int(N_HEX, 16)
ON_A_DEVICE = ["get_device", "forget_device", "update_device_status"]
STATUS: dict[str, Any] = {"DeviceRememberedStatus": "remembered"}


def more(operation: str) -> dict[str, Any]:
    """The parameters that an operation needs beside those of all."""
    return STATUS if operation == "update_device_status" else {}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return devices.make_pool(cognito)


@pytest.fixture
def device(app: App) -> Device:
    """A device that is not confirmed."""
    return Device.of(app, devices.sign_in(app))


def test_a_device_is_confirmed_and_remembered(device: Device) -> None:
    assert device.confirm() == {"UserConfirmationNecessary": False}
    assert device.attributes()["dev:device_remembered_status"] == "remembered"


def test_the_user_may_be_asked_before_a_device_is_remembered(cognito: Cognito, cognito_idp: Any) -> None:
    app = App(cognito_idp, devices.make_pool(cognito, devices.BY_OPT_IN))
    device = Device.of(app, devices.sign_in(app))
    assert device.confirm() == {"UserConfirmationNecessary": True}
    assert device.attributes()["dev:device_remembered_status"] == "not_remembered"
    assert device.as_user("update_device_status", **STATUS) == {}
    assert device.attributes()["dev:device_remembered_status"] == "remembered"


def test_what_a_user_sees_of_a_device(cognito: Cognito, device: Device) -> None:
    made = cognito.clock.now()
    cognito.clock.advance(minutes=1)
    device.confirm()
    described = device.as_user("get_device")["Device"]
    assert described["DeviceKey"] == device.key
    assert described["DeviceAttributes"] == [
        {"Name": "device_status", "Value": "valid"},
        {"Name": "device_name", "Value": "phone"},
        {"Name": "last_ip_used", "Value": "127.0.0.1"},
    ]
    assert abs((described["DeviceCreateDate"] - made).total_seconds()) < 30
    assert 55 < (described["DeviceLastModifiedDate"] - described["DeviceCreateDate"]).total_seconds() < 90
    assert described["DeviceLastAuthenticatedDate"] == described["DeviceCreateDate"].replace(microsecond=0)


def test_a_device_may_have_no_name_and_no_secret(device: Device) -> None:
    device.as_user("confirm_device")
    assert "device_name" not in device.attributes()


def test_a_device_is_confirmed_once(device: Device) -> None:
    device.confirm()
    assert refusal(device.confirm, DeviceName="other") == ALREADY_CONFIRMED
    assert device.attributes()["device_name"] == "phone"


def test_a_device_is_confirmed_by_the_sign_in_that_has_made_it(app: App, device: Device) -> None:
    other = Device.of(app, devices.sign_in(app))
    assert refusal(device.confirm, DeviceKey=other.key) == DEVICE_KEY_INVALID
    assert refusal(device.confirm, DeviceKey=UNKNOWN_KEY) == DEVICE_KEY_INVALID
    without = app.pool.tokens_for("alice").access_token
    assert refusal(device.confirm, AccessToken=without) == DEVICE_KEY_INVALID
    device.as_admin("admin_forget_device")
    assert refusal(device.confirm) == DEVICE_NOT_FOUND


@pytest.mark.parametrize(
    "config",
    [
        {"PasswordVerifier": "AQID"},
        {"Salt": "AQID"},
        {"PasswordVerifier": "AQID", "Salt": ""},
        {"PasswordVerifier": "AA==", "Salt": "AQID"},
        {"PasswordVerifier": "not Base64!", "Salt": "AQID"},
        {"PasswordVerifier": "AQID", "Salt": "Ü"},
        {},
    ],
)
def test_a_verifier_that_cannot_be_read(device: Device, config: dict[str, str]) -> None:
    assert refusal(device.confirm, DeviceSecretVerifierConfig=config) == VERIFIER_INVALID
    device.confirm()


def test_any_number_is_a_verifier_but_one_that_anybody_could_prove(make_app: MakeApp) -> None:
    app = make_app(DeviceConfiguration=devices.ALWAYS)
    app.pool.create_user("alice")

    @settings(max_examples=settings().max_examples // 5)
    @given(number=st.integers(1, 2**3072) | st.integers(0, 3).map(N.__mul__), salt=st.binary(min_size=1, max_size=40))
    def check(number: int, salt: bytes) -> None:
        verifier = base64.b64encode(number.to_bytes(400, "big")).decode()
        config = {"PasswordVerifier": verifier, "Salt": base64.b64encode(salt).decode()}
        device = Device.of(app, app.sign_in())
        if number % N:
            device.confirm(DeviceSecretVerifierConfig=config)
        else:
            assert refusal(device.confirm, DeviceSecretVerifierConfig=config) == VERIFIER_INVALID

    check()


def test_devices_are_listed_in_pages(app: App, device: Device) -> None:
    keys = [device.key, *(Device.of(app, devices.sign_in(app)).key for _ in range(2))]
    token = {"AccessToken": device.result["AccessToken"]}
    first = app.call("list_devices", **token, Limit=2)
    second = app.call("list_devices", **token, Limit=2, PaginationToken=first["PaginationToken"])
    assert [one["DeviceKey"] for one in first["Devices"] + second["Devices"]] == keys
    assert "PaginationToken" not in second
    assert len(app.call("list_devices", **token, Limit=0)["Devices"]) == 3
    by_admin = app.admin("admin_list_devices", Limit=1)["PaginationToken"]
    assert refusal(app.call, operation="list_devices", **token, PaginationToken=by_admin) == PAGINATION_TOKEN_INVALID


def test_a_forgotten_device_is_gone(app: App, device: Device) -> None:
    assert device.as_user("forget_device") == {}
    assert app.call("list_devices", AccessToken=device.result["AccessToken"]) == {"Devices": []}


@pytest.mark.parametrize("operation", ON_A_DEVICE)
def test_a_device_of_nobody_or_of_another_user(app: App, device: Device, operation: str) -> None:
    app.pool.create_user("bob")
    bobs = Device.of(app, devices.sign_in(app, "bob"))
    for key in (bobs.key, UNKNOWN_KEY):
        assert refusal(device.as_user, operation=operation, DeviceKey=key, **more(operation)) == DEVICE_NOT_FOUND
    assert bobs.as_user("get_device")["Device"]["DeviceKey"] == bobs.key


def test_a_status_is_to_be_given(device: Device) -> None:
    error = refusal(device.as_user, operation="update_device_status")
    assert error == missing_parameter("DeviceRememberedStatus")


@pytest.mark.parametrize("operation", ["get_device", "forget_device"])
def test_an_access_token_is_to_be_given(app: App, device: Device, operation: str) -> None:
    assert refusal(app.call, operation=operation, DeviceKey=device.key) == missing_parameter("AccessToken")


@pytest.mark.parametrize("operation", [*ON_A_DEVICE, "confirm_device"])
def test_who_may_not_do_anything(app: App, device: Device, operation: str) -> None:
    call = {"operation": operation, **more(operation)}
    assert refusal(device.as_user, AccessToken="e30.e30.e30", **call) == ACCESS_TOKEN_INVALID
    app.admin("admin_reset_user_password")
    assert refusal(device.as_user, **call) == RESET_REQUIRED
    app.admin("admin_disable_user")
    assert refusal(device.as_user, **call) == USER_DISABLED


@pytest.mark.parametrize("operation", [*ON_A_DEVICE, "confirm_device", "list_devices"])
def test_a_pool_that_does_not_track_devices(make_app: MakeApp, operation: str) -> None:
    app = make_app()
    app.pool.create_user("alice")
    result = app.sign_in()
    assert "NewDeviceMetadata" not in result
    given = {"AccessToken": result["AccessToken"]} | ({} if operation == "list_devices" else {"DeviceKey": UNKNOWN_KEY})
    assert refusal(app.call, operation=operation, **given, **more(operation)) == NOT_TRACKED


def test_devices_go_with_their_user(app: App, device: Device) -> None:
    device.confirm()
    app.admin("admin_delete_user")
    app.confirmed("alice")
    assert app.admin("admin_list_devices") == {"Devices": []}
    assert refusal(app.begin, DEVICE_KEY=device.key) == DEVICE_NOT_FOUND
