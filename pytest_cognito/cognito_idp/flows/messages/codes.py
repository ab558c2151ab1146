"""Confirmation and verification codes: issuing and redeeming them."""

from __future__ import annotations

import datetime as dt
import hmac

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import CODES, Code, User
from pytest_cognito.world import Context

DIGITS = 6
VERIFY = {"email": "VerifyUserAttribute email", "phone_number": "VerifyUserAttribute phone_number"}
"""The purposes of codes that verify an attribute. A user can have one code for each purpose at a time."""
LIFETIME = {
    "SignUp": dt.timedelta(hours=24),
    "ForgotPassword": dt.timedelta(hours=1),
    **dict.fromkeys(VERIFY.values(), dt.timedelta(hours=24)),
}


def issue(context: Context, user: User, purpose: str, attribute: str | None, *, pending: str | None = None) -> Code:
    """Generate and store a code, which replaces an earlier one for the same purpose."""
    code = Code(
        pool_id=user.pool_id,
        user=user.key,
        purpose=purpose,
        value=context.world.ids.digits(DIGITS),
        attribute=attribute,
        expires=context.now() + LIFETIME[purpose],
        pending=pending,
    )
    context.table(CODES).put(code)
    return code


def redeem(context: Context, user: User, purpose: str, entered_code: str) -> Code:
    """Check a code that the user has entered and delete it; raise if it is wrong or expired, or if none was sent."""
    codes = context.table(CODES)
    code = codes.get((user.pool_id, user.key, purpose))
    if code is None or code.expires <= context.now():
        raise errors.CODE_EXPIRED()
    if not hmac.compare_digest(code.value.encode(), entered_code.encode()):
        raise errors.CODE_MISMATCH()
    codes.delete((user.pool_id, user.key, purpose))
    return code
