"""Errors about session policies and the size of a session."""

from pytest_cognito.aws.errors import ErrorText

PACKED_TOO_LARGE = ErrorText(
    "PackedPolicyTooLarge", "Packed policy consumes {percent}% of allotted space, please use smaller policy."
)
# AWS's wording of what is wrong with a document is not known for each case.
POLICY_MALFORMED = ErrorText("MalformedPolicyDocument", "{reason}")
# AWS's wording is not known.
POLICY_NOT_FOUND = ErrorText("ValidationError", "Policy {arn} does not exist or is not attachable.")
POLICY_ARN_INVALID = ErrorText("ValidationError", "{arn} is invalid")
POLICIES_TOO_MANY = ErrorText("ValidationError", "The number of managed session policies exceeds the limit of 10.")
