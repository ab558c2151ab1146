"""Errors about passkeys."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

CREDENTIAL_INVALID = ErrorText(_PARAMETER, "Credential data is not valid")

# The exact messages of AWS are not known: these follow the descriptions of the exceptions.
PASSKEYS_NOT_ENABLED = ErrorText("WebAuthnNotEnabledException", "WebAuthn is not enabled for this user pool.")
PASSKEYS_NOT_CONFIGURED = ErrorText(
    "WebAuthnConfigurationMissingException", "The user pool has no relying party ID and no user pool domain."
)
PASSKEY_CHALLENGE_NOT_FOUND = ErrorText(
    "WebAuthnChallengeNotFoundException", "The challenge of the registration does not exist or has expired."
)
PASSKEY_OF_OTHER_CLIENT = ErrorText(
    "WebAuthnClientMismatchException", "The registration was started with an access token of another app client."
)
PASSKEY_ORIGIN = ErrorText(
    "WebAuthnOriginNotAllowedException", "The origin of the credential is not allowed for the relying party ID."
)
PASSKEY_RELYING_PARTY = ErrorText(
    "WebAuthnRelyingPartyMismatchException", "The credential is of another relying party ID than the user pool."
)
PASSKEY_NOT_SUPPORTED = ErrorText(
    "WebAuthnCredentialNotSupportedException", "The credential is of an authenticator that is not supported."
)
PASSKEY_LIMIT = ErrorText("LimitExceededException", "A user cannot have more than 20 WebAuthn credentials.")
PASSKEY_NOT_FOUND = ErrorText("ResourceNotFoundException", "WebAuthn credential not found.")
RELYING_PARTY_INVALID = ErrorText(_PARAMETER, "RelyingPartyId is not a valid domain: {domain}")
RELYING_PARTY_IS_PUBLIC_SUFFIX = ErrorText(_PARAMETER, "RelyingPartyId cannot be a public suffix: {domain}")
