"""The lockout of a user after failed sign-ins.

The fifth consecutive failure locks the user out for one second. Each further failure doubles the time, up to 15
minutes. During the lockout every attempt is refused, even with the correct password, and does not count. A successful
sign-in or 15 minutes without a failure reset the count.
"""

from __future__ import annotations

import datetime as dt

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import LOCKOUT_RESET, LOCKOUTS, Lockout, User
from pytest_cognito.world import Context

_FREE_FAILURES = 4
_MAX_LOCKOUT = LOCKOUT_RESET


def check(context: Context, user: User) -> None:
    """Raise while the user is locked out."""
    found = context.table(LOCKOUTS).get((user.pool_id, user.key, context.region))
    if found is not None and context.now() < found.until:
        raise errors.TOO_MANY_ATTEMPTS()


def count_failure(context: Context, user: User) -> None:
    """Count a failed sign-in. It stays counted although the call fails."""
    now = context.now()
    found = context.table(LOCKOUTS).get((user.pool_id, user.key, context.region))
    failures = 1 if found is None or now - found.last >= _MAX_LOCKOUT else found.failures + 1
    context.table(LOCKOUTS).put(
        Lockout(user.pool_id, user.key, context.region, failures, now, now + _lockout_time(failures))
    )
    context.commit()


def reset(context: Context, user: User) -> None:
    """Reset the count of failures."""
    context.table(LOCKOUTS).delete((user.pool_id, user.key, context.region))


def _lockout_time(failures: int) -> dt.timedelta:
    """How long the last of a number of consecutive failures locks the user out."""
    beyond = failures - _FREE_FAILURES
    if beyond < 1:
        return dt.timedelta()
    return min(dt.timedelta(seconds=2 ** min(beyond - 1, 10)), _MAX_LOCKOUT)
