"""The states of a user, what each step makes of each of them, and what it may be refused with."""

from __future__ import annotations

from collections.abc import Mapping

Refusal = tuple[str, str]

UNCONFIRMED, CONFIRMED, FORCED, RESET = STATUSES = (
    "UNCONFIRMED",
    "CONFIRMED",
    "FORCE_CHANGE_PASSWORD",
    "RESET_REQUIRED",
)
TOKENS, VERIFIER, NEW_PASSWORD = "tokens", "PASSWORD_VERIFIER", "NEW_PASSWORD_REQUIRED"
CHOICE, CODE, PASSKEY = "SELECT_CHALLENGE", "EMAIL_OTP", "WEB_AUTHN"
CUSTOM = "CUSTOM_CHALLENGE"
SAME = "the same"
WEAK = "weak"


def _denied(text: str) -> Refusal:
    return "NotAuthorizedException", text


def _confirmed_already(status: str) -> Refusal:
    return _denied(f"User cannot be confirmed. Current status is {status}")


INCORRECT = _denied("Incorrect username or password.")
LOCKED = _denied("Password attempts exceeded")
DISABLED = _denied("User is disabled.")
NOT_RESETTABLE = _denied("User password cannot be reset in the current state.")
TEMPORARY_EXPIRED = _denied("Temporary password has expired and must be reset by an administrator.")
SESSION_INVALID = _denied("Invalid session for the user.")
SESSION_EXPIRED = _denied("Invalid session for the user, session is expired.")
SESSION_USED = _denied("Invalid session for the user, session can only be used once.")
ACCESS_EXPIRED = _denied("Access Token has expired")
ACCESS_REVOKED = _denied("Access Token has been revoked")
REFRESH_OF_DELETED_USER = _denied("The user has been deleted for the associated refresh token")
REFRESH_EXPIRED = _denied("Refresh Token has expired")
REFRESH_REVOKED = _denied("Refresh Token has been revoked")
REFRESH_INVALID = _denied("Invalid Refresh Token")
DEVICE_NOT_FOUND = ("ResourceNotFoundException", "Device does not exist.")
DEVICE_CONFIRMED = ("DeviceKeyExistsException", "Device key already exists.")
WRONG_DEVICE = ("InvalidParameterException", "Invalid device key given.")
NOT_CONFIRMED = ("UserNotConfirmedException", "User is not confirmed.")
RESET_REQUIRED = ("PasswordResetRequiredException", "Password reset required for the user")
UNKNOWN = ("UserNotFoundException", "User does not exist.")
UNKNOWN_TO_CLIENT = ("UserNotFoundException", "Username/client id combination not found.")
WRONG_CODE = ("CodeMismatchException", "Invalid code or auth state for the user.")
CODE_MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
CODE_EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
TOO_MANY = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
EXISTS = ("UsernameExistsException", "User already exists")
ACCOUNT_EXISTS = ("UsernameExistsException", "User account already exists")
ALREADY_CONFIRMED = ("InvalidParameterException", "User is already confirmed.")
NOTHING_TO_RESEND = _denied("Cannot resend codes. Auto verification not turned on.")
NO_CHANNEL = (
    "InvalidParameterException",
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
)
WEAK_AT_SIGN_UP = ("InvalidPasswordException", "Password did not conform with policy: Password not long enough")
WEAK_BY_ADMIN = ("InvalidPasswordException", "Password did not conform with password policy: Password not long enough")
WEAK_BY_USER = ("InvalidPasswordException", "Password does not conform to policy: Password not long enough")

# fmt: off
BY_STATUS: Mapping[str, tuple[str | Refusal, ...]] = {
    #                          UNCONFIRMED     CONFIRMED                      FORCE_CHANGE_PASSWORD       RESET_REQUIRED
    "ConfirmSignUp":           (CONFIRMED,     _confirmed_already(CONFIRMED), _confirmed_already(FORCED), _confirmed_already(RESET)),  # noqa: E501
    "ResendConfirmationCode":  (SAME,          ALREADY_CONFIRMED,             ALREADY_CONFIRMED,          ALREADY_CONFIRMED),  # noqa: E501
    "SetPermanentPassword":    (CONFIRMED,     CONFIRMED,                     CONFIRMED,                  CONFIRMED),
    "SetTemporaryPassword":    (FORCED,        FORCED,                        FORCED,                     FORCED),
    "AdminResetUserPassword":  (NOT_RESETTABLE, RESET,                        NOT_RESETTABLE,             RESET),
    "ForgotPassword":          (SAME,          SAME,                          NOT_RESETTABLE,             SAME),
    "ConfirmForgotPassword":   (CONFIRMED,     CONFIRMED,                     CONFIRMED,                  CONFIRMED),
    "AnswerNewPassword":       (SESSION_INVALID, SESSION_INVALID,             CONFIRMED,                  RESET_REQUIRED),  # noqa: E501
    "BeginSignIn":             (NOT_CONFIRMED, SAME,                          SAME,                       SAME),
    "RightPassword":           (NOT_CONFIRMED, TOKENS,                        NEW_PASSWORD,               RESET_REQUIRED),  # noqa: E501
    "RightCode":               (CONFIRMED,     CONFIRMED,                     SESSION_INVALID,            RESET_REQUIRED),  # noqa: E501
    "RightPasskey":            (SAME,          CONFIRMED,                     SESSION_INVALID,            RESET_REQUIRED),  # noqa: E501
    "AnswerQuestion":          (NOT_CONFIRMED, SAME,                          NOT_CONFIRMED,              RESET_REQUIRED),  # noqa: E501
    "UseToken":                (SAME,          SAME,                          SAME,                       RESET_REQUIRED),  # noqa: E501
}
# fmt: on

MINUTE, HOUR, DAY = 60, 3600, 86400
CODE_LIFETIME = {"SignUp": DAY, "ForgotPassword": HOUR}
TEMPORARY_PASSWORD_LIFETIME = 7 * DAY
SESSION_LIFETIME = 3 * MINUTE
SESSION_RETENTION = 7 * DAY
ACCESS_LIFETIME = HOUR
REFRESH_LIFETIME = 30 * DAY
PER_HOUR = {"ConfirmSignUp": 15, "ResendConfirmationCode": 5, "ForgotPassword": 20, "ChangePassword": 5}
