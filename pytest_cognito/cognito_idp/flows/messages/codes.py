"""Confirmation and verification codes: issuing and redeeming them."""

from __future__ import annotations

import datetime as dt
import hmac

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import CODES, AppClient, Code, User
from pytest_cognito.world import Context

DIGITS = 6
VERIFY = {"email": "VerifyUserAttribute email", "phone_number": "VerifyUserAttribute phone_number"}
"""The purposes of codes that verify an attribute. A user can have one code for each purpose at a time."""
LIFETIME = {
    "SignUp": dt.timedelta(hours=24),
    "ForgotPassword": dt.timedelta(hours=1),
    **dict.fromkeys(VERIFY.values(), dt.timedelta(hours=24)),
}


def issue(
    context: Context,
    user: User,
    purpose: str,
    attribute: str,
    *,
    pending: str | None = None,
    only_for: AppClient | None = None,
) -> Code:
    """Generate and store a code, which replaces an earlier one for the same purpose.

    It is for the ``pending`` value of the attribute, or for the current one if this is ``None``. ``only_for`` is the
    app client that it is bound to.
    """
    code = Code(
        pool_id=user.pool_id,
        user=user.key,
        purpose=purpose,
        value=context.world.ids.digits(DIGITS),
        attribute=attribute,
        address=pending or user.attributes[attribute],
        expires=context.now() + LIFETIME[purpose],
        pending=pending is not None,
        client_id=only_for.id if only_for else None,
    )
    context.table(CODES).put(code)
    return code


def redeem(context: Context, user: User, purpose: str, entered_code: str, *, client: AppClient | None = None) -> Code:
    """Check a code that the user has entered and delete it.

    Raise if it is wrong or expired, or if none was sent. To an app client, a code that is bound to another one was
    never sent.
    """
    codes = context.table(CODES)
    code = codes.get((user.pool_id, user.key, purpose))
    if code is None or code.expires <= context.now():
        raise errors.CODE_EXPIRED()
    if code.client_id is not None and (client is None or code.client_id != client.id):
        raise errors.CODE_EXPIRED()
    if not hmac.compare_digest(code.value.encode(), entered_code.encode()):
        raise errors.CODE_MISMATCH()
    codes.delete((user.pool_id, user.key, purpose))
    return code
