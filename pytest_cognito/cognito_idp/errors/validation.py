"""Errors in the words of the model's validation, about values that are in no request or get special treatment."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

PATTERN_VIOLATED = ErrorText(
    "InvalidParameterException",
    "1 validation error detected: Value '{value}' at '{path}' failed to satisfy constraint: "
    "Member must satisfy regular expression pattern: {pattern}",
)
