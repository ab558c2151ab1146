"""The client's side of the Secure Remote Password protocol, for tests that hold a device."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping

from pytest_cognito.cognito_idp.rules.factors import srp


class SrpClient:
    """A client that knows a secret, and proves it. ``private`` is its private value, a random number."""

    def __init__(self, identity: str, secret: str, private: int) -> None:
        self._identity = identity
        self._secret = secret
        self._private = private
        self._public = pow(srp.G, private, srp.N)

    @property
    def public(self) -> str:
        """``SRP_A``."""
        return srp.hexadecimal(self._public)

    def proof(self, challenge: Mapping[str, str], now: dt.datetime) -> dict[str, str]:
        """The ChallengeResponses that answer the ChallengeParameters with the server's values."""
        block, server_public = challenge["SECRET_BLOCK"], int(challenge["SRP_B"], 16)
        x = srp.secret_exponent(self._identity, self._secret, challenge["SALT"])
        u = srp.scrambler(self._public, server_public)
        shared = pow(server_public - srp.K * pow(srp.G, x, srp.N), self._private + u * x, srp.N)
        timestamp = srp.format_timestamp(now.astimezone(dt.UTC))
        signature = srp.signature(srp.derived_key(u, shared), self._identity, base64.b64decode(block), timestamp)
        return {
            "TIMESTAMP": timestamp,
            "PASSWORD_CLAIM_SECRET_BLOCK": block,
            "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(signature).decode(),
        }


def device_secret_verifier(identity: str, secret: str, salt: bytes) -> dict[str, str]:
    """The DeviceSecretVerifierConfig of ConfirmDevice for a secret."""
    verifier = srp.verifier(identity, secret, salt.hex())
    return {
        "PasswordVerifier": _base64(verifier),
        "Salt": _base64(int.from_bytes(salt, "big")),
    }


def _base64(number: int) -> str:
    return base64.b64encode(srp.java_bytes(number)).decode()
