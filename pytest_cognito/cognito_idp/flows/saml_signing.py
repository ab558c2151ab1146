"""The certificate by which identity providers check a pool's SAML requests."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from ...world import Context
from ..records import UserPool

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_RENEWED_AFTER = dt.timedelta(days=365)
_VALID_FOR = dt.timedelta(days=3650)
_SERIAL_BYTES = 8


def certificate(context: Context, pool: UserPool) -> Certificate:
    """The current certificate of a pool: self-signed, valid for ten years, and another one each year.

    All are of one key, so that those of earlier years go on being good.
    """
    # Importing X.509 takes as long as a hundred calls, and few tests ask for it.
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    issued = _issued(context, pool)
    key = context.world.keys.saml(pool.id, pinned=pool.pinned)
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
    """When the current certificate was issued, to the second: with the pool, or a whole number of years later."""
    years = max(0, (context.now() - pool.created) // _RENEWED_AFTER)
    return (pool.created + years * _RENEWED_AFTER).replace(microsecond=0)


def _serial(pool: UserPool, issued: dt.datetime) -> int:
    """A serial number that a certificate has each time it is made anew: it is not kept."""
    digest = hashlib.sha256(f"{pool.id} {issued.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:_SERIAL_BYTES], "big") | 1
