"""Credentials for what a user or a role has delegated."""

from __future__ import annotations

from typing import Any

from pytest_cognito import iam
from pytest_cognito.aws.operation import operation
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows import assuming, permissions, sessions
from pytest_cognito.sts.flows.authorization import authorization, find_user, principal_of
from pytest_cognito.world import Context

_KIND = "GetDelegatedAccessToken"


@operation
def get_delegated_access_token(context: Context, *, trade_in_token: str) -> dict[str, Any]:
    """Trade the token of a delegation in for credentials of the user or the role that has delegated something.

    They allow what was delegated, as far as the user or the role is allowed it, until the delegation ends.
    """
    caller = authorization(context, context.caller)
    permissions.check_kind(context, caller, _KIND)
    permissions.check_allowed(context, caller, f"sts:{_KIND}")
    delegation = context.table(iam.DELEGATIONS).get(trade_in_token)
    principal = None if delegation is None else _principal(context, delegation)
    if delegation is None or principal is None:
        raise errors.TRADE_IN_UNKNOWN()
    now = context.now().replace(microsecond=0)
    if delegation.expires <= now:
        raise errors.TRADE_IN_EXPIRED()
    session = sessions.begin(
        context,
        _KIND,
        principal,
        int((delegation.expires - now).total_seconds()),
        user_arn=None if principal.role_arn else principal.arn,
        policies=(delegation.policies,),
    )
    return {"Credentials": sessions.credentials(session), "AssumedPrincipal": delegation.principal_arn}


def _principal(context: Context, delegation: iam.Delegation) -> iam.Principal | None:
    """Who makes the calls: a session of the role, or the user; None if they no longer exist."""
    arn = delegation.principal_arn
    role = iam.find_role(context, arn)
    if role is not None:
        return assuming.assumed_role(role, delegation.id)
    user = find_user(context, arn)
    return None if user is None else principal_of(user)
