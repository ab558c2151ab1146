"""The page for each challenge of a sign-in, and for what else a browser may be asked next."""

from __future__ import annotations

from pytest_cognito.cognito_idp import PageState

CONFIRM = "/confirm"
_PAGES = {
    "": CONFIRM,
    "CONFIRM_SIGN_UP": CONFIRM,
    "FORGOT_PASSWORD": "/confirmForgotPassword",
    "PASSWORD": "/login/password",
    "SELECT_CHALLENGE": "/selectChallenge",
    "FIRST_EMAIL_OTP": "/verifyCode",
    "FIRST_SMS_OTP": "/verifyCode",
    "WEB_AUTHN": "/login/passkey",
    "NEW_PASSWORD_REQUIRED": "/changePassword",
    "SMS_MFA": "/mfa",
    "EMAIL_OTP": "/mfa",
    "SOFTWARE_TOKEN_MFA": "/mfa",
    "SELECT_MFA_TYPE": "/mfa/options",
    "MFA_SETUP": "/mfa/register",
}


def path_of(state: PageState) -> str:
    """The path of the page that a sign-in waits for: that of its challenge, by the challenge's role.

    Who has only the password to choose is asked for it.
    """
    if state.role == "SELECT_CHALLENGE" and factors_to_choose(state) == ("PASSWORD",):
        return _PAGES["PASSWORD"]
    return _PAGES[state.role or state.challenge]


def factors_to_choose(state: PageState) -> tuple[str, ...]:
    """The first factors that the user can choose on a page. Pages send the password itself, never by SRP."""
    return tuple(name for name in state.available if name != "PASSWORD_SRP")
