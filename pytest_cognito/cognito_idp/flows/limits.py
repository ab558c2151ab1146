"""What a user may do only so many times an hour."""

from __future__ import annotations

import datetime as dt

from ...world import Context
from .. import errors
from ..records import Attempts, User
from ..tables import ATTEMPTS

PER_HOUR = {
    "ConfirmSignUp": 15,
    "ResendConfirmationCode": 5,
    # AWS allows 5 to 20 requests and confirmations together, by risk: this is the most.
    "ForgotPassword": 20,
    "ChangePassword": 5,
    "VerifyUserAttribute": 15,
    "GetUserAttributeVerificationCode": 5,
}
_HOUR = dt.timedelta(hours=1)


def spend(context: Context, user: User, what: str) -> None:
    """Count one more, for good even if the call fails; raise if there was none left."""
    now = context.now()
    attempts = context.table(ATTEMPTS)
    found = attempts.get((user.pool_id, user.key, what))
    recent = tuple(moment for moment in found.moments if moment > now - _HOUR) if found else ()
    if len(recent) >= PER_HOUR[what]:
        raise errors.ATTEMPT_LIMIT()
    attempts.put(Attempts(user.pool_id, user.key, what, (*recent, now)))
    context.commit()


def forget(context: Context, user: User) -> None:
    """Forget what a user did."""
    for what in PER_HOUR:
        context.table(ATTEMPTS).delete((user.pool_id, user.key, what))
