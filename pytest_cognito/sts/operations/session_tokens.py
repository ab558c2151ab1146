"""Sessions of IAM users, by their own access keys."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws.operation import operation
from pytest_cognito.sts.flows import mfa, permissions, sessions
from pytest_cognito.sts.flows.authorization import authorization
from pytest_cognito.sts.rules import durations
from pytest_cognito.world import Context

_KIND = "GetSessionToken"


@operation
def get_session_token(
    context: Context,
    *,
    duration_seconds: int | None = None,
    serial_number: str | None = None,
    token_code: str | None = None,
    minimum_session_token_size: int = 0,
) -> dict[str, Any]:
    """Begin a session of the user whose access key signs the call, perhaps with MFA. It needs no permission.

    It lasts twelve hours by default, and an hour at most for the root user. It has the user's permissions.
    """
    caller = authorization(context, context.caller)
    permissions.check_kind(context, caller, _KIND)
    principal = caller.principal
    with_mfa = mfa.check(context, principal.arn, serial_number, token_code)
    session = sessions.begin(
        context,
        _KIND,
        principal,
        durations.of_user(principal, duration_seconds),
        user_arn=None if principal.is_root else principal.arn,
        mfa=context.now() if with_mfa else None,
        minimum_token_size=minimum_session_token_size,
    )
    return sessions.sized(session)
