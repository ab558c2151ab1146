"""Errors about identity pools, their providers and their tags."""

from pytest_cognito.aws.errors import ErrorText

_NOT_FOUND = "ResourceNotFoundException"
_PARAMETER = "InvalidParameterException"
_LIMIT = "LimitExceededException"

POOL_NOT_FOUND = ErrorText(_NOT_FOUND, "IdentityPool '{pool_id}' not found.")
USER_POOL_PROVIDER_INVALID = ErrorText(_PARAMETER, "Invalid Cognito Identity Provider")
PUBLIC_PROVIDER_INVALID = ErrorText(_PARAMETER, "Please provide a valid public provider.")
PATTERN_VIOLATED = ErrorText(
    "ValidationException",
    "1 validation error detected: Value '{value}' at '{path}' failed to satisfy constraint: "
    "Member must satisfy regular expression pattern: {pattern}",
)
TOO_MANY_REQUESTS = ErrorText("TooManyRequestsException", "Rate exceeded")

# The exact messages of AWS are not known: these follow the pattern of the others.
POOL_LIMIT = ErrorText(_LIMIT, "The maximum number of identity pools has been reached.")
PROVIDER_LIMIT = ErrorText(_LIMIT, "The maximum number of Cognito Identity Providers of an identity pool is 50.")
OIDC_PROVIDER_INVALID = ErrorText(_PARAMETER, "Invalid OpenIdConnect provider: {arn}")
SAML_PROVIDER_INVALID = ErrorText(_PARAMETER, "Invalid SAML provider: {arn}")
APPLICATION_INVALID = ErrorText(_PARAMETER, "Invalid consumer key and secret for: {provider}")
DEVELOPER_PROVIDER_FIXED = ErrorText(_PARAMETER, "The developer provider name can't be changed once it is set.")
POOL_ID_TAKEN = ErrorText("ResourceConflictException", "IdentityPool '{pool_id}' already exists.")
PAGINATION_TOKEN_INVALID = ErrorText(_PARAMETER, "Invalid pagination token.")
RESOURCE_ARN_INVALID = ErrorText(_PARAMETER, "Invalid resource ARN: {arn}")
TAG_LIMIT = ErrorText(_PARAMETER, "The maximum number of tags of an identity pool is 50.")
TAG_RESERVED = ErrorText(_PARAMETER, "Tag keys can't begin with aws:, which is reserved.")
