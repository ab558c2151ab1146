"""Lambda's refusals of functions that a template declares."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

# AWS's wording is not known to the letter.
RESERVED_VARIABLES = ErrorText(
    "InvalidParameterValueException",
    "Lambda was unable to configure your environment variables because the environment variables you have provided "
    "contains reserved keys that are currently not supported for modification. Reserved keys used in this request: "
    "{names}",
)
HANDLER_MISSING = ErrorText(
    "InvalidParameterValueException",
    "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
)
RUNTIME_UNKNOWN = ErrorText(
    "InvalidParameterValueException",
    "Value {runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [{runtimes}] or be "
    "a valid ARN",
)
ROLE_NOT_ASSUMABLE = ErrorText(
    "InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda."
)
FUNCTION_EXISTS = ErrorText("ResourceConflictException", "Function already exist: {name}", 409)
ALIAS_EXISTS = ErrorText("ResourceConflictException", "Alias already exists: {arn}", 409)
FUNCTION_NOT_FOUND = ErrorText("ResourceNotFoundException", "Function not found: {arn}", 404)
