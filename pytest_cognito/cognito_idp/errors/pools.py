"""Errors about user pools and their settings."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_FOUND = "ResourceNotFoundException"
_PARAMETER = "InvalidParameterException"
_LIMIT = "LimitExceededException"

POOL_NOT_FOUND = ErrorText(_NOT_FOUND, "User pool {pool_id} does not exist.")
CUSTOM_ATTRIBUTE_EXISTS = ErrorText(_PARAMETER, "{name}: Existing attribute already has name {full_name}.")
POOL_PROTECTED = ErrorText(
    _PARAMETER,
    "The user pool cannot be deleted because deletion protection is activated. "
    "Deletion protection must be inactivated first.",
)
STANDARD_ATTRIBUTE_FIXED = ErrorText(
    _PARAMETER,
    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {name}",
)
CUSTOM_ATTRIBUTE_WITHOUT_TYPE = ErrorText(
    _PARAMETER, "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."
)
CUSTOM_ATTRIBUTE_REQUIRED = ErrorText(_PARAMETER, "Required custom attributes are not supported currently.")
ATTRIBUTE_TOO_LONG = ErrorText(_PARAMETER, "user.{name}: String attributes cannot have a length of more than 2048")
ATTRIBUTE_MAX_LENGTH_BELOW_MIN = ErrorText(_PARAMETER, "user.{name}: Max length cannot be less than min length.")
ATTRIBUTE_MAX_VALUE_BELOW_MIN = ErrorText(_PARAMETER, "user.{name}: Max value cannot be less than min value.")
STRING_CONSTRAINTS_INVALID = ErrorText(_PARAMETER, "Invalid StringAttributeConstraints for schema attribute {name}")
NUMBER_CONSTRAINTS_INVALID = ErrorText(_PARAMETER, "Invalid NumberAttributeConstraints for schema attribute {name}")
ALIAS_AND_USERNAME_ATTRIBUTES = ErrorText(
    _PARAMETER, "Only one of the aliasAttributes or usernameAttributes can be set in a user pool."
)
UNUSED_ACCOUNT_VALIDITY_MOVED = ErrorText(
    _PARAMETER, "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
)
VERIFY_BEFORE_UPDATE_NOT_VERIFIED = ErrorText(
    _PARAMETER,
    "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
)
MFA_NEEDS_SMS = ErrorText(
    _PARAMETER,
    "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
)
PHONE_VERIFICATION_NEEDS_SMS = ErrorText(
    _PARAMETER, "SMS configuration is required when phone_number is selected for auto verification"
)
PHONE_RECOVERY_WITH_SMS_MFA = ErrorText(
    _PARAMETER,
    "Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a "
    "recovery mechanism when SMS MFA is configured.",
)
NOT_IN_TIER = ErrorText(
    "FeatureUnavailableInTierException",
    "The following features need to be disabled for the {tier} pricing tier configured: {features}",
)
POOL_HAS_DOMAIN = ErrorText(
    _PARAMETER,
    "User pool cannot be deleted. It has a domain configured that should be deleted first.",
)
FIRST_FACTORS_WITH_MFA = ErrorText(
    _PARAMETER, "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled"
)
WEB_AUTHN_NOT_FOR_MFA = ErrorText(
    _PARAMETER, "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA."
)

# The exact messages of AWS are not known: these follow the pattern of the others.
PREFERRED_USERNAME_REQUIRED_AND_ALIAS = ErrorText(
    _PARAMETER, "preferred_username cannot be both a required attribute and an alias."
)
POOL_LIMIT = ErrorText(_LIMIT, "User pool limit exceeded.")
POOL_ID_TAKEN = ErrorText(_PARAMETER, "User pool {pool_id} already exists.")
CUSTOM_ATTRIBUTE_LIMIT = ErrorText(_PARAMETER, "A user pool can have at most 50 custom attributes.")
SCHEMA_NAME_MISSING = ErrorText(_PARAMETER, "A schema attribute must have a name.")
FIRST_FACTOR_NOT_SUPPORTED = ErrorText(_PARAMETER, "{factor} is not supported as a first auth factor.")
ADMIN_ONLY_IS_ALONE = ErrorText(
    _PARAMETER, "Invalid account recovery setting parameter. admin_only must be the only recovery mechanism."
)
RECOVERY_PRIORITIES_NOT_UNIQUE = ErrorText(
    _PARAMETER, "Invalid account recovery setting parameter. Priorities and names must be unique."
)
CUSTOM_SENDER_NEEDS_KEY = ErrorText(_PARAMETER, "KMSKeyID is required for custom sender triggers.")
PRE_TOKEN_ARNS_DIFFER = ErrorText(
    _PARAMETER, "PreTokenGeneration and PreTokenGenerationConfig.LambdaArn must be the same."
)
FIRST_FACTORS_NEED_PASSWORD = ErrorText(_PARAMETER, "PASSWORD must be one of the allowed first auth factors.")
EMAIL_RECOVERY_WITH_EMAIL_MFA = ErrorText(
    _PARAMETER,
    "Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_email as the only "
    "recovery mechanism when Email MFA is configured.",
)
