"""Errors of sign-in and challenges."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"

FLOW_NOT_ENABLED = ErrorText(_PARAMETER, "{flow} flow not enabled for this client")
ADMIN_FLOW_NOT_ENABLED = ErrorText(_PARAMETER, "Auth flow not enabled for this client")
FLOW_NOT_ENABLED_FOR_CLIENT = ErrorText(_PARAMETER, "{flow} is not enabled for the client.")
FLOW_NOT_SUPPORTED_HERE = ErrorText(_PARAMETER, "Initiate Auth method not supported.")
CUSTOM_AUTH_WITHOUT_TRIGGERS = ErrorText(_PARAMETER, "Custom auth lambda trigger is not configured for the user pool.")
PARAMETER_MISSING = ErrorText(_PARAMETER, "Missing required parameter {name}")
RESPONSES_MISSING = ErrorText(_PARAMETER, "Missing required parameter challenge responses.")
SRP_A_NOT_HEXADECIMAL = ErrorText(
    _PARAMETER,
    "1 validation error detected: Value at 'sRPA' failed to satisfy constraint: Member must satisfy regular "
    "expression pattern: ^[0-9a-fA-F]+$",
)
SIGNATURE_NOT_BASE64 = ErrorText(_PARAMETER, "Invalid PASSWORD_CLAIM_SIGNATURE format. Must be a Base64 string.")
TIMESTAMP_MALFORMED = ErrorText(_PARAMETER, "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.")
INCORRECT = ErrorText(_NOT_AUTHORIZED, "Incorrect username or password.")
TOO_MANY_ATTEMPTS = ErrorText(_NOT_AUTHORIZED, "Password attempts exceeded")
NOT_CONFIRMED = ErrorText("UserNotConfirmedException", "User is not confirmed.")
RESET_REQUIRED = ErrorText("PasswordResetRequiredException", "Password reset required for the user")
TEMPORARY_PASSWORD_EXPIRED = ErrorText(
    _NOT_AUTHORIZED, "Temporary password has expired and must be reset by an administrator."
)
NEW_PASSWORD_MISSING = ErrorText(
    _PARAMETER, "Invalid attributes given, new password should be given with key NEW_PASSWORD."
)
NEW_ATTRIBUTE_MISSING = ErrorText(_PARAMETER, "Invalid attributes given, {name} is missing")
NEW_ATTRIBUTE_PRESENT = ErrorText(_NOT_AUTHORIZED, "Cannot modify an already provided {name}")
SESSION_INVALID = ErrorText(_NOT_AUTHORIZED, "Invalid session for the user.")
SESSION_EXPIRED = ErrorText(_NOT_AUTHORIZED, "Invalid session for the user, session is expired.")
SESSION_USED = ErrorText(_NOT_AUTHORIZED, "Invalid session for the user, session can only be used once.")

# The exact messages of AWS are not known: these follow the pattern of the others.
REFRESH_FLOW_WITH_ROTATION = ErrorText(
    _NOT_AUTHORIZED, "Refresh token rotation is enabled for this client; use GetTokensFromRefreshToken."
)
NO_MFA_METHOD = ErrorText("MFAMethodNotFoundException", "No MFA method is available for the user.")
MFA_CHOICE_INVALID = ErrorText(_PARAMETER, "Invalid MFA type selected.")
CHALLENGE_CHOICE_INVALID = ErrorText(_PARAMETER, "Invalid challenge selected.")
CHALLENGE_NAME_INVALID = ErrorText(_PARAMETER, "Invalid CHALLENGE_NAME.")
