"""Errors about tags."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

# The exact messages of AWS are not known: these follow the pattern of the others.
RESOURCE_ARN_INVALID = ErrorText(_PARAMETER, "Invalid resource ARN: {resource_arn}")
TAG_LIMIT = ErrorText("UserPoolTaggingException", "A user pool can have at most 50 tags.")
TAG_RESERVED = ErrorText("UserPoolTaggingException", "Tag keys that begin with aws: are reserved.")
TAG_LIMIT_OF_RESOURCE = ErrorText(_PARAMETER, TAG_LIMIT.text)
TAG_RESERVED_OF_RESOURCE = ErrorText(_PARAMETER, TAG_RESERVED.text)
