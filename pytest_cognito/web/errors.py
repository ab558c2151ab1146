"""The errors of the web endpoints, in AWS's words, without those of user pools."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

NOT_UNDERSTOOD = ErrorText("BadRequest", "The server did not understand the operation that was requested.")
PARAMETER_MISSING = ErrorText("BadRequest", "Required String parameter '{name}' is not present")
POOL_NOT_FOUND = ErrorText("ResourceNotFoundException", "User pool {pool_id} does not exist.")
# AWS's wording is not known.
TOKEN_ISSUER_NOT_FOUND = ErrorText("NotFound", "There is no issuer {issuer}.", 404)

USER_INFO_REQUEST_INVALID = ErrorText("invalid_request", "Bad OAuth2 request at UserInfo Endpoint")
CLIENT_METADATA_MALFORMED = ErrorText("invalid_client_metadata", "The request must be a JSON object.")
LOGIN_REQUIRED = ErrorText("login_required", "")
SAML_RESPONSE_OR_STATE_INVALID = ErrorText(
    "invalid_request", "Invalid samlResponse or relayState from identity provider"
)
CSRF_MISMATCH = ErrorText("invalid_request", "Invalid CSRF token")
