"""What CloudFormation says of custom resources."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_CODE = "ValidationError"

NO_ANSWER = ErrorText(
    _CODE,
    "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId "
    "[{request_id}]. If you are using the Python cfn-response module, you may need to update your Lambda function code "
    "so that CloudFormation can attach the updated version.{hint}",
)
FAILED = ErrorText(
    _CODE,
    "Received response status [FAILED] from custom resource. Message returned: {reason} (RequestId: {request_id})",
)
TOO_LONG = ErrorText(_CODE, "Response object is too long.")
INVALID_PHYSICAL_ID = ErrorText(_CODE, "Invalid PhysicalResourceId")
INVALID_TOKEN = ErrorText(_CODE, "Invalid service token.")
TOKEN_CHANGED = ErrorText(_CODE, "Modifying service token is not allowed.")
NO_ATTRIBUTE = (
    "CustomResource attribute error: Vendor response doesn't contain {name} attribute in object "
    "{stack_id}|{logical_id}|{request_id}"
)

# AWS's wording is not known to the letter.
NOT_JSON = ErrorText(_CODE, "Response is not valid JSON")
INVALID_MEMBER = ErrorText(_CODE, "Invalid {member}")
