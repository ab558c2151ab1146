"""The certificates with which SAML providers verify a pool's requests and encrypt their responses."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib

from pytest_cognito.cognito_idp import pool_keys
from pytest_cognito.cognito_idp.records import IdentityProvider, UserPool
from pytest_cognito.kernel.keys import SigningKey
from pytest_cognito.world import Context

_RENEWED_AFTER = dt.timedelta(days=365)
_VALID_FOR = dt.timedelta(days=3650)
_SERIAL_BYTES = 8


def certificate(context: Context, pool: UserPool) -> str:
    """The current certificate of a pool for its requests; see `_certificate`."""
    return _certificate(pool_keys.saml_key(context.world, pool), pool.id, _issued(context, pool.created))


def encryption_certificate(context: Context, pool: UserPool, provider: IdentityProvider) -> str:
    """The current certificate with which a provider encrypts its responses to a pool; see `_certificate`."""
    key = pool_keys.saml_encryption_key(context.world, pool, provider.name)
    return _certificate(key, f"{pool.id}/{provider.name}", _issued(context, provider.created))


def _certificate(key: SigningKey, name: str, issued: dt.datetime) -> str:
    """A certificate: its DER encoding in Base64, without the header and footer of PEM.

    It is self-signed, valid for ten years and renewed every year. All have the same key, so that the earlier ones stay
    valid.
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
        serial_number=_serial(name, issued),
        not_valid_before=issued,
        not_valid_after=issued + _VALID_FOR,
    )
    signed = builder.sign(key.private, hashes.SHA256())
    return base64.b64encode(signed.public_bytes(Encoding.DER)).decode()


def _issued(context: Context, created: dt.datetime) -> dt.datetime:
    """When a current certificate was issued: at the creation of its owner, or a whole number of years later."""
    years = max(0, (context.now() - created) // _RENEWED_AFTER)
    return (created + years * _RENEWED_AFTER).replace(microsecond=0)


def _serial(name: str, issued: dt.datetime) -> int:
    """The serial number of a certificate, computed from name and date because certificates are not stored."""
    digest = hashlib.sha256(f"{name} {issued.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:_SERIAL_BYTES], "big") | 1
