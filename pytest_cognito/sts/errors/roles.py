"""Errors about assuming roles."""

from pytest_cognito.aws.errors import ErrorText

NOT_AUTHORIZED = ErrorText(
    "AccessDenied", "User: {principal} is not authorized to perform: {action} on resource: {resource}", 403
)
NOT_AUTHORIZED_FEDERATED = ErrorText("AccessDenied", "Not authorized to perform {action}", 403)
ROOT_ACCOUNT = ErrorText("AccessDenied", "Roles may not be assumed by root accounts.", 403)
ROLE_ARN_INVALID = ErrorText("ValidationError", "{arn} is invalid")
DURATION_OF_ROLE = ErrorText(
    "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
)
DURATION_CHAINED = ErrorText(
    "ValidationError",
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
)
MFA_FAILED = ErrorText("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", 403)
# AWS's wording is not known.
MFA_INCOMPLETE = ErrorText("ValidationError", "SerialNumber and TokenCode must be passed together.")
SOURCE_IDENTITY_FIXED = ErrorText(
    "AccessDenied", "The SourceIdentity of the calling session can't be changed: {source_identity}", 403
)
CONTEXT_INVALID = ErrorText("InvalidContextAssertion", "The context assertion is invalid.")
