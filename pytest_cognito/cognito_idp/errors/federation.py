"""Errors of what an identity provider says: they reach an application as parameters of its callback.

The code is ``error``, the message ``error_description``.
"""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_REQUEST = "invalid_request"

TOKEN_TIMEOUT = ErrorText(_REQUEST, "Timeout occurred in calling IdP token endpoint")
TOKEN_NOT_GIVEN = ErrorText(_REQUEST, "{provider} Error - {status} error getting token")
PROVIDER_DENIED = ErrorText("access_denied", "{description}")
PROVIDER_ERROR = ErrorText(_REQUEST, "{description}")
SAML_RESPONSE_REFUSED = ErrorText("server_error", "Invalid SAML response received: {reason}")
SAML_UNSOLICITED = ErrorText(_REQUEST, "Invalid samlResponse or relayState from identity provider")

# The exact messages of AWS are not known: these follow the pattern of the others.
PROVIDER_STATE_UNKNOWN = ErrorText(_REQUEST, "Invalid state")
ID_TOKEN_MISSING = ErrorText(_REQUEST, "{provider} Error - no id_token in the token response")
USER_INFO_SUBJECT = ErrorText(_REQUEST, "Bad userInfo sub {subject}")
PROVIDER_SUBJECT_MISSING = ErrorText(_REQUEST, "{provider} Error - {claim} is missing")
APPLE_KEY_INVALID = ErrorText(_REQUEST, "{provider} Error - the private key is not valid")
SAML_REPLAYED = ErrorText(_REQUEST, "SAML assertion {id} has been used already")
SAML_SIGN_OUT_UNKNOWN = ErrorText(_REQUEST, "No SingleLogout Http redirect binding location found in metadata.")
