"""Every error that user pools answer with, each named once, in AWS's words.

Texts that no source gave to the letter are in the last section: they are the likeliest wording, and easily corrected
there.
"""

from __future__ import annotations

from ..aws.errors import ErrorText

_NOT_FOUND = "ResourceNotFoundException"
_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"
_LIMIT = "LimitExceededException"
_LAMBDA_RESPONSE = "InvalidLambdaResponseException"

# Things that are not there
POOL_NOT_FOUND = ErrorText(_NOT_FOUND, "User pool {pool_id} does not exist.")
CLIENT_NOT_FOUND = ErrorText(_NOT_FOUND, "User pool client {client_id} does not exist.")
GROUP_NOT_FOUND = ErrorText(_NOT_FOUND, "Group not found.")
USER_NOT_FOUND = ErrorText("UserNotFoundException", "User does not exist.")
USER_NOT_FOUND_FOR_CLIENT = ErrorText("UserNotFoundException", "Username/client id combination not found.")

# Things that are there already
GROUP_EXISTS = ErrorText("GroupExistsException", "A group with the name already exists")
USER_EXISTS = ErrorText("UsernameExistsException", "User already exists")
ACCOUNT_EXISTS = ErrorText("UsernameExistsException", "An account with the given {attribute} already exists.")
USER_ACCOUNT_EXISTS = ErrorText("UsernameExistsException", "User account already exists")
ALIAS_EXISTS = ErrorText("AliasExistsException", "An account with the given {attribute} already exists.")
CUSTOM_ATTRIBUTE_EXISTS = ErrorText(_PARAMETER, "{name}: Existing attribute already has name {full_name}.")

# User pools
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
SMS_NOT_CONFIGURED = ErrorText(_PARAMETER, "User pool does not have SMS configuration to send messages.")
NO_DOMAIN_FOR_LINK = ErrorText(
    _PARAMETER,
    "Cannot perform specific action because there does not exist a valid use pool domain associated with the user pool",
)

POOL_HAS_DOMAIN = ErrorText(
    _PARAMETER,
    "User pool cannot be deleted. It has a domain configured that should be deleted first.",
)

# Domains
DOMAIN_OF_ANOTHER_POOL = ErrorText(_PARAMETER, "Domain already associated with another user pool.")
DOMAIN_EXISTS = ErrorText(_PARAMETER, "Domain already exists.")
DOMAIN_RESERVED = ErrorText(_PARAMETER, "Domain cannot contain reserved word: {word}")
DOMAIN_CHARACTERS = ErrorText(
    _PARAMETER,
    "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and "
    "hyphens. Please enter a different name that follows this format: "
    r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$",
)
DOMAIN_NOT_FOUND = ErrorText(_PARAMETER, "No such domain or user pool exists.")
DOMAIN_NOT_A_SUBDOMAIN = ErrorText(
    _PARAMETER,
    "Custom domain is not a valid subdomain: Was not able to resolve a DNS A record for the parent domain or domain "
    "parent is a top-level domain.",
)

# App clients
TOKEN_VALIDITY_RANGE = ErrorText(_PARAMETER, "Invalid range for token validity.")
WRITE_ATTRIBUTES_INVALID = ErrorText(_PARAMETER, "Invalid write attributes specified while {doing} a client")
READ_ATTRIBUTES_INVALID = ErrorText(_PARAMETER, "Invalid read attributes specified while {doing} a client")
PROVIDER_OF_CLIENT_NOT_FOUND = ErrorText(_PARAMETER, "The provider {name} does not exist for User Pool {pool_id}.")
SCOPE_NOT_FOUND = ErrorText("ScopeDoesNotExistException", "Invalid scope requested: {scope}")
CALLBACK_URLS_EMPTY = ErrorText(
    "InvalidOAuthFlowException", "CallbackUrls can not be empty when code flow or implicit flow is selected"
)
SCOPE_NOT_FOR_CLIENT_CREDENTIALS = ErrorText(
    "InvalidOAuthFlowException", "{scope} is not supported with client_credentials flow"
)
URL_WITH_HTTP = ErrorText(_PARAMETER, "{url} cannot use the HTTP protocol.")
SECRET_HASH_MISSING = ErrorText(
    _NOT_AUTHORIZED, "Client {client_id} is configured with secret but SECRET_HASH was not received"
)
SECRET_HASH_WRONG = ErrorText(_NOT_AUTHORIZED, "Unable to verify secret hash for client {client_id}")
SECRET_MISSING = ErrorText(_NOT_AUTHORIZED, "Client {client_id} is configured for secret but secret was not received")

