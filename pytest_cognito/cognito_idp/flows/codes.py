"""Codes that are sent to a user and given back by him."""

from __future__ import annotations

import datetime as dt
import hmac

from ...world import Context
from .. import errors
from ..records import CODES, Code, User

DIGITS = 6
LIFETIME = {
    "SignUp": dt.timedelta(hours=24),
    "ForgotPassword": dt.timedelta(hours=1),
}


def issue(context: Context, user: User, purpose: str, attribute: str | None) -> Code:
    """A new code, in place of an earlier one for the same purpose."""
    code = Code(
        pool_id=user.pool_id,
        user=user.key,
        purpose=purpose,
        value=context.world.ids.digits(DIGITS),
        attribute=attribute,
        expires=context.now() + LIFETIME[purpose],
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
