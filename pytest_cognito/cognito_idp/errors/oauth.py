"""The errors of the OAuth 2.0 endpoints: the code is ``error``, the text ``error_description`` where AWS sends one."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_INVALID_REQUEST = "invalid_request"
_INVALID_TOKEN = "invalid_token"
_INVALID_GRANT = "invalid_grant"
_UNAUTHORIZED_CLIENT = "unauthorized_client"

# Pages of the domain.
CLIENT_UNKNOWN = ErrorText(_INVALID_REQUEST, "")
REDIRECT_MISMATCH = ErrorText("redirect_mismatch", "")
LOGIN_OPTION_NOT_AVAILABLE = ErrorText(_INVALID_REQUEST, "Login option is not available. Please try another one")
LOGOUT_WITHOUT_TARGET = ErrorText(_INVALID_REQUEST, "Required parameters missing")

# Redirects to the application.
AUTHORIZATION_REQUEST_INVALID = ErrorText(_INVALID_REQUEST, "")
GRANT_NOT_ALLOWED = ErrorText(_UNAUTHORIZED_CLIENT, "")
SCOPE_INVALID = ErrorText(_INVALID_REQUEST, "invalid_scope")

# The token endpoint.
TOKEN_REQUEST_INVALID = ErrorText(_INVALID_REQUEST, "")
CLIENT_INVALID = ErrorText("invalid_client", "")
GRANT_INVALID = ErrorText(_INVALID_GRANT, "")
GRANT_TYPE_UNSUPPORTED = ErrorText("unsupported_grant_type", "")
GRANT_TYPE_NOT_ALLOWED = ErrorText(_UNAUTHORIZED_CLIENT, "")
REDIRECT_URI_OF_CODE = ErrorText(_UNAUTHORIZED_CLIENT, "")
SCOPES_NOT_ALLOWED = ErrorText("invalid_scope", "")

# User info and revocation.
USER_INFO_TOKEN_INVALID = ErrorText(
    _INVALID_TOKEN,
    "Access token is expired, disabled, or deleted, or the user has globally signed out.",
    status=401,
)
USER_INFO_WITHOUT_OPENID = ErrorText(_INVALID_TOKEN, "Access token does not contain openid scope", status=401)
REVOCATION_INVALID = ErrorText(_INVALID_REQUEST, "")
REVOKED_TOKEN_UNSUPPORTED = ErrorText("unsupported_token_type", "")
REVOKING_CLIENT_INVALID = ErrorText("invalid_client", "", status=401)

# What AWS answers in these cases is not known to the letter.
CLIENT_WITHOUT_OAUTH = ErrorText(_UNAUTHORIZED_CLIENT, "")
RESOURCE_INVALID = ErrorText("invalid_target", "")
TRIGGER_REFUSED_GRANT = ErrorText(_INVALID_GRANT, "{message}")
EXCHANGE_REFUSED = ErrorText(_INVALID_REQUEST, "{message}")
EXCHANGE_TARGET_INVALID = ErrorText("invalid_target", "{message}")
REVOKER_OF_OTHER_CLIENT = ErrorText(_UNAUTHORIZED_CLIENT, "")
REGISTRATION_OFF = ErrorText(_INVALID_REQUEST, "Dynamic client registration is not enabled.")
REGISTRATION_TOKEN_INVALID = ErrorText(_INVALID_TOKEN, "The initial access token is missing or invalid.", status=401)
REGISTRATION_REDIRECT_INVALID = ErrorText("invalid_redirect_uri", "{reason}")
REGISTRATION_METADATA_INVALID = ErrorText("invalid_client_metadata", "{reason}")

# What pages say.
ATTEMPT_EXPIRED = ErrorText(_INVALID_REQUEST, "Something went wrong")
