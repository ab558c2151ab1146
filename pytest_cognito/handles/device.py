"""A device of a user, as an application on it keeps it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_cognito.cognito_idp import SrpClient, device_secret_verifier
from pytest_cognito.handles.calls import call
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.handles.user import User

_SECRET_BYTES, _SALT_BYTES, _PRIVATE_BYTES = 40, 16, 32  # as the SDKs draw them


@dataclass(frozen=True, slots=True)
class Device:
    """A device that a user has confirmed. ``secret`` is what it proves to have when it signs in."""

    user: User
    key: str
    group_key: str
    secret: str = field(repr=False)

    @property
    def remembered(self) -> bool:
        """Whether the device is remembered, so that it can stand in for a code."""
        described = self.user.pool.call("AdminGetDevice", Username=self.user.username, DeviceKey=self.key)["Device"]
        attributes = {one["Name"]: one["Value"] for one in described["DeviceAttributes"]}
        return bool(attributes["dev:device_remembered_status"] == "remembered")

    def forget(self) -> None:
        """Forget the device, as an administrator does: its refresh tokens are no longer valid."""
        self.user.pool.call("AdminForgetDevice", Username=self.user.username, DeviceKey=self.key)


def srp_client(device: Device) -> SrpClient:
    """The client's side of one sign-in with a device."""
    pool = device.user.pool
    with pool.world.handle_step("sign_in", pool.region) as context:
        private = int.from_bytes(context.world.ids.data(_PRIVATE_BYTES), "big")
    return SrpClient(device.group_key + device.key, device.secret, private)


def remember(user: User, result: dict[str, Any], name: str | None) -> Device:
    """Confirm the device that a sign-in has made, and remember it. ``result`` is its AuthenticationResult."""
    pool, made = user.pool, result.get("NewDeviceMetadata")
    if made is None:
        raise UsageError(
            f"the user pool {pool.id} does not track devices: give it "
            f'DeviceConfiguration={{"ChallengeRequiredOnNewDevice": True}}'
        )
    with pool.world.handle_step("remember_device", pool.region) as context:
        secret = base64.b64encode(context.world.ids.data(_SECRET_BYTES)).decode()
        salt = context.world.ids.data(_SALT_BYTES)
    device = Device(user, made["DeviceKey"], made["DeviceGroupKey"], secret)
    parameters: dict[str, Any] = {"AccessToken": result["AccessToken"], "DeviceKey": device.key}
    verifier = device_secret_verifier(device.group_key + device.key, secret, salt)
    named: dict[str, Any] = {} if name is None else {"DeviceName": name}
    confirmed = call(
        pool.world, "ConfirmDevice", region=pool.region, **parameters, **named, DeviceSecretVerifierConfig=verifier
    )
    if confirmed["UserConfirmationNecessary"]:
        call(pool.world, "UpdateDeviceStatus", region=pool.region, **parameters, DeviceRememberedStatus="remembered")
    return device
