"""Errors about who may do what."""

from pytest_cognito.aws.errors import ErrorText

WRONG_CREDENTIALS = ErrorText(
    "NotAuthorizedException", "These credentials are not valid for accessing this resource", 403
)

# AWS's wording of these is not confirmed: they are those of identity pools.
IDENTITY_FORBIDDEN = ErrorText("NotAuthorizedException", "Access to Identity '{identity_id}' is forbidden.", 403)
IDENTITY_NOT_FOUND = ErrorText("ResourceNotFoundException", "Identity '{identity_id}' not found.", 404)
POOL_NOT_FOUND = ErrorText("ResourceNotFoundException", "IdentityPool '{pool_id}' not found.", 404)
