"""``/oauth2/token``: tokens for a grant."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote_plus

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import Credentials
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext, json_response
from pytest_cognito.web.visit import note_error


def token(context: RequestContext) -> Response:
    """The answer of the token endpoint. Parameters may be in the body or in the query string."""
    parameters = {**context.query, **context.form}
    try:
        answer = context.step(cognito_idp.token, context.domain, credentials(context, parameters), parameters)
    except AWSError as error:
        note_error(context, error)
        return oauth_error(error)
    return json_response(answer)


def credentials(context: RequestContext, parameters: dict[str, str]) -> Credentials:
    """The client id and secret of a request: in the header ``Authorization`` (Basic), or among its parameters."""
    scheme, _, encoded = context.request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return Credentials(parameters.get("client_id"), parameters.get("client_secret") or None)
    try:
        decoded = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return Credentials(None, None)
    client_id, _, secret = decoded.partition(":")
    return Credentials(unquote_plus(client_id), unquote_plus(secret))


def oauth_error(error: AWSError) -> Response:
    """An error of RFC 6749 §5.2."""
    described = {"error_description": error.message} if error.message else {}
    return json_response({"error": error.code, **described}, error.status)
