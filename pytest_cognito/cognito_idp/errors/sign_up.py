"""Errors of sign-up, invitation and confirmation."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"

SIGN_UP_OFF = ErrorText(_NOT_AUTHORIZED, "SignUp is not permitted for this user pool")
NOT_UNCONFIRMED = ErrorText(_NOT_AUTHORIZED, "User cannot be confirmed. Current status is {status}")
ALREADY_CONFIRMED = ErrorText(_PARAMETER, "User is already confirmed.")
NO_AUTO_VERIFICATION = ErrorText(_NOT_AUTHORIZED, "Cannot resend codes. Auto verification not turned on.")
RESEND_IMPOSSIBLE = ErrorText(
    "UnsupportedUserStateException", "Resend not possible. {username} status is not FORCE_CHANGE_PASSWORD"
)
INVITATION_WITHOUT_EMAIL = ErrorText(_PARAMETER, "No email provided but desired delivery medium was Email")

# The exact messages of AWS are not known: these follow the pattern of the others.
PREFERRED_USERNAME_AT_SIGN_UP = ErrorText(
    _PARAMETER, "preferred_username alias can not be provided in signup if the user is not confirmed."
)
PASSWORD_MISSING = ErrorText(_PARAMETER, "Missing required parameter PASSWORD")
INVITATION_WITHOUT_PHONE = ErrorText(_PARAMETER, "No phone number provided but desired delivery medium was SMS")
ONE_TIME_CODE_WITHOUT_DESTINATION = ErrorText(_PARAMETER, "A user without a password needs a value for {attribute}.")
