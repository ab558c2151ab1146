"""Errors about records, their sync counts and sync sessions."""

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"
_LIMIT = "LimitExceededException"

NO_SUCH_SYNC_COUNT = ErrorText(_PARAMETER, "No such SyncCount: {count} exists for this Dataset")
SESSION_TOKEN_INVALID = ErrorText(_PARAMETER, "SyncSessionToken not valid for these inputs")
SYNC_COUNT_CONFLICT = ErrorText(
    "ResourceConflictException", "Current SyncCount for: {key} is: {server} not: {client}", 409
)

# AWS's wording of these is not confirmed.
KEY_TWICE = ErrorText(_PARAMETER, "There is more than one patch for: {key}")
VALUE_MISSING = ErrorText(_PARAMETER, "A value is required to replace: {key}")
RECORD_LIMIT = ErrorText(_LIMIT, "A dataset can have at most 1024 records.")
SIZE_LIMIT = ErrorText(_LIMIT, "The size of a dataset can be at most 1048576 bytes.")
