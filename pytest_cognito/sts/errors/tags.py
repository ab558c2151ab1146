"""Errors about session tags."""

from pytest_cognito.aws.errors import ErrorText

TRANSITIVE_NOT_REQUESTED = ErrorText(
    "InvalidParameterValue", "The specified transitive tag key must be included in the requested tags."
)
TAG_KEYS_REPEATED = ErrorText(
    "InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive."
)
TRANSITIVE_CONFLICT = ErrorText(
    "InvalidParameterValue",
    "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the "
    "calling session.",
)
# AWS's wording is not known.
TAG_KEY_RESERVED = ErrorText("InvalidParameterValue", "Tag keys must not begin with aws:, which is reserved.")
TAG_KEY_INHERITED = ErrorText(
    "InvalidParameterValue",
    "One of the specified tags can't be set because it conflicts with a transitive tag key from the calling session.",
)
