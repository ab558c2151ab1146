"""Devices in the model of sign-ins: one that is remembered stands in for a second factor, by proving itself."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pycognito.aws_srp import AWSSRP, generate_hash_device

if TYPE_CHECKING:
    from tests.sound.challenge_model import Open

BY_DEVICE, DEVICE_VERIFIER = "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"
UNKNOWN_KEY = "us-east-1_00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Device:
    """A device that is remembered."""

    key: str
    group_key: str
    secret: str = field(repr=False)

    @classmethod
    def confirmed(cls, idp: Any, tokens: dict[str, Any]) -> Device:
        """The device that a sign-in has made, confirmed with these tokens of it."""
        made = tokens["NewDeviceMetadata"]
        secret, verifier = generate_hash_device(made["DeviceGroupKey"], made["DeviceKey"])
        given = {"AccessToken": tokens["AccessToken"], "DeviceKey": made["DeviceKey"]}
        idp.confirm_device(**given, DeviceSecretVerifierConfig=verifier)
        return cls(made["DeviceKey"], made["DeviceGroupKey"], secret)

    def public_value(self, client: AWSSRP) -> dict[str, str]:
        return {"DEVICE_KEY": self.key, "SRP_A": f"{client.large_a_value:x}"}

    def proof(self, client: AWSSRP, challenge: Open, secret: str | None = None) -> dict[str, str]:
        """The answer to DEVICE_PASSWORD_VERIFIER, or one with another secret."""
        client = copy(client)  # which would name the device in other proofs
        client.username = challenge.told["USERNAME"]
        client.device_key, client.device_group_key = self.key, self.group_key
        client.device_password = secret or self.secret
        proof: dict[str, str] = client.process_device_challenge(challenge.told)
        return proof
