"""Errors about the setup of multi-factor authentication."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp.errors.sign_in import RESET_REQUIRED

_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"

MFA_WITHOUT_FACTOR = ErrorText(
    _PARAMETER, "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."
)
MFA_OFF_WITH_FACTOR = ErrorText(
    _PARAMETER, "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
)
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
EMAIL_MFA_NEEDS_SES = ErrorText(
    _PARAMETER,
    "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of "
    "COGNITO_DEFAULT",
)

# The exact messages of AWS are not known: these follow the pattern of the others.
TOKEN_OR_SESSION = ErrorText(_PARAMETER, "Exactly one of AccessToken and Session must be given.")
ONE_PREFERENCE = ErrorText(_PARAMETER, "Only one MFA method can be set as preferred.")
PREFERENCE_NOT_ENABLED = ErrorText(_PARAMETER, "An MFA method must be enabled to be preferred.")
MFA_CANNOT_BE_TURNED_OFF = ErrorText(
    _PARAMETER, "At least one MFA method must stay enabled in a pool that requires MFA."
)
MFA_OPTIONS_SMS_ONLY = ErrorText(_PARAMETER, "MFAOptions take SMS to phone_number only.")
PASSKEY_NOT_MULTI_FACTOR = ErrorText(
    _PARAMETER, "WebAuthn MFA requires FactorConfiguration MULTI_FACTOR_WITH_USER_VERIFICATION."
)
PASSKEY_IS_THE_ONLY_FACTOR = ErrorText(_PARAMETER, "WebAuthn MFA requires at least one other MFA method.")
RESET_REQUIRED_TO_ENROL = ErrorText(_NOT_AUTHORIZED, RESET_REQUIRED.text)
SMS_MFA_WITHOUT_CONFIGURATION = ErrorText(_PARAMETER, "SmsConfiguration is required to enable SMS MFA.")
