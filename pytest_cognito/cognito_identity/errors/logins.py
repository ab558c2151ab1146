"""Errors about logins: the tokens of identity providers."""

from pytest_cognito.aws.errors import ErrorText

NO_PROVIDERS = ErrorText(
    "NotAuthorizedException", "Identity pool - {pool_id} does not have identity providers configured."
)
PROVIDER_NOT_SUPPORTED = ErrorText(
    "NotAuthorizedException", "Token is not from a supported provider of this identity pool."
)
ISSUER_MISMATCH = ErrorText("NotAuthorizedException", "Invalid login token. Issuer doesn't match providerName")
CLAIM_MISSING = ErrorText("NotAuthorizedException", "Invalid login token. Missing a required claim: {claim}")
SIGNATURE_INVALID = ErrorText("NotAuthorizedException", "Invalid login token. Couldn't verify signed token.")
TOKEN_EXPIRED = ErrorText("NotAuthorizedException", "Invalid login token. Token expired: {now} >= {expiry}")
NO_COGNITO_TOKEN = ErrorText("NotAuthorizedException", "Invalid login token. Not a Cognito token.")
COGNITO_TOKEN = ErrorText("NotAuthorizedException", "Invalid login token. Can't pass in a Cognito token.")
NO_OPENID_TOKEN = ErrorText("NotAuthorizedException", "Invalid login token. Not a valid OpenId Connect identity token.")
LOGINS_DO_NOT_MATCH = ErrorText(
    "NotAuthorizedException",
    "Logins don't match. Please include at least one valid login for this identity or identity pool.",
)
GUESTS_NOT_SUPPORTED = ErrorText(
    "NotAuthorizedException", "Unauthenticated access is not supported for this identity pool."
)
CLASSIC_FLOW_WITH_MAPPINGS = ErrorText(
    "InvalidParameterException",
    "Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.",
)

# AWS's wording of these is not confirmed.
TOKEN_INACTIVE = ErrorText("NotAuthorizedException", "Token is inactive")
CLASSIC_FLOW_DISABLED = ErrorText(
    "InvalidParameterException", "Basic (classic) flow is not enabled, please use enhanced flow."
)
CLASSIC_FLOW_WITH_SAML = ErrorText(
    "InvalidParameterException", "Basic (classic) flow is not supported with SAML providers, please use enhanced flow."
)
LOGIN_ALREADY_LINKED = ErrorText("ResourceConflictException", "Logins are already linked to another account")
TOKEN_EARLY = ErrorText("NotAuthorizedException", "Invalid login token. Token is not valid yet.")
ACCESS_TOKEN_INVALID = ErrorText("NotAuthorizedException", "Invalid login token.")
ASSERTION_INVALID = ErrorText("NotAuthorizedException", "Invalid login token. {reason}")
PROVIDER_NOT_RESPONDING = ErrorText("ExternalServiceException", "The identity provider is not responding: {reason}")
LOGIN_NOT_LINKED = ErrorText(
    "ResourceNotFoundException", "Login of {provider} is not linked to identity '{identity_id}'."
)
TOO_MANY_LOGINS = ErrorText("LimitExceededException", "Exceeded the limit of 20 linked logins for an identity.")
TOO_MANY_LOGINS_TO_MERGE = ErrorText(
    "ResourceConflictException", "Exceeded the limit of 20 linked logins for an identity."
)
