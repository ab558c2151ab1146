"""The lockout of a user after failed sign-ins.

After the fifth failure in a row the user is locked for a second, and for twice as long after each further one, up to 15
minutes. Attempts during the lock are refused, right or wrong, and don't count. A success, or 15 quiet minutes, end it.
"""

from __future__ import annotations

import datetime as dt

from ...world import Context
from .. import errors
from ..records import Lockout, User
from ..tables import LOCKOUTS

_FREE_FAILURES = 4
_LONGEST = dt.timedelta(minutes=15)


def check(context: Context, user: User) -> None:
    """Raise while the user is locked."""
    found = context.table(LOCKOUTS).get((user.pool_id, user.key))
    if found is not None and context.now() < found.until:
        raise errors.TOO_MANY_ATTEMPTS()


def failed(context: Context, user: User) -> None:
    """Count one more failure, for good even though the call fails."""
    now = context.now()
    found = context.table(LOCKOUTS).get((user.pool_id, user.key))
    failures = 1 if found is None or now - found.last >= _LONGEST else found.failures + 1
    context.table(LOCKOUTS).put(Lockout(user.pool_id, user.key, failures, now, now + _lock(failures)))
    context.commit()


def end(context: Context, user: User) -> None:
    """Forget the failures."""
    context.table(LOCKOUTS).delete((user.pool_id, user.key))


def _lock(failures: int) -> dt.timedelta:
    """How long the user is locked by the last of so many failures in a row."""
    beyond = failures - _FREE_FAILURES
    if beyond < 1:
        return dt.timedelta()
    return min(dt.timedelta(seconds=2 ** min(beyond - 1, 10)), _LONGEST)
