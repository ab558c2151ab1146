"""Errors about users, user names and aliases."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_AUTHORIZED = "NotAuthorizedException"
_PARAMETER = "InvalidParameterException"

USER_NOT_FOUND = ErrorText("UserNotFoundException", "User does not exist.")
USER_NOT_FOUND_FOR_CLIENT = ErrorText("UserNotFoundException", "Username/client id combination not found.")
USER_EXISTS = ErrorText("UsernameExistsException", "User already exists")
ACCOUNT_EXISTS = ErrorText("UsernameExistsException", "An account with the given {attribute} already exists.")
USER_ACCOUNT_EXISTS = ErrorText("UsernameExistsException", "User account already exists")
ALIAS_EXISTS = ErrorText("AliasExistsException", "An account with the given {attribute} already exists.")
USERNAME_LIKE_EMAIL = ErrorText(
    _PARAMETER, "Username cannot be of email format, since user pool is configured for email alias."
)
USERNAME_NOT_EMAIL = ErrorText(_PARAMETER, "Username should be an email.")
USERNAME_NOT_EMAIL_OR_PHONE = ErrorText(_PARAMETER, "Username should be either an email or a phone number.")
USERNAME_ATTRIBUTE_DIFFERS = ErrorText(
    _PARAMETER, "User {what} should be empty or same as username, since username attribute is {attribute}."
)
USER_DISABLED = ErrorText(_NOT_AUTHORIZED, "User is disabled.")

# The exact messages of AWS are not known: these follow the pattern of the others.
USERNAME_LIKE_PHONE = ErrorText(
    _PARAMETER, "Username cannot be of phone number format, since user pool is configured for phone number alias."
)
USERNAME_NOT_PHONE = ErrorText(_PARAMETER, "Username should be a phone number.")
