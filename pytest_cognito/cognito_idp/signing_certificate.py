"""The certificate of a pool's SAML requests."""

from __future__ import annotations

import base64

from ..aws.operation import Response, operation
from ..world import Context
from . import lookup
from .flows import saml_signing


@operation
def get_signing_certificate(context: Context, *, user_pool_id: str) -> Response:
    """The pool's current certificate: Base64 of its DER form, in one line, without the frame of PEM."""
    from cryptography.hazmat.primitives.serialization import Encoding

    certificate = saml_signing.certificate(context, lookup.pool(context, user_pool_id))
    return {"Certificate": base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()}
