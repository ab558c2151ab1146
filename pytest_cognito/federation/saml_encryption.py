"""Decrypting the assertions of SAML providers (XML Encryption 1.1). It needs the extra ``saml``."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING

from pytest_cognito.federation import errors
from pytest_cognito.federation.saml_xml import SIGNATURE, Element, parse

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.asymmetric.padding import OAEP

_ENCRYPTION = "{http://www.w3.org/2001/04/xmlenc#}"
_ENCRYPTION_11 = "{http://www.w3.org/2009/xmlenc11#}"
_OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
_OAEP_11 = "http://www.w3.org/2009/xmlenc11#rsa-oaep"
_MASKS = "http://www.w3.org/2009/xmlenc11#mgf1"
_CBC = {f"http://www.w3.org/2001/04/xmlenc#aes{bits}-cbc": bits for bits in (128, 192, 256)}
_GCM = {f"http://www.w3.org/2009/xmlenc11#aes{bits}-gcm": bits for bits in (128, 192, 256)}
_BLOCK, _NONCE = 16, 12


def decrypted(encrypted: Element, key: rsa.RSAPrivateKey) -> Element:
    """The assertion in an EncryptedAssertion; raise if it is not encrypted for the key."""
    from cryptography.exceptions import InvalidTag

    data = encrypted.findall(f"{_ENCRYPTION}EncryptedData")
    wrapped = next(encrypted.iter(f"{_ENCRYPTION}EncryptedKey"), None)
    if len(data) != 1 or wrapped is None:
        raise errors.SAML_NOT_DECRYPTED()
    try:
        content_key = key.decrypt(_cipher_value(wrapped), _padding(wrapped))
        plain = _content(data[0], content_key)
    except (ValueError, InvalidTag):
        raise errors.SAML_NOT_DECRYPTED() from None
    return parse(plain)


def _cipher_value(element: Element) -> bytes:
    value = element.findtext(f"{_ENCRYPTION}CipherData/{_ENCRYPTION}CipherValue") or ""
    return base64.b64decode("".join(value.split()), validate=True)


def _algorithm(element: Element) -> str:
    method = element.find(f"{_ENCRYPTION}EncryptionMethod")
    return "" if method is None else str(method.get("Algorithm"))


def _padding(wrapped: Element) -> OAEP:
    """The padding with which a key is encrypted. That of PKCS #1 v1.5 is not accepted: it gives the key away."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    known: dict[str, Callable[[], hashes.HashAlgorithm]] = {
        "http://www.w3.org/2000/09/xmldsig#sha1": hashes.SHA1,
        "http://www.w3.org/2001/04/xmlenc#sha256": hashes.SHA256,
        "http://www.w3.org/2001/04/xmlenc#sha512": hashes.SHA512,
        f"{_MASKS}sha1": hashes.SHA1,
        f"{_MASKS}sha256": hashes.SHA256,
        f"{_MASKS}sha512": hashes.SHA512,
    }
    if _algorithm(wrapped) not in (_OAEP, _OAEP_11):
        raise errors.SAML_NOT_DECRYPTED()
    method = wrapped.find(f"{_ENCRYPTION}EncryptionMethod")
    chosen = []
    for name in (f"{SIGNATURE}DigestMethod", f"{_ENCRYPTION_11}MGF"):
        found = method.find(name)
        algorithm = hashes.SHA1 if found is None else known.get(str(found.get("Algorithm")))
        if algorithm is None:
            raise errors.SAML_NOT_DECRYPTED()
        chosen.append(algorithm())
    digest, mask = chosen
    return padding.OAEP(mgf=padding.MGF1(mask), algorithm=digest, label=None)


def _content(data: Element, key: bytes) -> bytes:
    """The encrypted content; `ValueError` if it can't be decrypted."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    algorithm, value = _algorithm(data), _cipher_value(data)
    if len(key) * 8 != {**_CBC, **_GCM}.get(algorithm):
        raise ValueError("a key of another length")
    if algorithm in _GCM:
        return AESGCM(key).decrypt(value[:_NONCE], value[_NONCE:], None)
    decryptor = Cipher(algorithms.AES(key), modes.CBC(value[:_BLOCK])).decryptor()
    padded = decryptor.update(value[_BLOCK:]) + decryptor.finalize()
    if not padded or not 1 <= padded[-1] <= _BLOCK:
        raise ValueError("no padding")
    return padded[: -padded[-1]]
