"""The certificates with which SAML providers verify a pool's requests and encrypt their responses."""

from __future__ import annotations

import base64
import datetime as dt

from pytest_cognito.cognito_idp import pool_keys
from pytest_cognito.cognito_idp.records import IdentityProvider, UserPool
from pytest_cognito.kernel import certificates
from pytest_cognito.kernel.keys import SigningKey
from pytest_cognito.world import Context

_RENEWED_AFTER = dt.timedelta(days=365)
_VALID_FOR = dt.timedelta(days=3650)


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
    return base64.b64encode(certificates.self_signed(key, name, issued, issued + _VALID_FOR)).decode()


def _issued(context: Context, created: dt.datetime) -> dt.datetime:
    """When a current certificate was issued: at the creation of its owner, or a whole number of years later."""
    years = max(0, (context.now() - created) // _RENEWED_AFTER)
    return (created + years * _RENEWED_AFTER).replace(microsecond=0)
