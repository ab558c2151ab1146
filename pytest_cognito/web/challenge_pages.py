"""The page for each challenge of a sign-in."""

from __future__ import annotations

_PAGES = {
    "NEW_PASSWORD_REQUIRED": "/changePassword",
    "SMS_MFA": "/mfa",
    "EMAIL_OTP": "/mfa",
    "SOFTWARE_TOKEN_MFA": "/mfa",
    "SELECT_MFA_TYPE": "/mfa/options",
    "MFA_SETUP": "/mfa/register",
    "SELECT_CHALLENGE": "/selectChallenge",
}


def path_of(challenge: str) -> str:
    """The path of the page for a challenge, by its ChallengeName."""
    return _PAGES[challenge]
