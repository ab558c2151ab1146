"""The errors of the OAuth 2.0 endpoints: the code is ``error``, the text ``error_description`` where AWS sends one."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_INVALID_REQUEST = "invalid_request"

# Pages of the domain.
CLIENT_UNKNOWN = ErrorText(_INVALID_REQUEST, "")
REDIRECT_MISMATCH = ErrorText("redirect_mismatch", "")
CLIENT_WITHOUT_OAUTH = ErrorText("unauthorized_client", "")
LOGIN_OPTION_NOT_AVAILABLE = ErrorText(_INVALID_REQUEST, "Login option is not available. Please try another one")

# Redirects to the application.
AUTHORIZATION_REQUEST_INVALID = ErrorText(_INVALID_REQUEST, "")
GRANT_NOT_ALLOWED = ErrorText("unauthorized_client", "")
SCOPE_INVALID = ErrorText(_INVALID_REQUEST, "invalid_scope")

# The token endpoint.
TOKEN_REQUEST_INVALID = ErrorText(_INVALID_REQUEST, "")
CLIENT_INVALID = ErrorText("invalid_client", "")
GRANT_INVALID = ErrorText("invalid_grant", "")
GRANT_TYPE_UNSUPPORTED = ErrorText("unsupported_grant_type", "")
REDIRECT_URI_OF_CODE = ErrorText("unauthorized_client", "")

# What pages say.
ATTEMPT_EXPIRED = ErrorText(_INVALID_REQUEST, "Something went wrong")
