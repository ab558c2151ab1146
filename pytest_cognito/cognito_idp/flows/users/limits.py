"""Rate limits of operations by user and hour."""

from __future__ import annotations

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import HOUR, RECENT_CALLS, RecentCalls, User
from pytest_cognito.world import Context

PER_HOUR = {
    "ConfirmSignUp": 15,
    "ResendConfirmationCode": 5,
    # AWS allows 5 to 20 requests and confirmations in total, depending on the risk: this is the maximum.
    "ForgotPassword": 20,
    "ChangePassword": 5,
    "VerifyUserAttribute": 15,
    "GetUserAttributeVerificationCode": 5,
}


def count_call(context: Context, user: User, operation: str) -> None:
    """Count a call, which stays counted even if it fails; raise LimitExceededException over the limit."""
    now = context.now()
    calls = context.table(RECENT_CALLS)
    found = calls.get((user.pool_id, user.key, operation))
    recent = tuple(time for time in found.times if time > now - HOUR) if found else ()
    if len(recent) >= PER_HOUR[operation]:
        raise errors.ATTEMPT_LIMIT()
    calls.put(RecentCalls(user.pool_id, user.key, operation, (*recent, now)))
    context.commit()
