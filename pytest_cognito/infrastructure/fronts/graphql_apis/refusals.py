"""AppSync's refusals of what a template declares."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

GRAPHQL_API_NOT_FOUND = ErrorText("NotFoundException", "GraphQL API {id} not found.", 404)
SOURCE_NOT_FOUND = ErrorText("NotFoundException", "No data source found named {name}", 404)
RESOLVER_EXISTS = ErrorText("BadRequestException", "Only one resolver is allowed per field.")
KEY_TOO_SHORT = ErrorText("ApiKeyValidityOutOfBoundsException", "API key must be valid for a minimum of 1 days.")
KEY_TOO_LONG = ErrorText("ApiKeyValidityOutOfBoundsException", "API key must be valid for a maximum of 365 days.")

# Their wording at AWS is not known to the letter.
SOURCE_EXISTS = ErrorText("BadRequestException", "Data source with name {name} already exists")
SOURCE_TYPE = ErrorText("BadRequestException", "The data source type {type} is not valid")
FUNCTION_MISSING = ErrorText("BadRequestException", "A data source of the type AWS_LAMBDA must have a lambdaConfig")
PIPELINE_FUNCTION_NOT_FOUND = ErrorText("NotFoundException", "No function found with id {id}", 404)
NO_SCHEMA = ErrorText("NotFoundException", "No schema found for the API {id}", 404)
NO_SOURCE = ErrorText("BadRequestException", "A resolver of the kind UNIT must have a dataSourceName")
NO_PIPELINE = ErrorText("BadRequestException", "A resolver of the kind PIPELINE must have a pipelineConfig")
DEFINITION_MISSING = ErrorText("BadRequestException", "A schema must have a definition")
MODE_CONFIGURATION = ErrorText("BadRequestException", "The authentication type {type} must have a {member}")
MODE_UNKNOWN = ErrorText("BadRequestException", "The authentication type {type} is not valid")
