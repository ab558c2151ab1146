"""Errors about push sync, streams and bulk publishes."""

from pytest_cognito.aws.errors import ErrorText

_CONFIGURATION = "InvalidConfigurationException"
_NOT_FOUND = "ResourceNotFoundException"
_PARAMETER = "InvalidParameterException"

# The exact messages of AWS are not known.
PUSH_NOT_CONFIGURED = ErrorText(_CONFIGURATION, "Push sync is not configured for identity pool {pool_id}.")
PLATFORM_NOT_CONFIGURED = ErrorText(
    _CONFIGURATION, "Identity pool {pool_id} has no SNS application for the platform {platform}."
)
PUSH_ROLE_UNUSABLE = ErrorText(_CONFIGURATION, "The push sync role of identity pool {pool_id} can't be assumed.")
SNS_REFUSED = ErrorText(_CONFIGURATION, "SNS refused to register the device: {reason}")
TOKEN_REFUSED = ErrorText(_PARAMETER, "SNS refused the token of the device: {reason}")
DEVICE_NOT_FOUND = ErrorText(_NOT_FOUND, "Device '{device_id}' not found.", 404)
STREAM_INCOMPLETE = ErrorText(_PARAMETER, "CognitoStreams needs {member} to be enabled.")
STREAMS_NOT_ENABLED = ErrorText(_PARAMETER, "Cognito Streams are not enabled for identity pool {pool_id}.")
PUBLISH_IN_PROGRESS = ErrorText(
    "DuplicateRequestException", "A bulk publish of identity pool {pool_id} is in progress already."
)
PUBLISHED_ALREADY = ErrorText(
    "AlreadyStreamedException", "Identity pool {pool_id} was published within the last 24 hours."
)
