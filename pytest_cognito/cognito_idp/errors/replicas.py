"""Errors about replicas of user pools."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"
_NOT_ENABLED = "Operation {operation} is not enabled in this region for user pool {pool_id}."

# The exact messages of AWS are not known: these follow the pattern of the others.
OPERATION_NOT_ENABLED = ErrorText("OperationNotEnabledException", _NOT_ENABLED)
OPERATION_NOT_ENABLED_UNDECLARED = ErrorText(_PARAMETER, _NOT_ENABLED)
REPLICA_NOT_FOUND = ErrorText("ResourceNotFoundException", "User pool {pool_id} has no replica in {region}.")
REPLICA_LIMIT = ErrorText("LimitExceededException", "A user pool can have at most one replica.")
REPLICA_REGION_INVALID = ErrorText(_PARAMETER, "{region} is not a region for a replica of the user pool.")
REPLICA_NEEDS_KEY = ErrorText(_PARAMETER, "A replica requires a multi-Region customer managed KMS key.")
REPLICA_NEEDS_ISSUER = ErrorText(_PARAMETER, "A replica requires the issuer configuration type UPDATED.")
REPLICA_ACTIVE = ErrorText(_PARAMETER, "The replica in {region} must be INACTIVE to be deleted.")
PRIMARY_HAS_NO_STATUS = ErrorText(_PARAMETER, "The status of the primary user pool in {region} cannot be changed.")
REPLICA_SETTINGS_FIXED = ErrorText(
    _PARAMETER, "These settings must be those of the primary user pool in a secondary region: {members}"
)
POOL_HAS_REPLICA = ErrorText(_PARAMETER, "User pool cannot be deleted. It has a replica that should be deleted first.")
