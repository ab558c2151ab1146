"""Sign-ins from a remembered device that are at risk: the device is no second factor then."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import devices
from tests.support.app import App
from tests.support.devices import BY_DEVICE, Device, PasswordAndDevice
from tests.support.threats import FULL, event, respond


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return devices.make_pool(cognito, UserPoolAddOns=FULL)


@pytest.mark.parametrize("flow", ["password", "srp"])
def test_a_code_is_asked_for_instead_of_the_device(cognito: Cognito, app: App, flow: str) -> None:
    device = devices.remembered(app)
    respond(app, "MFA_IF_CONFIGURED")

    def begin() -> str:
        if flow == "password":
            return str(app.begin(DEVICE_KEY=device.key)["ChallengeName"])
        return str(PasswordAndDevice(device).run()["ChallengeName"])

    assert begin() == BY_DEVICE
    cognito.threats.risk("alice", "High")
    assert begin() == "SMS_MFA"


def test_a_sign_in_from_a_device_is_finished_with_the_code(cognito: Cognito, app: App) -> None:
    device: Device = devices.remembered(app)
    respond(app, "MFA_REQUIRED")
    cognito.threats.risk("alice", "High")
    result = devices.finish(app, app.begin(DEVICE_KEY=device.key), DEVICE_KEY=device.key)

    assert "NewDeviceMetadata" not in result
    assert event(app)["EventResponse"] == "Pass"
    assert [one["ChallengeName"] for one in event(app)["ChallengeResponses"]] == ["Password", "Mfa"]
