"""Errors of threat protection."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"

SIGN_IN_BLOCKED = ErrorText(_NOT_AUTHORIZED, "Unable to login because of security reasons.")
REQUEST_BLOCKED = ErrorText(_NOT_AUTHORIZED, "Request not allowed due to security reasons.")
PASSWORD_COMPROMISED = ErrorText("InvalidPasswordException", "Provided password cannot be used for security reasons.")

# The exact messages of AWS are not known: these follow the pattern of the others.
ADD_ON_OFF = ErrorText("UserPoolAddOnNotEnabledException", "Threat protection is not enabled for the user pool.")
ADD_ON_NOT_IN_TIER = ErrorText(
    "UserPoolAddOnNotEnabledException", "Threat protection is not available in the {tier} pricing tier."
)
AUTH_EVENT_NOT_FOUND = ErrorText(_PARAMETER, "Event {event_id} does not exist.")
FEEDBACK_VALUE_INVALID = ErrorText(_PARAMETER, "{value} is not a valid feedback value.")
FEEDBACK_TOKEN_INVALID = ErrorText(_NOT_AUTHORIZED, "Invalid feedback token.")
IP_ADDRESS_INVALID = ErrorText(_PARAMETER, "Invalid IP address: {ip}")
IP_RANGE_INVALID = ErrorText(_PARAMETER, "Invalid IP range: {ip_range}. Ranges must be in CIDR notation.")
EMAIL_IDENTITY_INVALID = ErrorText(_PARAMETER, "SourceArn {source_arn} is not the ARN of an SES identity.")
