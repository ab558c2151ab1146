"""Errors about the roles of identity pools, and about the tags that their sessions get."""

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"
_DENIED = "NotAuthorizedException"

ROLE_FORBIDDEN = ErrorText(_DENIED, "Access to Role '{role_arn}' is forbidden.")
ROLE_MAPPING_PROVIDER_UNKNOWN = ErrorText(
    _PARAMETER, "{provider} is not a valid RoleMapping ProviderName or is not a configured provider."
)
ROLE_MAPPING_DENIED = ErrorText(_DENIED, "The ambiguous role mapping rules for: {provider} denied this request.")
CONFIGURATION_INVALID = ErrorText(
    "InvalidIdentityPoolConfigurationException",
    "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
)
PRINCIPAL_TAGS_TOO_LARGE = ErrorText(_PARAMETER, "Packed size of session tags consumes {percent}% of allotted space.")

# The exact messages of AWS are not known: these follow the pattern of the others.
RESOLUTION_MISSING = ErrorText(
    _PARAMETER, "AmbiguousRoleResolution is required for the RoleMapping of provider: {provider}"
)
RULES_MISSING = ErrorText(_PARAMETER, "RulesConfiguration is required for the RoleMapping of provider: {provider}")
RULES_LIMIT = ErrorText(_PARAMETER, "The maximum number of rules in the RoleMapping of provider {provider} is 25.")
TAGGED_PROVIDER_UNKNOWN = ErrorText(_PARAMETER, "{provider} is not a configured provider of this identity pool.")