# User names and attributes
USERNAME_LIKE_EMAIL = ErrorText(
    _PARAMETER, "Username cannot be of email format, since user pool is configured for email alias."
)
USERNAME_NOT_EMAIL = ErrorText(_PARAMETER, "Username should be an email.")
USERNAME_NOT_EMAIL_OR_PHONE = ErrorText(_PARAMETER, "Username should be either an email or a phone number.")
EMAIL_FORMAT = ErrorText(_PARAMETER, "Invalid email address format.")
PHONE_FORMAT = ErrorText(_PARAMETER, "Invalid phone number format.")
SCHEMA_VIOLATED = ErrorText(_PARAMETER, "Attributes did not conform to the schema: {problems}")
ATTRIBUTES_NOT_UPDATED = ErrorText(_PARAMETER, "{problems}")
ATTRIBUTES_NOT_DELETED = ErrorText(_PARAMETER, "Invalid user attributes: {problems}")
NOT_VERIFIABLE = ErrorText(_PARAMETER, "Invalid attribute name. Only phone_number and email can be verified.")
NOTHING_TO_VERIFY = ErrorText(_PARAMETER, "User does not have a valid registered {what}")
WRITE_NOT_ALLOWED = ErrorText(_NOT_AUTHORIZED, "A client attempted to write unauthorized attribute")

# Sign-up and confirmation
SIGN_UP_OFF = ErrorText(_NOT_AUTHORIZED, "SignUp is not permitted for this user pool")
CODE_MISMATCH = ErrorText("CodeMismatchException", "Invalid verification code provided, please try again.")
CODE_EXPIRED = ErrorText("ExpiredCodeException", "Invalid code provided, please request a code again.")
NOT_UNCONFIRMED = ErrorText(_NOT_AUTHORIZED, "User cannot be confirmed. Current status is {status}")
ALREADY_CONFIRMED = ErrorText(_PARAMETER, "User is already confirmed.")
NO_AUTO_VERIFICATION = ErrorText(_NOT_AUTHORIZED, "Cannot resend codes. Auto verification not turned on.")
RESEND_IMPOSSIBLE = ErrorText(
    "UnsupportedUserStateException", "Resend not possible. {username} status is not FORCE_CHANGE_PASSWORD"
)
ATTEMPT_LIMIT = ErrorText(_LIMIT, "Attempt limit exceeded, please try after some time.")

# Passwords
PASSWORD_AT_SIGN_UP = ErrorText("InvalidPasswordException", "Password did not conform with policy: {reason}")
PASSWORD_BY_ADMIN = ErrorText("InvalidPasswordException", "Password did not conform with password policy: {reason}")
PASSWORD_BY_USER = ErrorText("InvalidPasswordException", "Password does not conform to policy: {reason}")
PASSWORD_RESET_BY_ADMIN_ONLY = ErrorText(_NOT_AUTHORIZED, "Contact administrator to reset password.")
PASSWORD_NOT_RESETTABLE = ErrorText(_NOT_AUTHORIZED, "User password cannot be reset in the current state.")
NO_RECOVERY_CHANNEL = ErrorText(
    _PARAMETER,
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
)

