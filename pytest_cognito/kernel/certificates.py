"""Self-signed X.509 certificates."""

from __future__ import annotations

import datetime as dt
import hashlib

from pytest_cognito.kernel.keys import SigningKey

_SERIAL_BYTES = 8


def self_signed(key: SigningKey, name: str, begin: dt.datetime, end: dt.datetime) -> bytes:
    """The DER encoding of a certificate for a key, whose subject and issuer have ``name`` as their common name.

    Its serial number is computed from name and date, because certificates are not stored.
    """
    # Importing X.509 is slow, and few tests need it.
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import NameOID

    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(
        issuer_name=named,
        subject_name=named,
        public_key=key.public,
        serial_number=_serial(name, begin),
        not_valid_before=begin,
        not_valid_after=end,
    )
    return builder.sign(key.private, hashes.SHA256()).public_bytes(Encoding.DER)


def _serial(name: str, begin: dt.datetime) -> int:
    digest = hashlib.sha256(f"{name} {begin.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:_SERIAL_BYTES], "big") | 1
