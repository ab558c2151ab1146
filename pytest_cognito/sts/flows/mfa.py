"""MFA of IAM users in requests of STS: SerialNumber and TokenCode."""

from __future__ import annotations

from pytest_cognito import iam
from pytest_cognito.sts import errors
from pytest_cognito.world import Context


def check(context: Context, user_arn: str, serial_number: str | None, token_code: str | None) -> dict[str, str]:
    """The condition keys of a request with a right code of a device of the user; none without a device.

    Raises ``AccessDenied`` for another code, or another device.
    """
    if serial_number is None and token_code is None:
        return {}
    if serial_number is None or token_code is None:
        raise errors.MFA_INCOMPLETE()
    if not iam.use_mfa_code(context, user_arn, serial_number, token_code):
        raise errors.MFA_FAILED()
    return {"aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0"}
