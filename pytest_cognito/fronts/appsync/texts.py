"""What AppSync says where it refuses a request, a query, a field or a value."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws.errors import ErrorText

# The request

NO_AUTHORIZATION = ErrorText("UnauthorizedException", "Valid authorization header not provided.", 401)
NOT_AUTHORIZED = ErrorText("UnauthorizedException", "You are not authorized to make this call.", 401)
TOKEN_EXPIRED = ErrorText("UnauthorizedException", "Token has expired.", 401)
TOKEN_UNREADABLE = ErrorText("UnauthorizedException", "Unable to parse JWT token.", 401)
BODY_EMPTY = ErrorText("MalformedHttpRequestException", "Request body is empty.")
QUERY_UNREADABLE = ErrorText("MalformedHttpRequestException", "Unable to parse GraphQL query.")
OPERATION_NAME_MISSING = ErrorText("BadRequestException", "Missing operation name.")
NO_SUCH_PATH = ErrorText("UnknownOperationException", "", 404)

# Fields and values

DENIED = "Not Authorized to access {field} on type {type}"
DENIED_TYPE = "Unauthorized"
FUNCTION_FAILED = "Lambda:Unhandled"
NULL_IN_NON_NULL = "Cannot return null for non-nullable type: '{kind}' within parent '{parent}' ({path})"
NO_LIST = "Can't resolve value ({path}) : type mismatch error, expected type LIST"
NOT_SERIALIZED = "Can't serialize value ({path}) : {reason}"
VARIABLE_NULL = "Variable '{name}' has coerced Null value for NonNull type '{kind}'"
VARIABLE_INVALID = "Variable '{name}' has an invalid value."
VARIABLE_UNKNOWN_FIELD = (
    "The variables input contains a field that is not defined for input object type '{kind}' "  # with its space
)
NOT_SUPPORTED = "OperationNotSupported"
INVALID = "Validation error of type {kind}: {reason}"

# Their wording at AWS is not known to the letter: for tokens, which of the texts above it is.
TOKEN_OF_ANOTHER_ISSUER = NO_AUTHORIZATION
TOKEN_NOT_VERIFIED = NOT_AUTHORIZED
TOKEN_OF_ANOTHER_CLIENT = NOT_AUTHORIZED
TOKEN_OF_ANOTHER_USE = NOT_AUTHORIZED
SIGNATURE_INCOMPLETE = ErrorText(
    "IncompleteSignatureException",
    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
    "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a "
    "'X-Amz-Date' or a 'Date' header. Authorization={value}",
    403,
)
WRONG_SERVICE = ErrorText(
    "InvalidSignatureException", "Credential should be scoped to correct service: 'appsync'.", 403
)
WRONG_REGION = ErrorText("InvalidSignatureException", "Credential should be scoped to a valid region.", 403)
NO_ROOT_TYPE = "Schema is not configured for {operation}s."
OPERATION_UNKNOWN = ErrorText("BadRequestException", "Unknown operation named '{name}'.")
VARIABLES_NO_OBJECT = ErrorText("MalformedHttpRequestException", "Variables are not a JSON object.")
QUERY_TOO_DEEP = "The query exceeds the query depth limit of {limit}."
QUERY_TOO_DEEP_TYPE = "QueryDepthLimitExceeded"
NO_SUBSCRIPTION_BY_HTTP = "Subscriptions are not available over HTTP."
FUNCTION_NOT_INVOKED = "Lambda:{code}"
FUNCTION_TIMED_OUT = "Execution timed out."
FUNCTION_TIMED_OUT_TYPE = "Lambda:ExecutionTimeoutException"
FUNCTION_NOT_JSON_TYPE = "Lambda:IllegalArgument"
FUNCTION_NOT_JSON = "The function returned what is not JSON."
BATCH_MISMATCH = "The function returned {count} results for a batch of {wanted}."
TOO_MANY_RESOLVERS = "The query exceeds the resolver count limit of {limit}."
TOO_MANY_RESOLVERS_TYPE = "ResolverCountLimitExceeded"


class FieldError(Exception):
    """Why a field is null: an error of AppSync or of its function. ``data`` is what the field had nevertheless."""

    def __init__(self, error_type: str, message: str, data: Any = None, info: Any = None) -> None:
        super().__init__(message)
        self.error_type = error_type
        self.message = message
        self.data = data
        self.info = info
