"""Errors of the codes that Cognito sends: of sending them, and of checking them."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

SMS_NOT_CONFIGURED = ErrorText(_PARAMETER, "User pool does not have SMS configuration to send messages.")
NO_DOMAIN_FOR_LINK = ErrorText(
    _PARAMETER,
    "Cannot perform specific action because there does not exist a valid use pool domain associated with the user pool",
)
CODE_MISMATCH = ErrorText("CodeMismatchException", "Invalid verification code provided, please try again.")
CODE_EXPIRED = ErrorText("ExpiredCodeException", "Invalid code provided, please request a code again.")
ATTEMPT_LIMIT = ErrorText("LimitExceededException", "Attempt limit exceeded, please try after some time.")
