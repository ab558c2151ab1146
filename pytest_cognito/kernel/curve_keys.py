"""Signing keys of elliptic curves, which come from a name: they cost little, and every process has the same."""

from __future__ import annotations

import hashlib
import uuid
from functools import cached_property, lru_cache
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from pytest_cognito.kernel.keys import base64url


class _Algorithm(NamedTuple):
    """What an algorithm of RFC 7518 stands for; ``coordinate`` is the number of bytes of one of the curve."""

    crv: str
    curve: ec.EllipticCurve
    hash: hashes.HashAlgorithm
    coordinate: int


_ALGORITHMS = {
    "ES256": _Algorithm("P-256", ec.SECP256R1(), hashes.SHA256(), 32),
    "ES384": _Algorithm("P-384", ec.SECP384R1(), hashes.SHA384(), 48),
}


class CurveKey:
    """One key: of P-256 for ES256, of P-384 for ES384."""

    def __init__(self, name: str, algorithm: str = "ES384") -> None:
        self.algorithm = algorithm
        self._of = _ALGORITHMS[algorithm]
        # One byte less than a coordinate has: every number of so many is below the order of the curve.
        seed = hashlib.sha512(name.encode()).digest()[: self._of.coordinate - 1]
        self.private = ec.derive_private_key(int.from_bytes(seed) + 1, self._of.curve)

    def sign(self, data: bytes) -> bytes:
        """The signature of ``data``: both numbers one after the other (RFC 7518 section 3.4)."""
        numbers = decode_dss_signature(self.private.sign(data, ec.ECDSA(self._of.hash)))
        return b"".join(number.to_bytes(self._of.coordinate) for number in numbers)

    @cached_property
    def pem(self) -> str:
        """The public key as a PEM document."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.private.public_key().public_bytes(serialization.Encoding.PEM, form).decode()

    @cached_property
    def kid(self) -> str:
        """A key id in the form of a UUID, which depends on the key alone."""
        return str(uuid.UUID(bytes=hashlib.sha256(self.pem.encode()).digest()[:16], version=4))

    @cached_property
    def jwk(self) -> dict[str, str]:
        """The public key as a JWKS lists it (RFC 7517), without a key id."""
        point = self.private.public_key().public_numbers()
        return {
            "alg": self.algorithm,
            "crv": self._of.crv,
            "kty": "EC",
            "use": "sig",
            "x": base64url(point.x.to_bytes(self._of.coordinate)),
            "y": base64url(point.y.to_bytes(self._of.coordinate)),
        }


@lru_cache(maxsize=16)
def curve_key(name: str, algorithm: str = "ES384") -> CurveKey:
    """The key of a name for an algorithm."""
    return CurveKey(name, algorithm)
