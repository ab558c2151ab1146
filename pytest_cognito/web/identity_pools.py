"""The OpenID documents of identity pools: the keys and the configuration of the issuer of their tokens."""

from __future__ import annotations

from typing import Final

from pytest_cognito import cognito_identity
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext, json_response
from pytest_cognito.web.discovery import readable

JWKS: Final = "/.well-known/jwks_uri"
CONFIGURATION: Final = "/.well-known/openid-configuration"


@readable
def jwks(context: RequestContext) -> Response:
    """The public keys of an issuer: one for each of its regions that has identity pools."""
    host = context.host
    keys = cognito_identity.keys_of_issuer(context.world, host and host.name, host and host.region)
    return json_response({"keys": [key.jwk for key in keys]})


@readable
def openid_configuration(context: RequestContext) -> Response:
    """The configuration of OpenID Connect Discovery 1.0. Identity pools have no endpoint for users.

    The loopback server answers for AWS's issuer, whose name tokens have; the keys are at its own address.
    """
    issuer = cognito_identity.issuer(context.call.region)
    return json_response(
        {
            "authorization_endpoint": issuer,
            "id_token_signing_alg_values_supported": ["RS512"],
            "issuer": issuer,
            "jwks_uri": f"{context.origin}{JWKS}",
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
        }
    )
