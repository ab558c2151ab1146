"""What an HTTP API says itself: the bodies of its refusals, and the texts of ``www-authenticate``."""

from __future__ import annotations

from pytest_cognito.fronts.tokens import Reason
from pytest_cognito.http.messages import Response

UNAUTHORIZED = "Unauthorized"
FORBIDDEN = "Forbidden"
NOT_FOUND = "Not Found"
INTERNAL_ERROR = "Internal Server Error"
UNAVAILABLE = "Service Unavailable"

NO_TOKEN = "Bearer"
INVALID_TOKEN = 'Bearer scope="{scopes}" error="invalid_token" error_description="{text}"'
SEGMENTS = "token contains an invalid number of segments"
AUDIENCE = "the token does not have a valid audience"
ISSUER = "issuer does not match"
# The exact texts of AWS are not known: these follow the pattern of the others.
INSUFFICIENT_SCOPE = 'Bearer scope="{scopes}" error="insufficient_scope" error_description="{text}"'
UNREADABLE = "token is malformed"
EXPIRED = "the token has expired"
EARLY = "the token is not valid yet"
SIGNATURE = "the token has an invalid signature"
KEY = "the token's key is not one of its issuer's"
KEYS = "unable to retrieve the keys of the token's issuer"
ALGORITHM = "signing method is invalid"
SCOPE = "the token does not have any of the required scopes"

OF_REASONS = {
    Reason.MALFORMED: UNREADABLE,
    Reason.ALGORITHM: ALGORITHM,
    Reason.ISSUER: ISSUER,
    Reason.KEY: KEY,
    Reason.KEYS: KEYS,
    Reason.SIGNATURE: SIGNATURE,
    Reason.EXPIRED: EXPIRED,
    Reason.EARLY: EARLY,
    Reason.AUDIENCE: AUDIENCE,
    Reason.SCOPE: SCOPE,
}


def answer(status: int, message: str, authenticate: str | None = None) -> Response:
    """A response of the API itself: ``{"message":"Unauthorized"}``."""
    headers = [("Content-Type", "application/json")]
    if authenticate is not None:
        headers.append(("www-authenticate", authenticate))
    return Response(status, headers, f'{{"message":"{message}"}}'.encode())
