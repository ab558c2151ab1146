"""Errors about filters and pagination."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

FILTER_INVALID = ErrorText(_PARAMETER, "Error while parsing filter.")
SEARCH_ATTRIBUTE_INVALID = ErrorText(_PARAMETER, "Invalid search attribute: {name}")

# The exact messages of AWS are not known: these follow the pattern of the others.
PAGINATION_TOKEN_INVALID = ErrorText(_PARAMETER, "Invalid pagination token.")
ATTRIBUTES_TO_GET_UNKNOWN = ErrorText(_PARAMETER, "One or more requested attributes do not exist.")
