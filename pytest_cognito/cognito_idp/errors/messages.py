"""Errors of messages: their templates, and the texts of the CustomMessage trigger."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

MESSAGE_INVALID = ErrorText(_PARAMETER, "The message is invalid.")
MESSAGE_EMPTY = ErrorText(_PARAMETER, "The message is empty.")
FROM_OF_DEFAULT_SENDER = ErrorText(_PARAMETER, "Cannot configure From email address for default email configuration")

# The exact messages of AWS are not known: these follow the pattern of the others.
SMS_SENDER_NOT_ONE = ErrorText(_PARAMETER, "SmsConfiguration requires either SnsCallerArn or EumsSms.")
SMS_REGION_INVALID = ErrorText(_PARAMETER, "EumsSms Region {region} is not the region of the user pool.")
