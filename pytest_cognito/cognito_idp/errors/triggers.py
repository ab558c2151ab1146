"""Errors of Lambda triggers."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_LAMBDA_RESPONSE = "InvalidLambdaResponseException"

TRIGGER_NOT_INVOKED = ErrorText("UnexpectedLambdaException", "{trigger} invocation failed due to error {reason}.")
TRIGGER_FAILED = ErrorText("UserLambdaValidationException", "{trigger} failed with error {message}.")
TRIGGER_OUTPUT_UNKNOWN = ErrorText(_LAMBDA_RESPONSE, "Unrecognizable lambda output")
TRIGGER_OUTPUT_NOT_JSON = ErrorText(_LAMBDA_RESPONSE, "Invalid lambda function output : Invalid JSON")
MIGRATION_INVALID = ErrorText("UserNotFoundException", "Exception migrating user in app client {client_id}")

# The exact messages of AWS are not known: these follow the pattern of the others.
AUTO_VERIFY_WITHOUT_VALUE = ErrorText(_LAMBDA_RESPONSE, "Cannot verify {attribute}: the user has no {attribute}.")
CLAIM_NOT_A_STRING = ErrorText(_LAMBDA_RESPONSE, "Claim {name} must be a string.")
CLAIM_NOT_SIMPLE = ErrorText(_LAMBDA_RESPONSE, "Claim {name} must not be an object or a list.")
SCOPE_WITH_BLANK = ErrorText(_LAMBDA_RESPONSE, "Scope {scope!r} must not contain blanks.")
CLAIM_LIMIT = ErrorText(_LAMBDA_RESPONSE, "More than 5000 claims and scopes were given.")
