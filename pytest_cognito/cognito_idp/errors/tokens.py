"""Errors about access tokens and refresh tokens."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp.errors.clients import CLIENT_NOT_FOUND, SECRET_MISSING
from pytest_cognito.cognito_idp.errors.sign_in import RESET_REQUIRED

_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"

ACCESS_TOKEN_INVALID = ErrorText(_NOT_AUTHORIZED, "Invalid Access Token")
ACCESS_TOKEN_EXPIRED = ErrorText(_NOT_AUTHORIZED, "Access Token has expired")
ACCESS_TOKEN_REVOKED = ErrorText(_NOT_AUTHORIZED, "Access Token has been revoked")
ACCESS_TOKEN_SCOPE = ErrorText(_NOT_AUTHORIZED, "Access Token does not have required scopes")
ACCESS_TOKEN_SIGNATURE = ErrorText(_NOT_AUTHORIZED, "Could not verify signature for Access Token")
REFRESH_TOKEN_INVALID = ErrorText(_NOT_AUTHORIZED, "Invalid Refresh Token")
REFRESH_TOKEN_INVALID_FOR_OPERATION = ErrorText(_NOT_AUTHORIZED, "Invalid Refresh Token.")
REFRESH_TOKEN_EXPIRED = ErrorText(_NOT_AUTHORIZED, "Refresh Token has expired")
REFRESH_TOKEN_OF_OTHER_CLIENT = ErrorText(_NOT_AUTHORIZED, "Refresh Token has different Client")
REFRESH_TOKEN_OF_DELETED_USER = ErrorText(_NOT_AUTHORIZED, "The user has been deleted for the associated refresh token")
REFRESH_TOKEN_REVOKED = ErrorText(_NOT_AUTHORIZED, "Refresh Token has been revoked")

# The exact messages of AWS are not known: these follow the pattern of the others.
REVOCATION_OFF = ErrorText("UnsupportedOperationException", "Token revocation is not enabled for the client.")
NOT_A_REFRESH_TOKEN = ErrorText("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.")
REVOKER_UNAUTHORIZED = ErrorText("UnauthorizedException", "Unauthorized")
REVOKER_UNKNOWN = ErrorText("UnauthorizedException", CLIENT_NOT_FOUND.text)
REVOKER_WITHOUT_SECRET = ErrorText("UnauthorizedException", SECRET_MISSING.text)
REFRESH_TOKEN_REUSED = ErrorText("RefreshTokenReuseException", "Refresh token has been invalidated by rotation.")
CLIENT_TOKEN_TRIGGER_FAILED = ErrorText(_PARAMETER, "{message}")
EXCHANGED_TOKEN_INVALID = ErrorText(_NOT_AUTHORIZED, "Invalid {role} Token")
EXCHANGED_TOKEN_REFUSED = ErrorText(_NOT_AUTHORIZED, "Invalid {role} Token: {reason}")
EXCHANGED_TOKEN_EXPIRED = ErrorText(_NOT_AUTHORIZED, "{role} Token has expired")
EXCHANGED_TOKEN_REVOKED = ErrorText(_NOT_AUTHORIZED, "{role} Token has been revoked")
EXCHANGED_TOKEN_SIGNATURE = ErrorText(_NOT_AUTHORIZED, "Could not verify signature for {role} Token")
EXCHANGE_NOT_IN_TIER = ErrorText(
    "OperationNotEnabledException", "Token exchange is not available in the feature plan of the user pool."
)
AUDIENCE_AND_RESOURCE = ErrorText(_PARAMETER, "Audiences and Resources cannot be requested together.")
ACTOR_TOKEN_WITHOUT_TYPE = ErrorText(_PARAMETER, "ActorTokenType is required with ActorToken.")
ACTOR_TOKEN_MISSING = ErrorText(_PARAMETER, "ActorToken is required with {member}.")
SAML_WITHOUT_PROVIDER = ErrorText(_PARAMETER, "{role}TokenProviderName is required for a SAML assertion.")
RESET_REQUIRED_TO_REFRESH = ErrorText(_NOT_AUTHORIZED, RESET_REQUIRED.text)
