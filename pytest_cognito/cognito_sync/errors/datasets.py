"""Errors about datasets and listings."""

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

# AWS's wording of these is not confirmed.
DATASET_NOT_FOUND = ErrorText("ResourceNotFoundException", "Dataset '{name}' not found.", 404)
DATASET_LIMIT = ErrorText("LimitExceededException", "An identity can have at most 20 datasets.")
PAGE_SIZE_INVALID = ErrorText(_PARAMETER, "MaxResults must be greater than 0: {size}")
PAGINATION_TOKEN_INVALID = ErrorText(_PARAMETER, "Invalid pagination token.")
