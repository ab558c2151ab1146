"""The OpenID documents of the issuers by whose tokens accounts vouch for their users and roles."""

from __future__ import annotations

from typing import Any, Final

from pytest_cognito import sts
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Response
from pytest_cognito.web import errors
from pytest_cognito.web.context import RequestContext, json_error, json_response
from pytest_cognito.web.discovery import readable

JWKS: Final = "/.well-known/jwks.json"
CONFIGURATION: Final = "/.well-known/openid-configuration"
ON_SERVER: Final = "/token-issuers/<issuer_id>"
"""What the paths begin with on the loopback server."""


@readable
def jwks(context: RequestContext) -> Response:
    """The public keys of an issuer: one for each algorithm."""
    keys = _keys(context)
    return _unknown(context) if keys is None else json_response({"keys": keys})


@readable
def openid_configuration(context: RequestContext) -> Response:
    """The configuration of OpenID Connect Discovery 1.0.

    The loopback server answers for AWS's issuer, whose name tokens have; the keys are at its own address.
    """
    if _keys(context) is None:
        return _unknown(context)
    issuer_id = _issuer_id(context)
    base = "" if context.host else ON_SERVER.replace("<issuer_id>", issuer_id)
    configuration: dict[str, Any] = {
        "claims_supported": ["sub", "aud", "exp", "iat", "iss", "jti", hosts.TOKEN_CLAIMS],
        "id_token_signing_alg_values_supported": list(sts.TOKEN_ALGORITHMS),
        "issuer": f"https://{hosts.token_issuer(issuer_id)}",
        "jwks_uri": f"{context.origin}{base}{JWKS}",
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"],
    }
    return json_response(configuration)


def _keys(context: RequestContext) -> list[dict[str, str]] | None:
    return sts.keys_of_token_issuer(context.world, _issuer_id(context))


def _issuer_id(context: RequestContext) -> str:
    host = context.host
    return (host and host.token_issuer) or context.arguments["issuer_id"]


def _unknown(context: RequestContext) -> Response:
    return json_error(errors.TOKEN_ISSUER_NOT_FOUND(issuer=_issuer_id(context)))
