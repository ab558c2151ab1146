"""Errors about the delivery of logs."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

# The exact messages of AWS are not known: these follow the pattern of the others.
LOG_LEVEL_INVALID = ErrorText(_PARAMETER, "{level} is not a valid LogLevel for EventSource {source}.")
LOG_DESTINATION_NOT_ONE = ErrorText(_PARAMETER, "A log configuration for {source} must have exactly one destination.")
LOG_DESTINATION_INVALID = ErrorText(_PARAMETER, "EventSource {source} can only be delivered to a CloudWatch log group.")
LOG_DESTINATION_MALFORMED = ErrorText(_PARAMETER, "{arn} is not the ARN of a {kind}.")
LOG_GROUP_OF_OTHER_ACCOUNT = ErrorText(_PARAMETER, "The log group must be in the same account as the user pool.")
LOG_SOURCE_REPEATED = ErrorText(_PARAMETER, "EventSource {source} can only be configured once.")
