"""Root users of member accounts, for privileged tasks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_cognito import iam
from pytest_cognito.aws.arn import partition
from pytest_cognito.aws.operation import operation
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows import permissions, sessions
from pytest_cognito.sts.flows.authorization import authorization
from pytest_cognito.sts.rules import root_tasks
from pytest_cognito.world import Context

_KIND = "AssumeRoot"
_ACTION = f"sts:{_KIND}"
_TARGET = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):root|(\d{12})", re.ASCII)


@operation
def assume_root(
    context: Context,
    *,
    target_principal: str,
    task_policy_arn: Mapping[str, str],
    duration_seconds: int = root_tasks.MOST_SECONDS,
    minimum_session_token_size: int = 0,
) -> dict[str, Any]:
    """Begin a session of the root user of a member account for one privileged task, for 15 minutes at most.

    The account of the world is the management account of an organization, of which all others are members, with root
    access centralized. The global endpoint does not have the operation, and root users may not call it.
    """
    caller = authorization(context, context.caller)
    permissions.check_kind(context, caller, _KIND)
    if caller.principal.is_root:
        raise errors.ROOT_CREDENTIALS(operation=_KIND)
    account = _account(target_principal)
    arn = task_policy_arn.get("arn", "")
    task = root_tasks.policy(arn)
    if task is None:
        raise errors.TASK_POLICY_INVALID(arn=arn)
    root = f"arn:{partition(context.region)}:iam::{account}:root"
    permissions.check_allowed(context, caller, _ACTION, root, {"sts:TaskPolicyArn": arn})
    if caller.principal.account != context.account or account == context.account:
        refused = permissions.refusal(caller, _ACTION, root)
        raise refused from iam.Refused(f"{context.account} is the management account, all others are member accounts")
    source = None if caller.session is None else caller.session.source_identity
    session = sessions.begin(
        context,
        _KIND,
        iam.Principal(arn=root, user_id=account, account=account, type="Account"),
        duration_seconds,
        policies=((iam.everything(), task),),
        source_identity=source,
        keys={"aws:AssumedRoot": "true"},
        minimum_token_size=minimum_session_token_size,
    )
    return {**sessions.sized(session), "SourceIdentity": source}


def _account(target: str) -> str:
    """The account of a root user, by its number or the user's ARN."""
    found = _TARGET.fullmatch(target)
    if found is None:
        raise errors.TARGET_INVALID(target=target)
    return found[1] or found[2]
