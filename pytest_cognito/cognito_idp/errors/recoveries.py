"""Errors of point-in-time recovery."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"
_CONCURRENT = "ConcurrentModificationException"
_LIMIT = "LimitExceededException"

# The exact messages of AWS are not known: these follow the pattern of the others.
_PAUSED = "Write operations are paused while a recovery of the user pool is in progress."
RECOVERY_ACTIVE = ErrorText("OperationNotEnabledException", _PAUSED)
RECOVERY_ACTIVE_UNDECLARED = ErrorText(_PARAMETER, _PAUSED)
RECOVERY_NOT_IN_TIER = ErrorText(
    "FeatureUnavailableInTierException", "Point-in-time recovery is not available for the {tier} pricing tier."
)
RECOVERY_NOT_FOUND = ErrorText("ResourceNotFoundException", "Recovery {restore_id} does not exist.")
RECOVERY_EXISTS = ErrorText(_CONCURRENT, "A recovery of the user pool is already in progress.")
RECOVERY_DURING_IMPORT = ErrorText(_CONCURRENT, "A user import job is in progress in the user pool.")
RECOVERY_TOO_RECENT = ErrorText(_PARAMETER, "RestoreTimestamp must be at least 15 minutes in the past.")
RECOVERY_BEFORE_POOL = ErrorText(_PARAMETER, "RestoreTimestamp can not be before the creation of the user pool.")
RECOVERY_BEYOND_PERIOD = ErrorText(
    _PARAMETER, "RestoreTimestamp is not within the recovery period of the {tier} pricing tier."
)
RECOVERY_NOT_STARTABLE = ErrorText(_PARAMETER, "Recovery {restore_id} cannot be started: its status is {status}.")
RECOVERY_NOT_CANCELLABLE = ErrorText(_PARAMETER, "Recovery {restore_id} cannot be canceled: its status is {status}.")
RECOVERY_LIMIT_ACTIVE = ErrorText(_LIMIT, "The account has the maximum number of active recoveries.")
RECOVERY_LIMIT_COMPLETED = ErrorText(_LIMIT, "A recovery of the user pool was completed within the last 24 hours.")
RECOVERY_LIMIT_PREVIEWS = ErrorText(_LIMIT, "The maximum number of recovery previews has been reached.")
