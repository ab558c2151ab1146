"""Errors about devices."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp.errors.users import USER_NOT_FOUND

_PARAMETER = "InvalidParameterException"
_NOT_FOUND = "ResourceNotFoundException"

DEVICE_NOT_FOUND = ErrorText(_NOT_FOUND, "Device does not exist.")
DEVICE_KEY_INVALID = ErrorText(_PARAMETER, "Invalid device key given.")

# The exact messages of AWS are not known: these follow the pattern of the others.
DEVICES_NOT_TRACKED = ErrorText(
    "InvalidUserPoolConfigurationException", "User pool does not have device tracking enabled."
)
DEVICE_CONFIRMED = ErrorText("DeviceKeyExistsException", "Device key already exists.")
DEVICE_VERIFIER_INVALID = ErrorText(_PARAMETER, "Invalid device secret verifier config given.")
DEVICE_OWNER_NOT_FOUND = ErrorText(_NOT_FOUND, USER_NOT_FOUND.text)
