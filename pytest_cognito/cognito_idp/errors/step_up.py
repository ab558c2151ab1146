"""Errors about authentication levels (ACR) and step-up."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

# The exact messages of AWS are not known: these follow the pattern of the others.
ACR_VALUES_NOT_UNIQUE = ErrorText(_PARAMETER, "ACR values must be unique across all levels of the user pool.")
ACR_VALUES_UNKNOWN = ErrorText(_PARAMETER, "None of the requested ACR values is valid for the user pool.")
ACR_UNREACHABLE = ErrorText(_PARAMETER, "User does not have the factors for any of the requested ACR values.")
ACR_REACHED = ErrorText(_PARAMETER, "The access token already meets the requested ACR value.")
STEP_UP_TOKEN_WITHOUT_TARGET = ErrorText(_PARAMETER, "ACCESS_TOKEN requires TARGET_ACR_VALUES.")
STEP_UP_TOKEN_OF_OTHER_USER = ErrorText("NotAuthorizedException", "The access token was not issued to the user.")
MAX_AGE_INVALID = ErrorText(_PARAMETER, "MAX_AGE must be a number of seconds.")
