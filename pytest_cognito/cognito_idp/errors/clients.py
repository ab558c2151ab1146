"""Errors about app clients and their settings."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_FOUND = "ResourceNotFoundException"
_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"
_LIMIT = "LimitExceededException"

CLIENT_NOT_FOUND = ErrorText(_NOT_FOUND, "User pool client {client_id} does not exist.")
TOKEN_VALIDITY_RANGE = ErrorText(_PARAMETER, "Invalid range for token validity.")
WRITE_ATTRIBUTES_INVALID = ErrorText(_PARAMETER, "Invalid write attributes specified while {doing} a client")
READ_ATTRIBUTES_INVALID = ErrorText(_PARAMETER, "Invalid read attributes specified while {doing} a client")
PROVIDER_OF_CLIENT_NOT_FOUND = ErrorText(_PARAMETER, "The provider {name} does not exist for User Pool {pool_id}.")
SCOPE_NOT_FOUND = ErrorText("ScopeDoesNotExistException", "Invalid scope requested: {scope}")
CALLBACK_URLS_EMPTY = ErrorText(
    "InvalidOAuthFlowException", "CallbackUrls can not be empty when code flow or implicit flow is selected"
)
SCOPE_NOT_FOR_CLIENT_CREDENTIALS = ErrorText(
    "InvalidOAuthFlowException", "{scope} is not supported with client_credentials flow"
)
URL_WITH_HTTP = ErrorText(_PARAMETER, "{url} cannot use the HTTP protocol.")
SECRET_HASH_MISSING = ErrorText(
    _NOT_AUTHORIZED, "Client {client_id} is configured with secret but SECRET_HASH was not received"
)
SECRET_HASH_WRONG = ErrorText(_NOT_AUTHORIZED, "Unable to verify secret hash for client {client_id}")
SECRET_MISSING = ErrorText(_NOT_AUTHORIZED, "Client {client_id} is configured for secret but secret was not received")

# The exact messages of AWS are not known: these follow the pattern of the others.
CLIENT_REGISTERED = ErrorText(
    _PARAMETER, "User pool client {client_id} was registered dynamically and does not support secret operations."
)
CLIENT_LIMIT = ErrorText(_LIMIT, "User pool client limit exceeded.")
CLIENT_ID_TAKEN = ErrorText(_PARAMETER, "User pool client {client_id} already exists.")
CLIENT_ID_INVALID = ErrorText(
    _PARAMETER,
    "1 validation error detected: Value at 'clientId' failed to satisfy constraint: "
    "Member must satisfy regular expression pattern: [\\w+]+",
)
CLIENT_SECRET_WRONG = ErrorText(_NOT_AUTHORIZED, "Unable to verify the secret of client {client_id}")
SCOPE_NOT_ALLOWED = ErrorText(_PARAMETER, "Invalid scope requested: {scope}")
CLIENT_WITHOUT_SECRET = ErrorText(_PARAMETER, "User pool client {client_id} does not have a client secret.")
CLIENT_SECRET_LIMIT = ErrorText(_LIMIT, "A user pool client can have at most 2 client secrets.")
CLIENT_SECRET_NOT_FOUND = ErrorText(_NOT_FOUND, "Client secret {secret_id} does not exist.")
LAST_CLIENT_SECRET = ErrorText(_PARAMETER, "The last client secret of a user pool client cannot be deleted.")
EXPLICIT_FLOWS_MIXED = ErrorText(
    _PARAMETER, "Cannot specify legacy ExplicitAuthFlows together with flows that begin with ALLOW_."
)
ROTATION_WITH_REFRESH_FLOW = ErrorText(
    _PARAMETER, "ALLOW_REFRESH_TOKEN_AUTH cannot be enabled together with refresh token rotation."
)
CONTEXT_DATA_NEEDS_SECRET = ErrorText(
    _PARAMETER, "EnablePropagateAdditionalUserContextData requires a client with a secret."
)
CLIENT_TOKEN_FLOW_ALONE = ErrorText(_PARAMETER, "ALLOW_CLIENT_TOKEN_AUTH cannot be enabled together with other flows.")
SECRET_GIVEN_AND_GENERATED = ErrorText(_PARAMETER, "ClientSecret cannot be given when GenerateSecret is true.")
OAUTH_NOT_ENABLED = ErrorText(
    _PARAMETER,
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
)
CLIENT_CREDENTIALS_ALONE = ErrorText(
    "InvalidOAuthFlowException", "client_credentials flow can not be selected along with code flow or implicit flow"
)
CLIENT_CREDENTIALS_NEED_SECRET = ErrorText(
    "InvalidOAuthFlowException", "client_credentials flow can not be selected if client does not have a client secret."
)
REDIRECT_URI_INVALID = ErrorText(_PARAMETER, "{url} is not a valid redirect URI.")
DEFAULT_REDIRECT_NOT_A_CALLBACK = ErrorText(_PARAMETER, "DefaultRedirectURI must be in the list of CallbackURLs.")
