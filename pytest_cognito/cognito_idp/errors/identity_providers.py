"""Errors about identity providers and their settings."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_FOUND = "ResourceNotFoundException"
_PARAMETER = "InvalidParameterException"

IDENTITY_PROVIDER_EXISTS = ErrorText("DuplicateProviderException", "{name} already exists in user pool {pool_id}")
PROVIDER_OF_OTHER_TYPE = ErrorText(_PARAMETER, "Provider {name} cannot be of type {type}.")
SOCIAL_DETAILS_MISSING = ErrorText(
    _PARAMETER, "clientId, clientSecret and authorizeScopes are all required idp details."
)
APPLE_DETAILS_MISSING = ErrorText(_PARAMETER, "clientId, privateKey, teamId, and keyId are all required idp details.")
OIDC_DETAILS_MISSING = ErrorText(
    _PARAMETER, "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details."
)
OIDC_WITHOUT_HTTPS = ErrorText(_PARAMETER, "OIDC endpoint must start with https://")
METADATA_MISSING = ErrorText(_PARAMETER, "At least one of the MetadataURL or MetadataFile should be provided.")
METADATA_TWICE = ErrorText(_PARAMETER, "Only one of the MetadataURL or MetadataFile should be provided.")
METADATA_NOT_RETRIEVED = ErrorText(_PARAMETER, "Error retrieving metadata from {url}")
MAPPING_INVALID = ErrorText(_PARAMETER, "AttributeMapping contains invalid mapping: [{names}]")

# The exact messages of AWS are not known: these follow the pattern of the others.
IDENTITY_PROVIDER_NOT_FOUND = ErrorText(_NOT_FOUND, "Identity provider {name} does not exist.")
IDP_IDENTIFIER_NOT_FOUND = ErrorText(_NOT_FOUND, "Identity provider with identifier {identifier} does not exist.")
IDP_IDENTIFIER_TAKEN = ErrorText(_PARAMETER, "IdpIdentifier {identifier} is already in use in user pool {pool_id}.")
IDP_IDENTIFIER_TWICE = ErrorText(_PARAMETER, "IdpIdentifiers must be unique: {identifier}")
IDENTITY_PROVIDER_LIMIT = ErrorText("LimitExceededException", "Identity provider limit exceeded.")
PROVIDER_NAME_RESERVED = ErrorText(_PARAMETER, "Provider name {name} is reserved.")
PROVIDER_NOT_EXTERNAL = ErrorText("UnsupportedIdentityProviderException", "Provider {name} is not supported.")
REQUEST_METHOD_INVALID = ErrorText(
    _PARAMETER,
    "1 validation error detected: Value '{value}' at 'attributesRequestMethod' failed to satisfy constraint: "
    "Member must satisfy enum value set: [POST, GET]",
)
PROVIDER_DETAIL_INVALID = ErrorText(_PARAMETER, "{name} must be one of [{values}]: {value}")
ACR_MAPPING_NOT_OIDC = ErrorText(_PARAMETER, "AcrMapping is only supported for OIDC identity providers.")
