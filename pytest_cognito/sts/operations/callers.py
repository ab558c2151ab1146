"""Who makes a call."""

from __future__ import annotations

from pytest_cognito.aws.operation import operation
from pytest_cognito.sts.flows.authorization import authorization
from pytest_cognito.world import Context


@operation
def get_caller_identity(context: Context) -> dict[str, str]:
    """Tell the user, or the session of a role, whose credentials sign the call. No policy can deny it.

    Credentials that this world did not issue are those of the account's user ``testing``.
    """
    principal = authorization(context, context.caller).principal
    return {"UserId": principal.user_id, "Account": principal.account, "Arn": principal.arn}
