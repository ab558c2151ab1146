"""Pools that track devices, and devices with the mathematics of pycognito."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pycognito.aws_srp import AWSSRP, generate_hash_device

from pytest_cognito.cognito import Cognito, UserPool

from . import custom, mfa
from .app import PASSWORD, Answer, App
from .codes import last_code
from .refusals import Refusal, invalid_parameter
from .srp import QuickSrp, SrpClient

ALWAYS = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}
BY_OPT_IN = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
WITHOUT_CHALLENGE = {"ChallengeRequiredOnNewDevice": False, "DeviceOnlyRememberedOnUserPrompt": False}
BY_DEVICE, VERIFIER = "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"
UNKNOWN_KEY = "us-east-1_00000000-0000-4000-8000-000000000000"

DEVICE_NOT_FOUND = Refusal("ResourceNotFoundException", "Device does not exist.")
DEVICE_KEY_INVALID = invalid_parameter("Invalid device key given.")
NOT_TRACKED = Refusal("InvalidUserPoolConfigurationException", "User pool does not have device tracking enabled.")


def make_pool(cognito: Cognito, tracking: dict[str, bool] = ALWAYS, **settings: Any) -> UserPool:
    """A pool that tracks devices, with an app client for every flow, and alice, who signs in with a code by SMS."""
    pool = mfa.make_pool(cognito, "OPTIONAL", mfa.SMS_MFA, DeviceConfiguration=tracking, **settings)
    pool.create_client(ExplicitAuthFlows=custom.FLOWS)
    pool.create_user("alice", attributes=mfa.ADDRESSES)
    mfa.turn_on(pool, mfa.SMS_MFA)
    return pool


def set_tracking(pool: UserPool, tracking: dict[str, bool] | None) -> None:
    """UpdateUserPool with another DeviceConfiguration, or without one, which ends the tracking."""
    settings = pool.call("DescribeUserPool")["UserPool"]
    kept = {name: settings[name] for name in ("SmsConfiguration", "EmailConfiguration", "LambdaConfig")}
    given: dict[str, Any] = {} if tracking is None else {"DeviceConfiguration": tracking}
    pool.call("UpdateUserPool", **kept, **given)


def finish(app: App, answer: Answer, username: str = "alice", **more: str) -> Answer:
    """The AuthenticationResult, with the code that was sent if one is asked for."""
    if answer.get("ChallengeName") == "SMS_MFA":
        responses: dict[str, Any] = {"SMS_MFA_CODE": last_code(app.pool.world.outbox), **more}
        answer = app.respond(answer, username, **responses)
    result: Answer = answer["AuthenticationResult"]
    return result


def sign_in(app: App, username: str = "alice", **parameters: str) -> Answer:
    """The AuthenticationResult of a sign-in with a password and a code."""
    return finish(app, app.begin(username, **parameters), username)


def remembered(app: App) -> Device:
    """A device that alice has signed in from and confirmed; the pool remembers it at once or not."""
    return Device.confirmed(app, sign_in(app))


@dataclass
class Device:
    """A device as an application keeps it. ``result`` is the AuthenticationResult of the sign-in that has made it."""

    app: App
    key: str
    group_key: str
    secret: str
    verifier: dict[str, str]
    result: Answer

    @classmethod
    def of(cls, app: App, result: Answer) -> Device:
        """The device that a sign-in has made, not confirmed yet."""
        made = result["NewDeviceMetadata"]
        secret, verifier = generate_hash_device(made["DeviceGroupKey"], made["DeviceKey"])
        return cls(app, made["DeviceKey"], made["DeviceGroupKey"], secret, verifier, result)

    @classmethod
    def confirmed(cls, app: App, result: Answer) -> Device:
        device = cls.of(app, result)
        device.confirm()
        return device

    def confirm(self, **more: Any) -> Answer:
        given = {"DeviceSecretVerifierConfig": self.verifier, "DeviceName": "phone", **more}
        return self.as_user("confirm_device", **given)

    def as_user(self, operation: str, **more: Any) -> Answer:
        """An operation of the user on the device."""
        given = {"AccessToken": self.result["AccessToken"], "DeviceKey": self.key, **more}
        return self.app.call(operation, **given)

    def as_admin(self, operation: str, username: str = "alice", **more: Any) -> Answer:
        """An administrator's operation on the device."""
        return self.app.admin(operation, username, DeviceKey=self.key, **more)

    def attributes(self) -> dict[str, str]:
        """The attributes that administrators see."""
        described = self.as_admin("admin_get_device")["Device"]["DeviceAttributes"]
        return {one["Name"]: one["Value"] for one in described}

    def srp(self, secret: str | None = None) -> AWSSRP:
        """The client's side of one sign-in, or of one with another secret."""
        keys = {"device_key": self.key, "device_group_key": self.group_key, "device_password": secret or self.secret}
        return QuickSrp("alice", PASSWORD, self.app.pool_id, self.app.client_id, client=self.app.idp, **keys)


class PasswordAndDevice(SrpClient):
    """A sign-in with SRP that names a device."""

    def __init__(self, device: Device, app: App | None = None) -> None:
        super().__init__(app or device.app)
        self.device_key = device.key


@dataclass
class Proving:
    """A sign-in that asks for the device: ``challenge`` is DEVICE_SRP_AUTH. Each step may have other parameters."""

    device: Device
    challenge: Answer
    session: bool = True

    def __post_init__(self) -> None:
        self.client = self.device.srp()

    def public_value(self, **more: str) -> Answer:
        """The answer to the public value: DEVICE_PASSWORD_VERIFIER."""
        responses = {"DEVICE_KEY": self.device.key, "SRP_A": f"{self.client.large_a_value:x}", **more}
        return self._respond(BY_DEVICE, self.challenge, responses)

    def proof(self, verifying: Answer, **spoiled: str) -> Answer:
        """The answer to the proof."""
        responses = {**self.client.process_device_challenge(verifying["ChallengeParameters"]), **spoiled}
        return self._respond(VERIFIER, verifying, responses)

    def run(self) -> Answer:
        """The AuthenticationResult."""
        result: Answer = self.proof(self.public_value())["AuthenticationResult"]
        return result

    def _respond(self, challenge: str, to: Answer, responses: dict[str, str]) -> Answer:
        session = {"Session": to["Session"]} if self.session else {}
        given = {"ChallengeName": challenge, "ChallengeResponses": {"USERNAME": "alice", **responses}, **session}
        return self.device.app.call("respond_to_auth_challenge", ClientId=self.device.app.client_id, **given)
