"""Errors about identities."""

from pytest_cognito.aws.errors import ErrorText

IDENTITY_NOT_FOUND = ErrorText("ResourceNotFoundException", "Identity '{identity_id}' not found.")
IDENTITY_FORBIDDEN = ErrorText("NotAuthorizedException", "Access to Identity '{identity_id}' is forbidden.")
