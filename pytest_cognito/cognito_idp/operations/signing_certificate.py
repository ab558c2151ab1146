"""The operation on the certificate for SAML requests."""

from __future__ import annotations

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.pools import saml_signing
from pytest_cognito.world import Context


@operation
def get_signing_certificate(context: Context, *, user_pool_id: str) -> Response:
    """Get the current certificate of a pool: its DER encoding in Base64, without the header and footer of PEM."""
    return {"Certificate": saml_signing.certificate(context, lookup.pool(context, user_pool_id))}
