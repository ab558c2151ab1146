"""The certificate with which identity providers verify a pool's SAML requests."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from pytest_cognito.cognito_idp import pool_keys
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.world import Context

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_RENEWED_AFTER = dt.timedelta(days=365)
_VALID_FOR = dt.timedelta(days=3650)
_SERIAL_BYTES = 8


def certificate(context: Context, pool: UserPool) -> Certificate:
    """The current certificate of a pool: self-signed, valid for ten years and renewed every year.

    All have the same key, so that the earlier ones stay valid.
    """
    # Importing X.509 is slow, and few tests need it.
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    issued = _issued(context, pool)
    key = pool_keys.saml_key(context.world, pool)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, pool.id)])
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public,
        serial_number=_serial(pool, issued),
        not_valid_before=issued,
        not_valid_after=issued + _VALID_FOR,
    )
    return builder.sign(key.private, hashes.SHA256())


def _issued(context: Context, pool: UserPool) -> dt.datetime:
    """When the current certificate was issued: at the creation of the pool, or a whole number of years later."""
    years = max(0, (context.now() - pool.created) // _RENEWED_AFTER)
    return (pool.created + years * _RENEWED_AFTER).replace(microsecond=0)


def _serial(pool: UserPool, issued: dt.datetime) -> int:
    """The serial number of a certificate, computed from pool and date because certificates are not stored."""
    digest = hashlib.sha256(f"{pool.id} {issued.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:_SERIAL_BYTES], "big") | 1
