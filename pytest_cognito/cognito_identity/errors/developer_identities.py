"""Errors about developer-authenticated identities."""

from pytest_cognito.aws.errors import ErrorText

# AWS's wording of these is not confirmed.
DEVELOPER_PROVIDER_NOT_SUPPORTED = ErrorText(
    "NotAuthorizedException", "This identity pool does not support the specified developer provider"
)
ONE_DEVELOPER_PROVIDER = ErrorText("InvalidParameterException", "Please provide exactly one developer provider.")
DEVELOPER_USER_REGISTERED = ErrorText(
    "DeveloperUserAlreadyRegisteredException",
    "This developer user identifier is already registered with Cognito.",
)
DEVELOPER_USER_NOT_FOUND = ErrorText("ResourceNotFoundException", "Developer user '{user}' not found.")
DEVELOPER_USER_OF_ANOTHER = ErrorText(
    "ResourceConflictException", "Developer user '{user}' is not linked to identity '{identity_id}'."
)
IDENTITY_OR_DEVELOPER_USER = ErrorText(
    "InvalidParameterException", "Either IdentityId or DeveloperUserIdentifier must be provided."
)
