"""What a sign-in says of devices: the key of a new one, the claim in the token, what functions are told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom, devices, mfa
from tests.support.app import NEW_PASSWORD, PASSWORD, SILENT, App
from tests.support.codes import last_code
from tests.support.devices import DEVICE_KEY_INVALID, DEVICE_NOT_FOUND, UNKNOWN_KEY, Device, PasswordAndDevice
from tests.support.functions import answering, failing, unchanged
from tests.support.jwts import claims
from tests.support.refusals import INCORRECT, lambda_failed, refusal
from tests.support.srp import SrpClient

NO_MFA: dict[str, Any] = {"SMS": mfa.OFF}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return devices.make_pool(cognito)


def test_each_sign_in_makes_a_device(app: App) -> None:
    results = [devices.sign_in(app) for _ in range(2)]
    made = [result["NewDeviceMetadata"] for result in results]
    for result, device in zip(results, made, strict=True):
        assert re.fullmatch(r"us-east-1_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", device["DeviceKey"])
        assert re.fullmatch(r"-[0-9A-Za-z]{8}", device["DeviceGroupKey"])
        assert claims(result["AccessToken"])["device_key"] == device["DeviceKey"]
        assert "device_key" not in claims(result["IdToken"])
    listed = [one["DeviceKey"] for one in app.admin("admin_list_devices")["Devices"]]
    assert listed == [device["DeviceKey"] for device in made]


def test_after_a_password_alone(app: App) -> None:
    mfa.prefer(app.pool, **NO_MFA)
    assert Device.of(app, app.sign_in()).confirm() == {"UserConfirmationNecessary": False}


def test_after_srp(app: App) -> None:
    mfa.prefer(app.pool, **NO_MFA)
    result = SrpClient(app).run()["AuthenticationResult"]
    assert Device.of(app, result).confirm() == {"UserConfirmationNecessary": False}


def test_after_a_new_password(app: App) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, **SILENT)
    replacing = app.begin("bob")
    result = app.respond(replacing, "bob", NEW_PASSWORD=NEW_PASSWORD)["AuthenticationResult"]
    assert Device.of(app, result).confirm() == {"UserConfirmationNecessary": False}


def test_after_a_custom_challenge(app: App) -> None:
    custom.set_functions(app.pool)
    result = app.respond(custom.begin(app), ANSWER=custom.RIGHT)["AuthenticationResult"]
    assert Device.of(app, result).confirm() == {"UserConfirmationNecessary": False}


def test_by_an_administrator(app: App) -> None:
    challenge = app.admin_initiate_auth(USERNAME="alice", PASSWORD=PASSWORD)
    code = last_code(app.pool.world.outbox)
    result = app.admin_respond(challenge, SMS_MFA_CODE=code)["AuthenticationResult"]
    assert Device.of(app, result).confirm() == {"UserConfirmationNecessary": False}


def test_a_known_device_gets_no_other(app: App) -> None:
    device = Device.of(app, devices.sign_in(app))
    result = devices.sign_in(app, DEVICE_KEY=device.key)
    assert "NewDeviceMetadata" not in result
    assert claims(result["AccessToken"])["device_key"] == device.key
    assert len(app.admin("admin_list_devices")["Devices"]) == 1
    device.result = result
    assert device.confirm() == {"UserConfirmationNecessary": False}


def test_a_known_device_may_be_named_with_the_code(app: App) -> None:
    device = Device.of(app, devices.sign_in(app))
    assert "NewDeviceMetadata" not in devices.finish(app, app.begin(), DEVICE_KEY=device.key)


def test_the_last_sign_in_of_a_device_is_noted(cognito: Cognito, app: App) -> None:
    device = devices.remembered(app)
    mfa.prefer(app.pool, **NO_MFA)
    before = device.as_admin("admin_get_device")["Device"]
    cognito.clock.advance(hours=1)
    given = {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "ClientId": app.client_id, "UserPoolId": app.pool_id}
    parameters = {"USERNAME": "alice", "PASSWORD": PASSWORD, "DEVICE_KEY": device.key}
    context = {"IpAddress": "192.0.2.7", "ServerName": "s", "ServerPath": "/", "HttpHeaders": []}
    app.call("admin_initiate_auth", **given, AuthParameters=parameters, ContextData=context)
    after = device.as_admin("admin_get_device")["Device"]
    assert (after["DeviceLastAuthenticatedDate"] - before["DeviceLastAuthenticatedDate"]).total_seconds() >= 3600
    assert after["DeviceLastModifiedDate"] == before["DeviceLastModifiedDate"]
    assert device.attributes()["last_ip_used"] == "192.0.2.7"


@pytest.mark.parametrize(("believed", "address"), [(True, "192.0.2.8"), (False, "127.0.0.1")])
def test_a_clients_word_for_the_address(app: App, *, believed: bool, address: str) -> None:
    mfa.prefer(app.pool, **NO_MFA)
    other = app.with_client(
        GenerateSecret=believed,
        EnablePropagateAdditionalUserContextData=believed,
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
    )
    secret = {"SECRET_HASH": other.client.secret_hash("alice")} if believed else {}
    answer = other.call(
        "initiate_auth",
        ClientId=other.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD, **secret},
        UserContextData={"IpAddress": "192.0.2.8"},
    )
    assert Device.of(app, answer["AuthenticationResult"]).attributes()["last_ip_used"] == address


# Names of the user


@pytest.mark.parametrize("with_code", [True, False])
def test_who_is_named_by_an_alias_gets_tokens_of_no_device(cognito: Cognito, app: App, *, with_code: bool) -> None:
    by_email = App(app.idp, devices.make_pool(cognito, AliasAttributes=["email"]))
    if not with_code:
        mfa.prefer(by_email.pool, **NO_MFA)
    result = devices.sign_in(by_email, mfa.ADDRESSES["email"])
    device = Device.of(by_email, result)
    assert "device_key" not in claims(result["AccessToken"])
    assert refusal(device.confirm) == DEVICE_KEY_INVALID


def test_the_last_name_decides(cognito: Cognito, app: App) -> None:
    by_email = App(app.idp, devices.make_pool(cognito, AliasAttributes=["email"]))
    challenge = by_email.begin(mfa.ADDRESSES["email"])
    assert challenge["ChallengeParameters"]["USER_ID_FOR_SRP"] == "alice"
    result = devices.finish(by_email, challenge, "alice")
    assert Device.of(by_email, result).confirm() == {"UserConfirmationNecessary": False}


# Forgotten devices


def test_a_forgotten_device_is_told_after_the_password(app: App) -> None:
    device = devices.remembered(app)
    device.as_admin("admin_forget_device")
    assert refusal(app.begin, password="wrong", DEVICE_KEY=device.key) == INCORRECT
    sent = len(list(app.pool.world.outbox))
    assert refusal(app.begin, DEVICE_KEY=device.key) == DEVICE_NOT_FOUND
    assert len(list(app.pool.world.outbox)) == sent
    mfa.prefer(app.pool, **NO_MFA)
    assert refusal(app.begin, DEVICE_KEY=UNKNOWN_KEY) == DEVICE_NOT_FOUND


def test_a_forgotten_device_is_told_before_anything_else_is_asked_for(app: App) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, **SILENT)
    assert refusal(app.begin, username="bob", DEVICE_KEY=UNKNOWN_KEY) == DEVICE_NOT_FOUND
    assert app.begin("bob")["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    mfa.prefer(app.pool, **NO_MFA)
    app.admin("admin_delete_user_attributes", UserAttributeNames=["phone_number"])
    mfa.configure(app.pool, "ON", mfa.TOTP)
    assert refusal(app.begin, DEVICE_KEY=UNKNOWN_KEY) == DEVICE_NOT_FOUND
    assert app.begin()["ChallengeName"] == "MFA_SETUP"


def test_with_srp_the_same_proof_is_good_without_the_key(app: App) -> None:
    """So do the SDKs when they learn that the device was forgotten."""
    device = devices.remembered(app)
    device.as_admin("admin_forget_device")
    client = PasswordAndDevice(device)
    proof = client.proof(client.begin())
    assert refusal(client.answer, responses=proof) == DEVICE_NOT_FOUND
    del proof["DEVICE_KEY"]
    result = devices.finish(app, client.answer(proof))
    assert result["NewDeviceMetadata"]["DeviceKey"] != device.key


def test_a_device_that_is_forgotten_between_password_and_code(app: App) -> None:
    device = Device.of(app, devices.sign_in(app))
    challenge = app.begin(DEVICE_KEY=device.key)
    device.as_admin("admin_forget_device")
    code = last_code(app.pool.world.outbox)
    named = {"SMS_MFA_CODE": code, "DEVICE_KEY": device.key}
    assert refusal(app.respond, challenge=challenge, **named) == DEVICE_NOT_FOUND
    assert "NewDeviceMetadata" in devices.finish(app, challenge)


# Functions


def test_functions_are_told_of_a_new_device(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PostAuthentication", unchanged)
    app.pool.set_trigger("PreTokenGeneration", unchanged)
    device = Device.of(app, devices.sign_in(app))
    first = [one.event for one in cognito.triggers]
    assert first[0]["request"]["newDeviceUsed"] is True
    assert first[1]["triggerSource"] == "TokenGeneration_Authentication"
    devices.sign_in(app, DEVICE_KEY=device.key)
    assert cognito.triggers.last("PostAuthentication").event["request"]["newDeviceUsed"] is False


def test_the_claim_is_not_for_functions_to_change(app: App) -> None:
    changes = {"accessTokenGeneration": {"claimsToAddOrOverride": {"device_key": "x"}}}
    function = answering(claimsAndScopeOverrideDetails=changes)
    app.pool.set_trigger("PreTokenGeneration", function, version=2)
    result = devices.sign_in(app)
    assert claims(result["AccessToken"])["device_key"] == result["NewDeviceMetadata"]["DeviceKey"]


def test_the_device_stays_where_a_function_fails(app: App) -> None:
    app.pool.set_trigger("PostAuthentication", failing)
    assert refusal(devices.sign_in, app=app) == lambda_failed("PostAuthentication")
    assert len(app.admin("admin_list_devices")["Devices"]) == 1
