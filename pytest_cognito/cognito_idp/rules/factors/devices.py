"""Devices: when one stands in for a code, the verifier of its secret, and devices in the shapes of the API."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.aws.arn import arn
from pytest_cognito.cognito_idp.records import Device, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import srp


class Secret(NamedTuple):
    """What is known of the secret of a device: its password verifier, and the salt in hexadecimal digits."""

    verifier: int
    salt: str


def is_remembered_at_once(pool: UserPool) -> bool:
    """Whether ConfirmDevice remembers a device, rather than the user who is asked for it later."""
    return not pool.device_tracking.get("DeviceOnlyRememberedOnUserPrompt")


def stands_in_for_code(pool: UserPool, device: Device) -> bool:
    """Whether the proof that a device has its secret takes the place of an MFA code."""
    return (
        pool.mfa != "OFF"
        and bool(pool.device_tracking.get("ChallengeRequiredOnNewDevice"))
        and device.remembered
        and device.verifier is not None
    )


def parse_secret(config: Mapping[str, str]) -> Secret | None:
    """The DeviceSecretVerifierConfig of ConfirmDevice: numbers as bytes in Base64. ``None`` if it can't be read.

    A verifier that is a multiple of ``N`` is none: anybody could prove to know its secret.
    """
    try:
        verifier, salt = (
            int.from_bytes(base64.b64decode(config[member], validate=True), "big")
            for member in ("PasswordVerifier", "Salt")
        )
    except (KeyError, ValueError):
        return None
    if verifier % srp.N == 0 or not config["Salt"]:
        return None
    return Secret(verifier, srp.hexadecimal(salt))


def identity(device: Device) -> str:
    """The identity of a device in the hashes of SRP."""
    return device.group_key + device.key


def device_type(device: Device) -> dict[str, Any]:
    """The shape ``DeviceType``, as the owner of the device sees it."""
    return _device_type(device, {**_named(device), "last_ip_used": device.ip})


def device_type_for_admins(pool: UserPool, user: User, device: Device) -> dict[str, Any]:
    """The shape ``DeviceType``, as administrators see it."""
    owner = f"{user.username}.{pool.id}"
    return _device_type(
        device,
        {
            **_named(device),
            "dev:device_arn": arn("cognito-idp", pool.region, pool.account, f"owner/{owner}/device/{device.key}"),
            "dev:device_owner": owner,
            "last_ip_used": device.ip,
            "dev:device_remembered_status": "remembered" if device.remembered else "not_remembered",
            "dev:device_sdk": device.sdk,
        },
    )


def _named(device: Device) -> dict[str, str]:
    name = {} if device.name is None else {"device_name": device.name}
    return {"device_status": "valid", **name}


def _device_type(device: Device, attributes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "DeviceKey": device.key,
        "DeviceAttributes": [{"Name": name, "Value": value} for name, value in attributes.items()],
        "DeviceCreateDate": device.created,
        "DeviceLastModifiedDate": device.modified,
        "DeviceLastAuthenticatedDate": device.authenticated,
    }
