"""API Gateway's refusals of what a template declares."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

GATEWAY_API_NOT_FOUND = ErrorText("NotFoundException", "Invalid API identifier specified {account}:{id}", 404)
RESOURCE_NOT_FOUND = ErrorText("NotFoundException", "Invalid Resource identifier specified", 404)
RESOURCE_EXISTS = ErrorText(
    "ConflictException", "Another resource with the same parent already has this name: {name}", 409
)
VARIABLE_EXISTS = ErrorText(
    "BadRequestException",
    "A sibling ({id}) of this resource already has a variable path part -- only one is allowed",
)
PATH_PART = ErrorText(
    "BadRequestException",
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning "
    "and the end.",
)
METHOD_EXISTS = ErrorText("ConflictException", "Method already exists for this resource", 409)
AUTHORIZER_NEEDED = ErrorText(
    "BadRequestException",
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid "
    "authorizer.",
)
NO_METHODS = ErrorText("BadRequestException", "The REST API doesn't contain any methods")
NO_INTEGRATION = ErrorText("BadRequestException", "No integration defined for method")
STAGE_EXISTS = ErrorText("ConflictException", "Stage already exists", 409)
DEPLOYMENT_NOT_FOUND = ErrorText("BadRequestException", "Deployment id does not exist")
ROUTE_KEY = ErrorText(
    "BadRequestException",
    "The provided route key is not formatted properly for HTTP protocol. Format should be "
    '"<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
)
ROUTE_EXISTS = ErrorText("ConflictException", "Route with key {key} already exists for this API", 409)
ACTIVE_STAGES = ErrorText("BadRequestException", "Active stages pointing to this deployment must be moved or deleted")

# AWS's wording is not known to the letter.
INTEGRATION_NOT_FOUND = ErrorText("BadRequestException", "Invalid integration identifier specified: {target}")
PAYLOAD_FORMAT = ErrorText("BadRequestException", "Invalid payload format version {version}: it is 1.0 or 2.0")
NO_ROUTES = ErrorText("BadRequestException", "At least one route is required before deploying the Api.")
PROTOCOL_NEEDED = ErrorText("BadRequestException", "ProtocolType or an OpenAPI definition is required")
PLAN_NOT_FOUND = ErrorText("NotFoundException", "Invalid Usage Plan ID specified", 404)
KEY_NOT_FOUND = ErrorText("NotFoundException", "Invalid API Key identifier specified", 404)
PROVIDERS_NEEDED = ErrorText(
    "BadRequestException", "Provider ARNs list cannot be empty for COGNITO_USER_POOLS Authorizer"
)
URI_NEEDED = ErrorText("BadRequestException", "Authorizer URI cannot be empty for {type} Authorizer")
JWT_NEEDED = ErrorText("BadRequestException", "JwtConfiguration with an issuer is required for JWT authorizers")
