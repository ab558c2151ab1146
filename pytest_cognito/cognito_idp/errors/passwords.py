"""Errors about passwords."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"

PASSWORD_AT_SIGN_UP = ErrorText("InvalidPasswordException", "Password did not conform with policy: {reason}")
PASSWORD_BY_ADMIN = ErrorText("InvalidPasswordException", "Password did not conform with password policy: {reason}")
PASSWORD_BY_USER = ErrorText("InvalidPasswordException", "Password does not conform to policy: {reason}")
PASSWORD_RESET_BY_ADMIN_ONLY = ErrorText(_NOT_AUTHORIZED, "Contact administrator to reset password.")
PASSWORD_NOT_RESETTABLE = ErrorText(_NOT_AUTHORIZED, "User password cannot be reset in the current state.")
NO_RECOVERY_CHANNEL = ErrorText(
    _PARAMETER,
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
)

# The exact messages of AWS are not known: these follow the pattern of the others.
PASSWORD_USED_BEFORE = ErrorText("PasswordHistoryPolicyViolationException", "Password has previously been used")
