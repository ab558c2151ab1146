"""Errors about the branding of the classic hosted UI and of managed login."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_FOUND = "ResourceNotFoundException"
_PARAMETER = "InvalidParameterException"

UI_CUSTOMIZATION_WITHOUT_DOMAIN = ErrorText(
    _PARAMETER, "There has to be an existing domain associated with this user pool"
)

# The exact messages of AWS are not known: these follow the pattern of the others.
CSS_MALFORMED = ErrorText(_PARAMETER, "The CSS is not valid near: {near}")
CSS_CLASS_NOT_ALLOWED = ErrorText(_PARAMETER, "The CSS selector {selector} is not allowed.")
CSS_CONTENT_NOT_ALLOWED = ErrorText(_PARAMETER, "The CSS must not contain {content}.")
LOGO_FORMAT = ErrorText(_PARAMETER, "The image file must be a PNG or JPEG image.")
LOGO_TOO_LARGE = ErrorText(_PARAMETER, "The image file must not be larger than 100 KB.")
BRANDING_EXISTS = ErrorText(
    "ManagedLoginBrandingExistsException", "A managed login branding style already exists for the app client."
)
BRANDING_NOT_FOUND = ErrorText(_NOT_FOUND, "Managed login branding {branding_id} does not exist.")
CLIENT_WITHOUT_BRANDING = ErrorText(_NOT_FOUND, "Managed login branding of client {client_id} does not exist.")
BRANDING_ID_MISSING = ErrorText(_PARAMETER, "UserPoolId and ManagedLoginBrandingId are required.")
BRANDING_LIMIT = ErrorText("LimitExceededException", "Managed login branding limit exceeded.")
BRANDING_NOT_IN_TIER = ErrorText(_PARAMETER, "Managed login branding is not available in the {tier} pricing tier.")
BRANDING_SETTINGS_WITH_COGNITO_VALUES = ErrorText(
    _PARAMETER, "Settings cannot be specified when UseCognitoProvidedValues is true."
)
BRANDING_REQUEST_TOO_LARGE = ErrorText(_PARAMETER, "The request must not be larger than 2 MB.")
BRANDING_SETTING_UNKNOWN = ErrorText(_PARAMETER, "Invalid settings: {path} is not a setting.")
BRANDING_SETTING_TYPE = ErrorText(_PARAMETER, "Invalid settings: {path} is of a wrong type.")
BRANDING_COLOR_INVALID = ErrorText(_PARAMETER, "Invalid settings: {path} is not a color of eight hexadecimal digits.")
ASSET_WITHOUT_BYTES = ErrorText(_PARAMETER, "The asset {category} has no bytes.")
ASSET_EXTENSION = ErrorText(_PARAMETER, "The extension {extension} is not supported for the asset {category}.")
ASSET_FORMAT = ErrorText(_PARAMETER, "The file of the asset {category} is not of the type {extension}.")
ASSET_WITH_SCRIPT = ErrorText(_PARAMETER, "The file of the asset {category} contains a script.")