# Sign-in
FLOW_NOT_ENABLED = ErrorText(_PARAMETER, "{flow} flow not enabled for this client")
ADMIN_FLOW_NOT_ENABLED = ErrorText(_PARAMETER, "Auth flow not enabled for this client")
FLOW_NOT_ENABLED_FOR_CLIENT = ErrorText(_PARAMETER, "{flow} is not enabled for the client.")
FLOW_NOT_SUPPORTED_HERE = ErrorText(_PARAMETER, "Initiate Auth method not supported.")
CUSTOM_AUTH_WITHOUT_TRIGGERS = ErrorText(_PARAMETER, "Custom auth lambda trigger is not configured for the user pool.")
PARAMETER_MISSING = ErrorText(_PARAMETER, "Missing required parameter {name}")
INCORRECT = ErrorText(_NOT_AUTHORIZED, "Incorrect username or password.")
TOO_MANY_ATTEMPTS = ErrorText(_NOT_AUTHORIZED, "Password attempts exceeded")
USER_DISABLED = ErrorText(_NOT_AUTHORIZED, "User is disabled.")
NOT_CONFIRMED = ErrorText("UserNotConfirmedException", "User is not confirmed.")
RESET_REQUIRED = ErrorText("PasswordResetRequiredException", "Password reset required for the user")
TEMPORARY_PASSWORD_EXPIRED = ErrorText(
    _NOT_AUTHORIZED, "Temporary password has expired and must be reset by an administrator."
)
NEW_PASSWORD_MISSING = ErrorText(
    _PARAMETER, "Invalid attributes given, new password should be given with key NEW_PASSWORD."
)
NEW_ATTRIBUTE_MISSING = ErrorText(_PARAMETER, "Invalid attributes given, {name} is missing")
NEW_ATTRIBUTE_PRESENT = ErrorText(_NOT_AUTHORIZED, "Cannot modify an already provided {name}")
SESSION_INVALID = ErrorText(_NOT_AUTHORIZED, "Invalid session for the user.")
SESSION_EXPIRED = ErrorText(_NOT_AUTHORIZED, "Invalid session for the user, session is expired.")
SESSION_USED = ErrorText(_NOT_AUTHORIZED, "Invalid session for the user, session can only be used once.")

