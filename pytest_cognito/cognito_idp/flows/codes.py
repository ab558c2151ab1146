"""Codes that are sent to a user and given back by him."""

from __future__ import annotations

import datetime as dt
import hmac

from ...world import Context
from .. import errors
from ..records import Code, User
from ..tables import CODES

DIGITS = 6
VERIFY = {"email": "VerifyUserAttribute email", "phone_number": "VerifyUserAttribute phone_number"}
"""The purpose of a code that verifies an attribute: a user may have one for each at a time."""
LIFETIME = {
    "SignUp": dt.timedelta(hours=24),
    "ForgotPassword": dt.timedelta(hours=1),
    **dict.fromkeys(VERIFY.values(), dt.timedelta(hours=24)),
}


def issue(context: Context, user: User, purpose: str, attribute: str | None, *, pending: str | None = None) -> Code:
    """A new code, in place of an earlier one for the same purpose."""
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


def redeem(context: Context, user: User, purpose: str, given: str) -> Code:
    """The code that was given back, which is used up; raise if it is wrong, expired, or none was sent."""
    codes = context.table(CODES)
    code = codes.get((user.pool_id, user.key, purpose))
    if code is None or code.expires <= context.now():
        raise errors.CODE_EXPIRED()
    if not hmac.compare_digest(code.value.encode(), given.encode()):
        raise errors.CODE_MISMATCH()
    codes.delete((user.pool_id, user.key, purpose))
    return code


def forget(context: Context, user: User) -> None:
    """Void every code that was sent to a user."""
    for purpose in LIFETIME:
        context.table(CODES).delete((user.pool_id, user.key, purpose))
