"""Devices in CUSTOM_AUTH: they prove themselves after the functions have said that the user gets tokens."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom, devices
from tests.support.app import App
from tests.support.custom import CUSTOM, RIGHT, CustomSrp
from tests.support.devices import BY_DEVICE, DEVICE_NOT_FOUND, Device, Proving
from tests.support.functions import answering, unchanged
from tests.support.refusals import USER_DISABLED, refusal


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = devices.make_pool(cognito)
    custom.set_functions(pool)
    return pool


@pytest.fixture
def device(app: App) -> Device:
    return devices.remembered(app)


def test_without_a_password(cognito: Cognito, app: App, device: Device) -> None:
    app.pool.set_trigger("PreTokenGeneration", unchanged)
    challenge = app.respond(custom.begin(app, DEVICE_KEY=device.key), ANSWER=RIGHT)
    assert challenge["ChallengeName"] == BY_DEVICE
    defined = len([one for one in cognito.triggers if one.trigger == "DefineAuthChallenge"])
    assert "NewDeviceMetadata" not in Proving(device, challenge).run()
    assert len([one for one in cognito.triggers if one.trigger == "DefineAuthChallenge"]) == defined
    assert cognito.triggers.last().event["triggerSource"] == "TokenGeneration_AuthenticateDevice"


def test_a_device_that_is_named_with_the_answer(app: App, device: Device) -> None:
    challenge = app.respond(custom.begin(app), ANSWER=RIGHT, DEVICE_KEY=device.key)
    assert "AccessToken" in Proving(device, challenge).run()


def test_after_srp_no_code_is_asked_for(cognito: Cognito, app: App, device: Device) -> None:
    client = CustomSrp(app)
    client.device_key = device.key
    challenge = client.begin_and_prove()
    assert challenge["ChallengeName"] == CUSTOM
    by_device = app.respond(challenge, ANSWER=RIGHT)
    assert "AccessToken" in Proving(device, by_device).run()


def test_after_srp_a_device_that_is_forgotten_meanwhile_does_not_save_the_code(app: App, device: Device) -> None:
    client = CustomSrp(app)
    client.device_key = device.key
    challenge = client.begin_and_prove()
    device.as_admin("admin_forget_device")
    assert app.respond(challenge, ANSWER=RIGHT)["ChallengeName"] == "SMS_MFA"


def test_after_srp_a_device_that_is_no_longer_remembered(app: App, device: Device) -> None:
    client = CustomSrp(app)
    client.device_key = device.key
    by_device = app.respond(client.begin_and_prove(), ANSWER=RIGHT)
    device.as_admin("admin_update_device_status", DeviceRememberedStatus="not_remembered")
    assert Proving(device, by_device).public_value()["ChallengeName"] == "SMS_MFA"


def test_a_code_that_was_proven_is_enough(app: App, device: Device) -> None:
    challenge = CustomSrp(app).begin_and_prove()
    assert challenge["ChallengeName"] == "SMS_MFA"
    code = app.pool.world.outbox.last().code
    second = app.respond(challenge, SMS_MFA_CODE=str(code))
    answer = app.respond(second, ANSWER=RIGHT, DEVICE_KEY=device.key)
    assert "AuthenticationResult" in answer


def test_a_forgotten_device_is_told_at_the_end(app: App, device: Device) -> None:
    device.as_admin("admin_forget_device")
    challenge = custom.begin(app, DEVICE_KEY=device.key)
    assert refusal(app.respond, challenge=challenge, ANSWER=RIGHT, DEVICE_KEY=device.key) == DEVICE_NOT_FOUND
    again = app.respond(custom.begin(app, DEVICE_KEY=device.key), ANSWER=RIGHT)
    assert "NewDeviceMetadata" in again["AuthenticationResult"]


def test_after_srp_a_forgotten_device_is_told_with_the_proof(app: App, device: Device) -> None:
    device.as_admin("admin_forget_device")
    client = CustomSrp(app)
    client.device_key = device.key
    challenge = client.begin()
    proof = client.proof(challenge)
    assert refusal(client.answer, responses=proof, Session=challenge["Session"]) == DEVICE_NOT_FOUND
    del proof["DEVICE_KEY"]
    assert client.answer(proof, Session=challenge["Session"])["ChallengeName"] == "SMS_MFA"


def test_a_user_who_is_disabled_at_the_last_step(app: App, device: Device) -> None:
    app.pool.set_trigger("DefineAuthChallenge", answering(issueTokens=True))
    proving = Proving(device, custom.begin(app, DEVICE_KEY=device.key))
    verifying = proving.public_value()
    app.admin("admin_disable_user")
    assert refusal(proving.proof, verifying=verifying) == USER_DISABLED
