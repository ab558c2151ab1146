"""Signing keys of the curve P-384, which come from a name: they cost little, and every process has the same."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from pytest_cognito.kernel.keys import base64url

_CURVE = ec.SECP384R1()
_ECDSA = ec.ECDSA(hashes.SHA384())
_COORDINATE = 48
_SEED = _COORDINATE - 1  # every number of so many bytes is below the order of the curve


class CurveKey:
    """One key of P-384."""

    def __init__(self, name: str) -> None:
        seed = hashlib.sha512(name.encode()).digest()[:_SEED]
        self.private = ec.derive_private_key(int.from_bytes(seed) + 1, _CURVE)

    def sign(self, data: bytes) -> bytes:
        """The ES384 signature of ``data``: both numbers one after the other (RFC 7518 section 3.4)."""
        numbers = decode_dss_signature(self.private.sign(data, _ECDSA))
        return b"".join(number.to_bytes(_COORDINATE) for number in numbers)

    @cached_property
    def jwk(self) -> dict[str, str]:
        """The public key as a JWKS lists it (RFC 7517), without a key id."""
        point = self.private.public_key().public_numbers()
        return {
            "alg": "ES384",
            "crv": "P-384",
            "kty": "EC",
            "use": "sig",
            "x": base64url(point.x.to_bytes(_COORDINATE)),
            "y": base64url(point.y.to_bytes(_COORDINATE)),
        }


@lru_cache(maxsize=16)
def curve_key(name: str) -> CurveKey:
    """The key of a name."""
    return CurveKey(name)
