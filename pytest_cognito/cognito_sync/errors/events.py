"""Errors of Cognito Events: of the function of a SyncTrigger, and of its configuration."""

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"
_OUTPUT = "InvalidLambdaFunctionOutputException"

FUNCTION_THROTTLED = ErrorText(
    "LambdaThrottledException", "AWS Lambda throttled your account, please contact AWS Support", 429
)

# The exact messages of AWS are not known: these follow the descriptions of the errors in the service model.
EVENT_UNKNOWN = ErrorText(_PARAMETER, "Invalid event: {event}")
FUNCTION_ARN_INVALID = ErrorText(_PARAMETER, "Invalid AWS Lambda function ARN: {arn}")
FUNCTION_NOT_INVOKED = ErrorText(_OUTPUT, "The AWS Lambda function could not be invoked: {reason}")
FUNCTION_RAISED = ErrorText(_OUTPUT, "The AWS Lambda function returned an exception: {message}")
FUNCTION_OUTPUT_INVALID = ErrorText(_OUTPUT, "The AWS Lambda function returned invalid output")
FUNCTION_TIMED_OUT = ErrorText("LambdaSocketTimeoutException", "Socket timeout while invoking the AWS Lambda function")
