"""Errors about session tracking and user sessions."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

# The exact messages of AWS are not known: these follow the pattern of the others.
TRACKING_OFF = ErrorText("OperationNotEnabledException", "Session tracking is not enabled for user pool {pool_id}.")
TRACKING_OFF_FOR_CLIENT = ErrorText(
    "InvalidParameterException", "Session tracking must be enabled for the user pool to configure SSO sessions."
)
USER_SESSION_NOT_FOUND = ErrorText("ResourceNotFoundException", "Session {session_id} does not exist.")
USER_SESSION_IS_CURRENT = ErrorText(
    "InvalidParameterException", "The session of the access token in the request cannot be revoked."
)
