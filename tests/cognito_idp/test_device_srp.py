"""A remembered device proves itself in place of a code: DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import devices, mfa
from tests.support.app import NEW_PASSWORD, PASSWORD, SILENT, App
from tests.support.devices import (
    BY_DEVICE,
    DEVICE_NOT_FOUND,
    UNKNOWN_KEY,
    VERIFIER,
    Device,
    PasswordAndDevice,
    Proving,
)
from tests.support.functions import unchanged
from tests.support.jwts import claims
from tests.support.refusals import (
    INCORRECT,
    RESET_REQUIRED,
    SESSION_EXPIRED,
    SESSION_INVALID,
    SESSION_USED,
    USER_DISABLED,
    invalid_parameter,
    missing_parameter,
    refusal,
)

FORGET, STATUS = "admin_forget_device", "admin_update_device_status"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return devices.make_pool(cognito)


@pytest.fixture
def device(app: App) -> Device:
    return devices.remembered(app)


@pytest.fixture
def asked(app: App, device: Device) -> Proving:
    """A sign-in with a password that asks for the device."""
    return Proving(device, app.begin(DEVICE_KEY=device.key))


def test_a_device_signs_in_without_a_code(cognito: Cognito, app: App, asked: Proving) -> None:
    app.pool.set_trigger("PostAuthentication", unchanged)
    app.pool.set_trigger("PreTokenGeneration", unchanged)
    messages = len(list(cognito.outbox))
    assert (asked.challenge["ChallengeName"], asked.challenge["ChallengeParameters"]) == (BY_DEVICE, {})
    verifying = asked.public_value()
    assert verifying["ChallengeName"] == VERIFIER
    told = verifying["ChallengeParameters"]
    assert set(told) == {"SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "DEVICE_KEY"}
    assert (told["USERNAME"], told["DEVICE_KEY"]) == ("alice", asked.device.key)
    result = asked.proof(verifying)["AuthenticationResult"]
    assert "NewDeviceMetadata" not in result
    assert claims(result["AccessToken"])["device_key"] == asked.device.key
    assert [one.event["triggerSource"] for one in cognito.triggers] == [
        "PostAuthentication_Authentication",
        "TokenGeneration_AuthenticateDevice",
    ]
    assert cognito.triggers.last("PostAuthentication").event["request"]["newDeviceUsed"] is False
    assert len(list(cognito.outbox)) == messages


def test_after_srp(app: App, device: Device) -> None:
    client = PasswordAndDevice(device)
    challenge = client.answer(client.proof(client.begin()))
    assert challenge["ChallengeName"] == BY_DEVICE
    assert "AccessToken" in Proving(device, challenge).run()


def test_some_clients_send_no_session(app: App, device: Device) -> None:
    app.begin(DEVICE_KEY=device.key)
    proving = Proving(device, app.begin(DEVICE_KEY=device.key), session=False)
    verifying = proving.public_value()
    assert refusal(proving.proof, verifying=verifying, PASSWORD_CLAIM_SECRET_BLOCK="AAAA") == INCORRECT
    assert "AuthenticationResult" in proving.proof(verifying)
    assert refusal(proving.proof, verifying=verifying) == INCORRECT


def test_without_a_session_there_has_to_be_a_sign_in(app: App, device: Device) -> None:
    proving = Proving(device, {}, session=False)
    assert refusal(proving.public_value) == SESSION_INVALID
    app.begin(DEVICE_KEY=device.key)
    assert refusal(proving.public_value, DEVICE_KEY=UNKNOWN_KEY) == DEVICE_NOT_FOUND
    assert proving.public_value()["ChallengeName"] == VERIFIER
    assert refusal(proving.public_value) == SESSION_INVALID


def test_by_an_administrator(app: App, device: Device) -> None:
    challenge = app.admin_initiate_auth(USERNAME="alice", PASSWORD=PASSWORD, DEVICE_KEY=device.key)
    client = device.srp()
    verifying = app.admin_respond(challenge, DEVICE_KEY=device.key, SRP_A=f"{client.large_a_value:x}")
    proof = client.process_device_challenge(verifying["ChallengeParameters"])
    del proof["USERNAME"]
    assert "AuthenticationResult" in app.admin_respond(verifying, **proof)


def test_at_a_client_with_a_secret(app: App, device: Device) -> None:
    other = app.with_client(GenerateSecret=True, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    secret = {"SECRET_HASH": other.client.secret_hash("alice")}
    device.app = other
    proving = Proving(device, other.begin(DEVICE_KEY=device.key, **secret))
    assert "AuthenticationResult" in proving.proof(proving.public_value(**secret), **secret)


def test_a_wrong_proof_is_refused_and_a_right_one_good_after_it(asked: Proving) -> None:
    verifying = asked.public_value()
    asked.client.device_password = "another secret"
    assert refusal(asked.proof, verifying=verifying) == INCORRECT
    asked.client.device_password = asked.device.secret
    for spoiled in ({"PASSWORD_CLAIM_SIGNATURE": "AAAA"}, {"PASSWORD_CLAIM_SECRET_BLOCK": "AAAA"}):
        assert refusal(asked.proof, verifying=verifying, **spoiled) == INCORRECT
    malformed = refusal(asked.proof, verifying=verifying, TIMESTAMP="today")
    assert malformed == invalid_parameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.")
    assert "AuthenticationResult" in asked.proof(verifying)
    assert refusal(asked.proof, verifying=verifying) == SESSION_USED


def test_a_public_value_that_anybody_could_sign_with(asked: Proving) -> None:
    """With a multiple of N the shared number is 0, whatever the secret."""
    asked.client.large_a_value = asked.client.big_n
    asked.client.small_a_value = 0
    verifying = asked.public_value()
    spoiled = asked.client
    spoiled.get_device_authentication_key = lambda *_: bytes(16)
    assert refusal(asked.proof, verifying=verifying) == INCORRECT


def test_the_proof_of_another_device(app: App, device: Device) -> None:
    other = devices.remembered(app)
    proving = Proving(device, app.begin(DEVICE_KEY=device.key))
    verifying = proving.public_value()
    proving.client = other.srp()
    assert refusal(proving.proof, verifying=verifying) == INCORRECT


def test_what_is_missing(asked: Proving) -> None:
    for name in ("USERNAME", "DEVICE_KEY", "SRP_A"):
        assert refusal(asked.public_value, **{name: ""}) == missing_parameter(name)
    assert refusal(asked.public_value, SRP_A="xyz").code == "InvalidParameterException"
    verifying = asked.public_value()
    for name in ("DEVICE_KEY", "TIMESTAMP", "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK"):
        assert refusal(asked.proof, verifying=verifying, **{name: ""}) == missing_parameter(name)


def test_a_device_that_is_forgotten_meanwhile(asked: Proving) -> None:
    verifying = asked.public_value()
    asked.device.as_admin(FORGET)
    assert refusal(asked.proof, verifying=verifying) == DEVICE_NOT_FOUND


def test_a_device_that_is_no_longer_remembered_has_to_send_a_code(app: App, asked: Proving) -> None:
    proving = Proving(asked.device, app.begin(DEVICE_KEY=asked.device.key))
    verifying = proving.public_value()
    asked.device.as_admin(STATUS, DeviceRememberedStatus="not_remembered")
    assert asked.public_value()["ChallengeName"] == "SMS_MFA"
    assert proving.proof(verifying)["ChallengeName"] == "SMS_MFA"
    assert app.begin(DEVICE_KEY=asked.device.key)["ChallengeName"] == "SMS_MFA"


def test_users_who_are_kept_out_meanwhile(app: App, asked: Proving) -> None:
    verifying = asked.public_value()
    app.admin("admin_reset_user_password")
    assert refusal(asked.proof, verifying=verifying) == RESET_REQUIRED
    app.admin("admin_disable_user")
    assert refusal(asked.proof, verifying=verifying) == USER_DISABLED


def test_the_session_expires(cognito: Cognito, asked: Proving) -> None:
    cognito.clock.advance(minutes=4)
    assert refusal(asked.public_value) == SESSION_EXPIRED


def test_a_temporary_password_is_replaced_first(app: App, device: Device) -> None:
    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=False)
    replacing = app.begin(password=NEW_PASSWORD, DEVICE_KEY=device.key)
    assert replacing["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    challenge = app.respond(replacing, NEW_PASSWORD=PASSWORD)
    assert "AccessToken" in Proving(device, challenge).run()


# Where a device does not stand in


def not_remembered(device: Device) -> None:
    device.as_admin(STATUS, DeviceRememberedStatus="not_remembered")


def no_challenge(device: Device) -> None:
    devices.set_tracking(device.app.pool, devices.WITHOUT_CHALLENGE)


@pytest.mark.parametrize("change", [not_remembered, no_challenge])
def test_a_device_that_does_not_stand_in_for_a_code(app: App, device: Device, change: Any) -> None:
    change(device)
    challenge = app.begin(DEVICE_KEY=device.key)
    assert challenge["ChallengeName"] == "SMS_MFA"
    assert "NewDeviceMetadata" not in devices.finish(app, challenge)


def test_a_device_without_a_secret(app: App) -> None:
    device = Device.of(app, devices.sign_in(app))
    device.as_user("confirm_device")
    assert app.begin(DEVICE_KEY=device.key)["ChallengeName"] == "SMS_MFA"


def test_without_a_code_there_is_nothing_to_stand_in_for(app: App, device: Device) -> None:
    mfa.prefer(app.pool, SMS=mfa.OFF)
    result = app.sign_in(DEVICE_KEY=device.key)
    assert claims(result["AccessToken"])["device_key"] == device.key


def test_a_factor_that_is_to_be_set_up(app: App, device: Device) -> None:
    mfa.prefer(app.pool, SMS=mfa.OFF)
    app.admin("admin_delete_user_attributes", UserAttributeNames=["phone_number"])
    mfa.configure(app.pool, "ON", mfa.TOTP)
    assert app.begin(DEVICE_KEY=device.key)["ChallengeName"] == "MFA_SETUP"


def test_the_device_of_another_user(app: App, device: Device) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, **SILENT)
    app.admin("admin_set_user_password", "bob", Password=PASSWORD, Permanent=True)
    assert refusal(app.begin, username="bob", DEVICE_KEY=device.key) == DEVICE_NOT_FOUND
    app.begin(DEVICE_KEY=device.key)
    proving = Proving(device, {}, session=False)
    assert refusal(proving.public_value, USERNAME="bob") == DEVICE_NOT_FOUND
