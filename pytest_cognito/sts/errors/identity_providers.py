"""Errors about tokens and assertions of identity providers."""

from pytest_cognito.aws.errors import ErrorText

_TOKEN = "InvalidIdentityToken"
_VALIDATION = "ValidationError"

TOKEN_UNREADABLE = ErrorText(
    _TOKEN, "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
)
TOKEN_CLAIM_MISSING = ErrorText(_TOKEN, "Missing a required claim: {claim}")
TOKEN_AUDIENCE = ErrorText(_TOKEN, "Incorrect token audience")
TOKEN_EXPIRED = ErrorText(
    "ExpiredTokenException",
    "Token expired: current date/time {now} must be before the expiration date/time {expires}",
)
TOKEN_KEY = ErrorText(
    _TOKEN,
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity "
    "documentation for requirements",
)
OIDC_PROVIDER_NOT_FOUND = ErrorText(_TOKEN, "No OpenIDConnect provider found in your account for {issuer}")
SAML_PROVIDER_NOT_FOUND = ErrorText(_TOKEN, "Specified provider doesn't exist")
SAML_RESPONSE_INVALID = ErrorText(_TOKEN, "Invalid SAML response")
SAML_RESPONSE_SIGNATURE = ErrorText(_TOKEN, "Response signature invalid")
SAML_RESPONSE_ISSUER = ErrorText(_TOKEN, "Issuer not present in specified provider")
SAML_RESPONSE_AUDIENCE = ErrorText(_TOKEN, "Response does not contain the required audience.")
SAML_SESSION_NAME_MISSING = ErrorText(_TOKEN, "RoleSessionName is required in AuthnResponse")
SAML_SESSION_NAME_INVALID = ErrorText(_TOKEN, "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}")
SAML_SOURCE_IDENTITY_INVALID = ErrorText(
    _TOKEN, 'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'
)
SAML_RESPONSE_EXPIRED = ErrorText("ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance")
PRINCIPAL_ARN_INVALID = ErrorText(_VALIDATION, "{arn} is invalid")

# AWS's wording is not known.
TOKEN_EARLY = ErrorText(_TOKEN, "Token is not valid yet")
TOKEN_SIGNATURE = ErrorText(_TOKEN, "Couldn't verify signed token")
TOKEN_ALGORITHM = ErrorText(_TOKEN, "The algorithm of the token is not supported")
TOKEN_OF_ANOTHER_ROLE = ErrorText(_TOKEN, "The role is not one of the roles that the token names")
TOKEN_CLAIM_INVALID = ErrorText(_TOKEN, "The claim {claim} is invalid")
PROVIDER_ID_INVALID = ErrorText(_VALIDATION, "{provider} is not a supported identity provider")
ACCESS_TOKEN_REJECTED = ErrorText("IDPRejectedClaim", "{provider} has rejected the token", 403)
PROVIDER_NOT_ASKED = ErrorText("IDPCommunicationError", "{provider} could not be reached to verify the token")
