"""Why what an identity provider says is refused: one name for each reason.

Code and message are those with which user pools refuse it, which are the most telling. Others map each ``kind`` to an
error of their own.
"""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_REQUEST = "invalid_request"
_PARAMETER = "InvalidParameterException"

KEYS_TIMEOUT = ErrorText(_REQUEST, "error_description=Timeout in calling jwks uri")
PROVIDER_TIMEOUT = ErrorText(_REQUEST, "Read timed out")
PROVIDER_NOT_REACHED = ErrorText(_REQUEST, "Connection reset")
PROVIDER_REFUSED = ErrorText(_REQUEST, "{provider} Error - {status} {problem}")
SAML_SIGNATURE_INVALID = ErrorText(_REQUEST, "SAML Response signature is invalid")
ID_TOKEN_ISSUER = ErrorText(_REQUEST, "Bad id_token issuer {issuer}")
METADATA_WITHOUT_REDIRECT = ErrorText(_PARAMETER, "No SingleSignOn Http redirect binding location found in metadata.")

# The exact messages of AWS are not known: these follow the pattern of the others.
OPAQUE_TOKEN_INVALID = ErrorText(_REQUEST, "{provider} Error - the access token is not valid")
OPAQUE_TOKEN_EXPIRED = ErrorText(_REQUEST, "{provider} Error - the access token has expired")
ID_TOKEN_CLAIM_MISSING = ErrorText(_REQUEST, "Bad id_token: {claim} is missing")
ID_TOKEN_UNREADABLE = ErrorText(_REQUEST, "Bad id_token")
ID_TOKEN_ALGORITHM = ErrorText(_REQUEST, "Bad id_token algorithm {algorithm}")
ID_TOKEN_KEY = ErrorText(_REQUEST, "Bad id_token kid {kid}")
ID_TOKEN_SIGNATURE = ErrorText(_REQUEST, "Bad id_token signature")
ID_TOKEN_AUDIENCE = ErrorText(_REQUEST, "Bad id_token audience {audience}")
ID_TOKEN_EXPIRED = ErrorText(_REQUEST, "Bad id_token: expired")
ID_TOKEN_EARLY = ErrorText(_REQUEST, "Bad id_token: not valid yet")
ID_TOKEN_NONCE = ErrorText(_REQUEST, "Bad id_token nonce")
PROVIDER_ANSWER_UNREADABLE = ErrorText(_REQUEST, "{provider} Error - the response is not a JSON object")
PROVIDER_ADDRESS_UNKNOWN = ErrorText(_REQUEST, "{provider} Error - {name} is not known")
PROVIDER_ADDRESS_INSECURE = ErrorText(_REQUEST, "{provider} Error - {name} must start with https://")
SAML_TOO_LONG = ErrorText(_REQUEST, "SAML Response is longer than 100000 characters")
SAML_UNREADABLE = ErrorText(_REQUEST, "SAML Response can't be read")
SAML_NOT_SUCCESSFUL = ErrorText(_REQUEST, "SAML Response status is {status}")
SAML_ASSERTION_COUNT = ErrorText(_REQUEST, "SAML Response must have one assertion")
SAML_NOT_ENCRYPTED = ErrorText(_REQUEST, "SAML assertion is not encrypted")
SAML_NOT_DECRYPTED = ErrorText(_REQUEST, "SAML assertion can't be decrypted")
SAML_ISSUER = ErrorText(_REQUEST, "SAML issuer {issuer} is not the identity provider")
SAML_DESTINATION = ErrorText(_REQUEST, "SAML destination {destination} is not the assertion consumer service")
SAML_AUDIENCE = ErrorText(_REQUEST, "SAML audience is not {audience}")
SAML_NOT_CONFIRMED = ErrorText(_REQUEST, "SAML subject is not confirmed: {problem}")
SAML_IN_RESPONSE_TO = ErrorText(_REQUEST, "SAML InResponseTo {request} is not the request")
SAML_TIME_UNREADABLE = ErrorText(_REQUEST, "SAML time can't be read: {time}")
SAML_EXPIRED = ErrorText(_REQUEST, "SAML assertion has expired")
SAML_EARLY = ErrorText(_REQUEST, "SAML assertion is not valid yet")
SAML_STALE = ErrorText(_REQUEST, "SAML assertion was issued more than 6 minutes ago")
SAML_NAME_ID_MISSING = ErrorText(_REQUEST, "SAML assertion has no NameID")
SAML_WIDE_CHARACTER = ErrorText(_REQUEST, "SAML value has a character of four bytes: {name}")
METADATA_UNREADABLE = ErrorText(_PARAMETER, "Unable to unmarshall metadata")
