"""Key pairs of passkeys, whose public key a relying party stores; and keys of P-256 that come from a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SHA256 = hashes.SHA256()


class CredentialKey(Protocol):
    """A key pair. ``algorithm`` is its COSE number, ``cose`` the public key as a COSE map (RFC 9053)."""

    algorithm: int
    cose: Mapping[int, int | bytes]

    def sign(self, data: bytes) -> bytes:
        """The signature of ``data``, in the form of the Web Authentication API."""

    def spki(self) -> bytes:
        """The public key as DER-encoded SubjectPublicKeyInfo."""


def derived_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """The private key of P-256 that a seed of 32 bytes gives."""
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, _CURVE)


class ES256:
    """ECDSA with P-256 and SHA-256."""

    algorithm = -7

    def __init__(self, seed: bytes) -> None:
        self._private = derived_key(seed)
        point = self._private.public_key().public_numbers()
        self.cose: Mapping[int, int | bytes] = {
            1: 2,
            3: self.algorithm,
            -1: 1,
            -2: point.x.to_bytes(32, "big"),
            -3: point.y.to_bytes(32, "big"),
        }

    def sign(self, data: bytes) -> bytes:
        return self._private.sign(data, ec.ECDSA(_SHA256))

    def spki(self) -> bytes:
        return self._private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


class RS256:
    """RSASSA-PKCS1-v1_5 with SHA-256. Its key is generated, which takes tens of milliseconds."""

    algorithm = -257

    def __init__(self) -> None:
        self._private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = self._private.public_key().public_numbers()
        self.cose: Mapping[int, int | bytes] = {
            1: 3,
            3: self.algorithm,
            -1: numbers.n.to_bytes(256, "big"),
            -2: numbers.e.to_bytes(3, "big"),
        }

    def sign(self, data: bytes) -> bytes:
        return self._private.sign(data, padding.PKCS1v15(), _SHA256)

    def spki(self) -> bytes:
        return self._private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


ALGORITHMS: Mapping[str, Callable[[bytes], CredentialKey]] = {"ES256": ES256, "RS256": lambda _seed: RS256()}
"""What makes a key pair from a random seed, by the name of the algorithm."""
