"""What a call is refused with: the code and the message, as AWS words them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from botocore.exceptions import ClientError


class Refusal(NamedTuple):
    code: str
    message: str


def refusal(call: Callable[..., object], **parameters: Any) -> Refusal:
    """The error that a call through boto3 ends in."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return Refusal(error["Code"], error["Message"])


def invalid_parameter(message: str) -> Refusal:
    return Refusal("InvalidParameterException", message)


def not_authorized(message: str) -> Refusal:
    return Refusal("NotAuthorizedException", message)


# Users and their states

INCORRECT = not_authorized("Incorrect username or password.")
USER_DISABLED = not_authorized("User is disabled.")
USER_NOT_FOUND = Refusal("UserNotFoundException", "User does not exist.")
USER_OF_CLIENT_NOT_FOUND = Refusal("UserNotFoundException", "Username/client id combination not found.")
"""What the operations of an app that take no password say in place of `USER_NOT_FOUND`."""
NOT_CONFIRMED = Refusal("UserNotConfirmedException", "User is not confirmed.")
RESET_REQUIRED = Refusal("PasswordResetRequiredException", "Password reset required for the user")
TEMPORARY_PASSWORD_EXPIRED = not_authorized("Temporary password has expired and must be reset by an administrator.")
TOO_MANY_ATTEMPTS = not_authorized("Password attempts exceeded")
ATTEMPT_LIMIT = Refusal("LimitExceededException", "Attempt limit exceeded, please try after some time.")
USERNAME_TAKEN = Refusal("UsernameExistsException", "User already exists")
"""By SignUp."""
ACCOUNT_EXISTS = Refusal("UsernameExistsException", "User account already exists")
"""By AdminCreateUser."""
EMAIL_TAKEN = Refusal("AliasExistsException", "An account with the given email already exists.")
EMAIL_INVALID = invalid_parameter("Invalid email address format.")
NOT_WRITABLE = not_authorized("A client attempted to write unauthorized attribute")
NO_WAY_TO_RESET = invalid_parameter(
    "Cannot reset password for the user as there is no registered/verified email or phone_number"
)
NO_RESET_IN_STATE = not_authorized("User password cannot be reset in the current state.")
RESET_BY_ADMIN_ONLY = not_authorized("Contact administrator to reset password.")
NO_SMS = invalid_parameter("User pool does not have SMS configuration to send messages.")

# Codes

CODE_MISMATCH = Refusal("CodeMismatchException", "Invalid verification code provided, please try again.")
CODE_EXPIRED = Refusal("ExpiredCodeException", "Invalid code provided, please request a code again.")
MFA_CODE_MISMATCH = Refusal("CodeMismatchException", "Invalid code or auth state for the user.")
TOTP_MISMATCH = Refusal("CodeMismatchException", "Invalid code received for user")
TOTP_USED = Refusal("ExpiredCodeException", "Your software token has already been used once.")
TOTP_NOT_SET_UP = invalid_parameter("User has not set up software token mfa")
TOTP_WITHOUT_AUTHENTICATOR = invalid_parameter("User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA")
"""By SetUserMFAPreference; `TOTP_NOT_SET_UP` is what the answer to MFA_SETUP gets."""
TOTP_NOT_VERIFIED = invalid_parameter("User has not verified software token mfa")
TOTP_NOT_OFFERED = Refusal(
    "SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool"
)
TOTP_WRONG_AT_ENROLMENT = Refusal("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
NO_MFA_METHOD = Refusal("MFAMethodNotFoundException", "No MFA method is available for the user.")

# Sessions and tokens

SESSION_INVALID = not_authorized("Invalid session for the user.")
SESSION_USED = not_authorized("Invalid session for the user, session can only be used once.")
SESSION_EXPIRED = not_authorized("Invalid session for the user, session is expired.")
ACCESS_TOKEN_INVALID = not_authorized("Invalid Access Token")
ACCESS_TOKEN_EXPIRED = not_authorized("Access Token has expired")
ACCESS_TOKEN_REVOKED = not_authorized("Access Token has been revoked")
ACCESS_TOKEN_SCOPE_MISSING = not_authorized("Access Token does not have required scopes")
REFRESH_TOKEN_INVALID = not_authorized("Invalid Refresh Token")
REFRESH_TOKEN_OF_ANOTHER_CLIENT = not_authorized("Refresh Token has different Client")
REFRESH_TOKEN_OF_A_DELETED_USER = not_authorized("The user has been deleted for the associated refresh token")
REFRESH_TOKEN_REVOKED = not_authorized("Refresh Token has been revoked")

# Triggers

LAMBDA_OUTPUT = Refusal("InvalidLambdaResponseException", "Unrecognizable lambda output")
LAMBDA_NOT_JSON = Refusal("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON")


def lambda_failed(trigger: str, message: str = "not today") -> Refusal:
    """What a trigger's function that raises leads to; `functions.failing` raises "not today"."""
    return Refusal("UserLambdaValidationException", f"{trigger} failed with error {message}.")


def lambda_timed_out(trigger: str) -> Refusal:
    """What a trigger's function that takes more than five seconds leads to, three times over."""
    return Refusal(
        "UnexpectedLambdaException",
        f"{trigger} invocation failed due to error Socket timeout while invoking Lambda function.",
    )


# Pools and clients

PAGINATION_TOKEN_INVALID = invalid_parameter("Invalid pagination token.")


def no_pool(pool_id: str) -> Refusal:
    return Refusal("ResourceNotFoundException", f"User pool {pool_id} does not exist.")


def no_client(client_id: str) -> Refusal:
    return Refusal("ResourceNotFoundException", f"User pool client {client_id} does not exist.")


def secret_hash_missing(client_id: str) -> Refusal:
    return not_authorized(f"Client {client_id} is configured with secret but SECRET_HASH was not received")


def secret_hash_wrong(client_id: str) -> Refusal:
    return not_authorized(f"Unable to verify secret hash for client {client_id}")


def missing_parameter(name: str) -> Refusal:
    """A key that AuthParameters or ChallengeResponses lack."""
    return invalid_parameter(f"Missing required parameter {name}")
