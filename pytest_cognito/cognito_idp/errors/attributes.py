"""Errors about user attributes."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"

EMAIL_FORMAT = ErrorText(_PARAMETER, "Invalid email address format.")
PHONE_FORMAT = ErrorText(_PARAMETER, "Invalid phone number format.")
SCHEMA_VIOLATED = ErrorText(_PARAMETER, "Attributes did not conform to the schema: {problems}")
ATTRIBUTES_NOT_UPDATED = ErrorText(_PARAMETER, "{problems}")
ATTRIBUTES_NOT_DELETED = ErrorText(_PARAMETER, "Invalid user attributes: {problems}")
NOT_VERIFIABLE = ErrorText(_PARAMETER, "Invalid attribute name. Only phone_number and email can be verified.")
NOTHING_TO_VERIFY = ErrorText(_PARAMETER, "User does not have a valid registered {what}")
WRITE_NOT_ALLOWED = ErrorText(_NOT_AUTHORIZED, "A client attempted to write unauthorized attribute")

# The exact messages of AWS are not known: these follow the pattern of the others.
MFA_NEEDS_ATTRIBUTE = ErrorText(_PARAMETER, "{attribute} cannot be removed while it is needed for MFA.")
ATTRIBUTE_READ_ONLY = ErrorText(_PARAMETER, "Cannot modify the non-mutable attribute {name}")
VERIFIED_WITHOUT_VALUE = ErrorText(_PARAMETER, "{attribute} is required to verify {attribute}")
