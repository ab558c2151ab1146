"""XML Encryption of assertions: a key for each, which the service provider's certificate encrypts."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.identifiers import Identifiers
from pytest_cognito.providers import answers

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
ALGORITHMS = {"AES-256-CBC": CBC, "AES-256-GCM": GCM}
_BLOCK = 16


def encrypted_assertion(assertion: bytes, certificate: Certificate, algorithm: str, ids: Identifiers) -> bytes:
    """``EncryptedAssertion`` in place of an assertion. The key is encrypted by RSA-OAEP, with SHA-1 and MGF1."""
    public = certificate.public_key()
    if not isinstance(public, rsa.RSAPublicKey):
        raise UsageError("assertions are encrypted for a certificate with an RSA key")
    key = ids.data(32)
    # XML Encryption names this padding rsa-oaep-mgf1p, and has no other hash for it.
    oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
    return answers.render(
        "encrypted_assertion.xml",
        algorithm=algorithm,
        key=base64.b64encode(public.encrypt(key, oaep)).decode(),
        data=base64.b64encode(_encrypted(assertion, key, algorithm, ids)).decode(),
    ).encode()


def _encrypted(text: bytes, key: bytes, algorithm: str, ids: Identifiers) -> bytes:
    if algorithm == GCM:
        nonce = ids.data(12)
        return nonce + AESGCM(key).encrypt(nonce, text, None)
    missing = _BLOCK - len(text) % _BLOCK
    vector = ids.data(_BLOCK)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    # Only the last byte of the padding says something (XML Encryption section 5.2).
    padded = text + bytes(missing - 1) + bytes([missing])
    return vector + encryptor.update(padded) + encryptor.finalize()