# Multi-factor authentication
MFA_WITHOUT_FACTOR = ErrorText(
    _PARAMETER, "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."
)
MFA_OFF_WITH_FACTOR = ErrorText(
    _PARAMETER, "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
)
SMS_MFA_STAYS = ErrorText(_PARAMETER, "Can't turn off SMS_MFA when SMS configuration is set for the user pool")
WEB_AUTHN_SINGLE_FACTOR = ErrorText(
    _PARAMETER,
    "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first "
    "auth factor",
)
MFA_CODE_MISMATCH = ErrorText("CodeMismatchException", "Invalid code or auth state for the user.")
TOKEN_CODE_MISMATCH = ErrorText("CodeMismatchException", "Invalid code received for user")
TOKEN_CODE_USED = ErrorText("ExpiredCodeException", "Your software token has already been used once.")
TOKEN_NOT_ENABLED = ErrorText("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
TOTP_NOT_ENABLED = ErrorText(
    "SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool"
)
TOKEN_NOT_VERIFIED = ErrorText(_PARAMETER, "User has not verified software token mfa")
TOKEN_NOT_SET_UP = ErrorText(_PARAMETER, "User has not set up software token mfa")
NO_DELIVERY_FOR_FACTOR = ErrorText(_PARAMETER, "User does not have delivery config set to turn on {factor}")

# Tokens
ACCESS_TOKEN_INVALID = ErrorText(_NOT_AUTHORIZED, "Invalid Access Token")
ACCESS_TOKEN_EXPIRED = ErrorText(_NOT_AUTHORIZED, "Access Token has expired")
ACCESS_TOKEN_REVOKED = ErrorText(_NOT_AUTHORIZED, "Access Token has been revoked")
ACCESS_TOKEN_SCOPE = ErrorText(_NOT_AUTHORIZED, "Access Token does not have required scopes")
ACCESS_TOKEN_SIGNATURE = ErrorText(_NOT_AUTHORIZED, "Could not verify signature for Access Token")
REFRESH_TOKEN_INVALID = ErrorText(_NOT_AUTHORIZED, "Invalid Refresh Token")
REFRESH_TOKEN_INVALID_FOR_OPERATION = ErrorText(_NOT_AUTHORIZED, "Invalid Refresh Token.")
REFRESH_TOKEN_EXPIRED = ErrorText(_NOT_AUTHORIZED, "Refresh Token has expired")
REFRESH_TOKEN_REVOKED = ErrorText(_NOT_AUTHORIZED, "Refresh Token has been revoked")

# Lambda triggers
TRIGGER_NOT_INVOKED = ErrorText("UnexpectedLambdaException", "{trigger} invocation failed due to error {reason}.")
TRIGGER_FAILED = ErrorText("UserLambdaValidationException", "{trigger} failed with error {message}.")
TRIGGER_OUTPUT_UNKNOWN = ErrorText(_LAMBDA_RESPONSE, "Unrecognizable lambda output")
TRIGGER_OUTPUT_NOT_JSON = ErrorText(_LAMBDA_RESPONSE, "Invalid lambda function output : Invalid JSON")

MIGRATION_INVALID = ErrorText("UserNotFoundException", "Exception migrating user in app client {client_id}")

# Listings
FILTER_INVALID = ErrorText(_PARAMETER, "Error while parsing filter.")
SEARCH_ATTRIBUTE_INVALID = ErrorText(_PARAMETER, "Invalid search attribute: {name}")

# Wording not known to the letter
USERNAME_LIKE_PHONE = ErrorText(
    _PARAMETER, "Username cannot be of phone number format, since user pool is configured for phone number alias."
)
USERNAME_NOT_PHONE = ErrorText(_PARAMETER, "Username should be a phone number.")
PREFERRED_USERNAME_AT_SIGN_UP = ErrorText(
    _PARAMETER, "preferred_username alias can not be provided in signup if the user is not confirmed."
)
PREFERRED_USERNAME_REQUIRED_AND_ALIAS = ErrorText(
    _PARAMETER, "preferred_username cannot be both a required attribute and an alias."
)
PASSWORD_USED_BEFORE = ErrorText("PasswordHistoryPolicyViolationException", "Password has previously been used")
PASSWORD_MISSING = ErrorText(_PARAMETER, "Missing required parameter PASSWORD")
POOL_LIMIT = ErrorText(_LIMIT, "User pool limit exceeded.")
CLIENT_LIMIT = ErrorText(_LIMIT, "User pool client limit exceeded.")
GROUP_LIMIT = ErrorText(_LIMIT, "Group limit exceeded.")
POOL_ID_TAKEN = ErrorText(_PARAMETER, "User pool {pool_id} already exists.")
POOL_ID_INVALID = ErrorText(
    _PARAMETER,
    "1 validation error detected: Value '{pool_id}' at 'userPoolId' failed to satisfy constraint: "
    "Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
)
CLIENT_ID_TAKEN = ErrorText(_PARAMETER, "User pool client {client_id} already exists.")
CLIENT_ID_INVALID = ErrorText(
    _PARAMETER,
    "1 validation error detected: Value at 'clientId' failed to satisfy constraint: "
    "Member must satisfy regular expression pattern: [\\w+]+",
)
CUSTOM_ATTRIBUTE_LIMIT = ErrorText(_PARAMETER, "A user pool can have at most 50 custom attributes.")
MFA_NEEDS_ATTRIBUTE = ErrorText(_PARAMETER, "{attribute} cannot be removed while it is needed for MFA.")
RESOURCE_ARN_INVALID = ErrorText(_PARAMETER, "Invalid resource ARN: {resource_arn}")
SCHEMA_NAME_MISSING = ErrorText(_PARAMETER, "A schema attribute must have a name.")
TAG_LIMIT = ErrorText("UserPoolTaggingException", "A user pool can have at most 50 tags.")
TAG_RESERVED = ErrorText("UserPoolTaggingException", "Tag keys that begin with aws: are reserved.")
TAG_LIMIT_OF_RESOURCE = ErrorText(_PARAMETER, TAG_LIMIT.text)
TAG_RESERVED_OF_RESOURCE = ErrorText(_PARAMETER, TAG_RESERVED.text)
CLIENT_WITHOUT_SECRET = ErrorText(_PARAMETER, "User pool client {client_id} does not have a client secret.")
CLIENT_SECRET_LIMIT = ErrorText(_LIMIT, "A user pool client can have at most 2 client secrets.")
CLIENT_SECRET_NOT_FOUND = ErrorText(_NOT_FOUND, "Client secret {secret_id} does not exist.")
LAST_CLIENT_SECRET = ErrorText(_PARAMETER, "The last client secret of a user pool client cannot be deleted.")
FIRST_FACTOR_NOT_SUPPORTED = ErrorText(_PARAMETER, "{factor} is not supported as a first auth factor.")
PAGINATION_TOKEN_INVALID = ErrorText(_PARAMETER, "Invalid pagination token.")
ATTRIBUTES_TO_GET_UNKNOWN = ErrorText(_PARAMETER, "One or more requested attributes do not exist.")
ATTRIBUTE_READ_ONLY = ErrorText(_PARAMETER, "Cannot modify the non-mutable attribute {name}")
VERIFIED_WITHOUT_VALUE = ErrorText(_PARAMETER, "{attribute} is required to verify {attribute}")
EXPLICIT_FLOWS_MIXED = ErrorText(
    _PARAMETER, "Cannot specify legacy ExplicitAuthFlows together with flows that begin with ALLOW_."
)
ROTATION_WITH_REFRESH_FLOW = ErrorText(
    _PARAMETER, "ALLOW_REFRESH_TOKEN_AUTH cannot be enabled together with refresh token rotation."
)
REFRESH_FLOW_WITH_ROTATION = ErrorText(
    _NOT_AUTHORIZED, "Refresh token rotation is enabled for this client; use GetTokensFromRefreshToken."
)
CONTEXT_DATA_NEEDS_SECRET = ErrorText(
    _PARAMETER, "EnablePropagateAdditionalUserContextData requires a client with a secret."
)
SECRET_GIVEN_AND_GENERATED = ErrorText(_PARAMETER, "ClientSecret cannot be given when GenerateSecret is true.")
OAUTH_NOT_ENABLED = ErrorText(
    _PARAMETER,
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
)
CLIENT_CREDENTIALS_ALONE = ErrorText(
    "InvalidOAuthFlowException", "client_credentials flow can not be selected along with code flow or implicit flow"
)
CLIENT_CREDENTIALS_NEED_SECRET = ErrorText(
    "InvalidOAuthFlowException", "client_credentials flow can not be selected if client does not have a client secret."
)
REDIRECT_URI_INVALID = ErrorText(_PARAMETER, "{url} is not a valid redirect URI.")
DEFAULT_REDIRECT_NOT_A_CALLBACK = ErrorText(_PARAMETER, "DefaultRedirectURI must be in the list of CallbackURLs.")
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
TEMPLATES_DIFFER = ErrorText(_PARAMETER, "{legacy} and VerificationMessageTemplate.{member} must be the same.")
FIRST_FACTORS_WITH_MFA = ErrorText(
    _PARAMETER, "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled"
)
FIRST_FACTORS_NEED_PASSWORD = ErrorText(_PARAMETER, "PASSWORD must be one of the allowed first auth factors.")
MESSAGE_WITHOUT_PLACEHOLDER = ErrorText(_LAMBDA_RESPONSE, "{member} lacks the placeholder for the code.")
CUSTOM_EMAIL_NEEDS_SES = ErrorText(_LAMBDA_RESPONSE, "emailMessage is allowed only with EmailSendingAccount DEVELOPER.")
AUTO_VERIFY_WITHOUT_VALUE = ErrorText(_LAMBDA_RESPONSE, "Cannot verify {attribute}: the user has no {attribute}.")
CLAIM_NOT_A_STRING = ErrorText(_LAMBDA_RESPONSE, "Claim {name} must be a string.")
CLAIM_NOT_SIMPLE = ErrorText(_LAMBDA_RESPONSE, "Claim {name} must not be an object or a list.")
SCOPE_WITH_BLANK = ErrorText(_LAMBDA_RESPONSE, "Scope {scope!r} must not contain blanks.")
CLAIM_LIMIT = ErrorText(_LAMBDA_RESPONSE, "More than 5000 claims and scopes were given.")
REVOCATION_OFF = ErrorText("UnsupportedOperationException", "Token revocation is not enabled for the client.")
NOT_A_REFRESH_TOKEN = ErrorText("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.")
REVOKER_UNAUTHORIZED = ErrorText("UnauthorizedException", "Unauthorized")
REVOKER_UNKNOWN = ErrorText("UnauthorizedException", CLIENT_NOT_FOUND.text)
REVOKER_WITHOUT_SECRET = ErrorText("UnauthorizedException", SECRET_MISSING.text)
REFRESH_TOKEN_REUSED = ErrorText("RefreshTokenReuseException", "Refresh token has been invalidated by rotation.")
RESET_REQUIRED_TO_REFRESH = ErrorText(_NOT_AUTHORIZED, RESET_REQUIRED.text)
INVITATION_WITHOUT_DESTINATION = ErrorText(_PARAMETER, "Cannot send the invitation: the user has no {attribute}.")
ONE_TIME_CODE_WITHOUT_DESTINATION = ErrorText(_PARAMETER, "A user without a password needs a value for {attribute}.")
TOKEN_OR_SESSION = ErrorText(_PARAMETER, "Exactly one of AccessToken and Session must be given.")
ONE_PREFERENCE = ErrorText(_PARAMETER, "Only one MFA method can be set as preferred.")
PREFERENCE_NOT_ENABLED = ErrorText(_PARAMETER, "An MFA method must be enabled to be preferred.")
MFA_CANNOT_BE_TURNED_OFF = ErrorText(
    _PARAMETER, "At least one MFA method must stay enabled in a pool that requires MFA."
)
MFA_OPTIONS_SMS_ONLY = ErrorText(_PARAMETER, "MFAOptions take SMS to phone_number only.")
NO_MFA_METHOD = ErrorText("MFAMethodNotFoundException", "No MFA method is available for the user.")
NO_MFA_METHOD_AT_ALL = ErrorText(_PARAMETER, NO_MFA_METHOD.text)
PASSKEY_NOT_MULTI_FACTOR = ErrorText(
    _PARAMETER, "WebAuthn MFA requires FactorConfiguration MULTI_FACTOR_WITH_USER_VERIFICATION."
)
PASSKEY_IS_THE_ONLY_FACTOR = ErrorText(_PARAMETER, "WebAuthn MFA requires at least one other MFA method.")
EMAIL_RECOVERY_WITH_EMAIL_MFA = ErrorText(
    _PARAMETER,
    "Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_email as the only "
    "recovery mechanism when Email MFA is configured.",
)
RESET_REQUIRED_TO_ENROL = ErrorText(_NOT_AUTHORIZED, RESET_REQUIRED.text)
MFA_CHOICE_INVALID = ErrorText(_PARAMETER, "Invalid MFA type selected.")
SMS_MFA_WITHOUT_CONFIGURATION = ErrorText(_PARAMETER, "SmsConfiguration is required to enable SMS MFA.")
EMAIL_MFA_NEEDS_SES = ErrorText(_PARAMETER, "Email MFA requires EmailSendingAccount DEVELOPER.")
SRP_A_INVALID = ErrorText(_PARAMETER, "Invalid SRP_A.")
