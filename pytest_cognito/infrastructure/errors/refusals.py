"""The errors of CloudFormation's own: of properties before any call, and of changes that no operation makes."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

PROPERTIES_INVALID = "Properties validation failed for resource {logical_id} with message:\n{violations}"
WRONG_TYPE = "{path}: expected type: {expected}, found: {found}"
NOT_IN_ENUM = "{path}: failed validation constraint for keyword [enum]"

# AWS's wording is not known to the letter.
EXTRANEOUS_KEY = "{path}: extraneous key [{name}] is not permitted"
REQUIRED_KEY = "#: required key [{name}] not found"
NOT_BASE64 = "{path}: the value is not base64"

# As public reports have them.
ALREADY_EXISTS = ErrorText("AlreadyExists", "Resource of type '{type}' with identifier '{identifier}' already exists.")
PROPERTY_FIXED = ErrorText("InvalidRequest", "Invalid request provided: Updates are not allowed for property - {name}.")
SCHEMA_FIXED = ErrorText(
    "InvalidParameterException",
    "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
)
SMS_STAYS = ErrorText(
    "InvalidParameterException", "Can't turn off SMS_MFA when SMS configuration is set for the user pool"
)

# IAM. AWS's wording is not known to the letter.
ROLE_EXISTS = ErrorText("EntityAlreadyExists", "Role with name {name} already exists.", 409)
USER_EXISTS = ErrorText("EntityAlreadyExists", "User with name {name} already exists.", 409)
POLICY_EXISTS = ErrorText(
    "EntityAlreadyExists", "A policy called {name} already exists. Duplicate names are not allowed.", 409
)
PROVIDER_EXISTS = ErrorText("EntityAlreadyExists", "Provider with url {url} already exists.", 409)
SAML_PROVIDER_EXISTS = ErrorText("EntityAlreadyExists", "SAMLProvider with name {name} already exists.", 409)
ROLE_NOT_FOUND = ErrorText("NoSuchEntity", "The role with name {name} cannot be found.", 404)
USER_NOT_FOUND = ErrorText("NoSuchEntity", "The user with name {name} cannot be found.", 404)
POLICY_NOT_FOUND = ErrorText("NoSuchEntity", "Policy {arn} does not exist or is not attachable.", 404)
POLICY_MALFORMED = ErrorText("MalformedPolicyDocument", "{reason}")
POLICIES_LEFT = ErrorText("DeleteConflict", "Cannot delete entity, must delete policies first.", 409)
POLICIES_ATTACHED = ErrorText("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409)
POLICY_ATTACHED = ErrorText("DeleteConflict", "Cannot delete a policy attached to entities.", 409)
