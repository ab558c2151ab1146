"""Errors about quotas on requests and on what an account has."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

TOO_MANY_REQUESTS = ErrorText("TooManyRequestsException", "Rate exceeded")
EMAIL_LIMIT = ErrorText(
    "LimitExceededException",
    "Exceeded daily email limit for the operation or the account. If a higher limit is required, please configure "
    "your user pool to use your own Amazon SES configuration for sending email.",
)

# The exact messages of AWS are not known: these follow the pattern of the others.
LIMIT_ATTRIBUTES_INVALID = ErrorText(_PARAMETER, "The attributes of an API category are its Category.")
LIMIT_CATEGORY_NOT_FOUND = ErrorText("ResourceNotFoundException", "API category {category} does not exist.")
LIMIT_BELOW_FREE = ErrorText(_PARAMETER, "The requested limit must not be below the default of {free}.")
LIMIT_ABOVE_QUOTA = ErrorText(
    "ServiceQuotaExceededException", "The requested limit exceeds the maximum of {most} of the account."
)
