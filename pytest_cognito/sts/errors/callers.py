"""Errors about who calls, and with which credentials."""

from pytest_cognito.aws.errors import ErrorText

_DENIED = "AccessDenied"

SESSION_CREDENTIALS = ErrorText(_DENIED, "Cannot call {operation} with session credentials", 403)
NOT_ALLOWED = ErrorText(_DENIED, "{message}", 403)
# AWS's wording is not known.
FEDERATED_CREDENTIALS = ErrorText(_DENIED, "Cannot call {operation} with federation credentials", 403)
ROOT_CREDENTIALS = ErrorText(_DENIED, "Cannot call {operation} with root user credentials", 403)
REGIONAL_ONLY = ErrorText(_DENIED, "{operation} is not available on the global endpoint of STS", 403)
SESSION_UNKNOWN = ErrorText(
    "InvalidSubjectCredentials", "The credentials used to call GetScopedCredentials are not those of a valid session"
)
SESSION_LIFETIME = ErrorText(
    "InsufficientSessionLifetime",
    "The requested DurationSeconds exceeds the remaining lifetime of the calling session",
)
SCOPES_TOO_MANY = ErrorText(_DENIED, "The calling session already has the maximum of {most} scope down policies", 403)
SCOPE_MISSING = ErrorText("ValidationError", "At least one of Policy and DurationSeconds must be specified")
ACCESS_KEY_UNKNOWN = ErrorText("ValidationError", "Access key {access_key} does not exist")
TARGET_INVALID = ErrorText("ValidationError", "{target} is invalid")
TASK_POLICY_INVALID = ErrorText("ValidationError", "{arn} is not a policy for a privileged task of a root user")
