"""Counters for rate limits by the hour and for failed sign-ins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema

HOUR = dt.timedelta(hours=1)
"""The sliding window in which calls are counted."""
LOCKOUT_RESET = dt.timedelta(minutes=15)
"""How long after the last failed sign-in the count of failures is reset."""


@dataclass(frozen=True, slots=True)
class RecentCalls:
    """The times within the last hour of a user's calls of a rate-limited ``operation``, oldest first."""

    pool_id: str
    user: str
    operation: str
    times: tuple[dt.datetime, ...]


@dataclass(frozen=True, slots=True)
class Lockout:
    """The consecutive failed sign-ins of a user in a region: a pool and its replica count for themselves.

    ``failures`` is their number, ``last`` the time of the last one; sign-ins are refused before ``until``.
    """

    pool_id: str
    user: str
    region: str
    failures: int
    last: dt.datetime
    until: dt.datetime


RECENT_CALLS: Schema[RecentCalls] = Schema(
    "cognito-idp/recent-calls",
    key=lambda calls: (calls.pool_id, calls.user, calls.operation),
    owners={USERS: lambda calls: (calls.pool_id, calls.user)},
    expires=lambda calls: calls.times[-1] + HOUR,
)
LOCKOUTS: Schema[Lockout] = Schema(
    "cognito-idp/lockouts",
    key=lambda lockout: (lockout.pool_id, lockout.user, lockout.region),
    owners={USERS: lambda lockout: (lockout.pool_id, lockout.user)},
    expires=lambda lockout: lockout.last + LOCKOUT_RESET,
)
