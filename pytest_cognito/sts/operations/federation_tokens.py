"""Sessions that IAM users begin for users of their own, federated users."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito import iam
from pytest_cognito.aws.arn import partition
from pytest_cognito.aws.operation import operation
from pytest_cognito.sts.flows import permissions, sessions
from pytest_cognito.sts.flows.authorization import authorization
from pytest_cognito.sts.rules import durations, sizes
from pytest_cognito.sts.rules import tags as session_tags
from pytest_cognito.sts.rules.session_policies import session_policies
from pytest_cognito.world import Context

_KIND = "GetFederationToken"
_ACTION = f"sts:{_KIND}"


@operation
def get_federation_token(
    context: Context,
    *,
    name: str,
    policy: str | None = None,
    policy_arns: Sequence[Mapping[str, str]] = (),
    duration_seconds: int | None = None,
    tags: Sequence[Mapping[str, str]] = (),
    minimum_session_token_size: int = 0,
) -> dict[str, Any]:
    """Begin a session for a federated user by the access key of an IAM user.

    It may do what both the user's policies and the session policies allow: nothing without session policies. It lasts
    twelve hours by default, and an hour at most if the root user begins it.
    """
    caller = authorization(context, context.caller)
    permissions.check_kind(context, caller, _KIND)
    principal = caller.principal
    account = principal.account
    arns = [each.get("arn", "") for each in policy_arns]
    asked = session_tags.requested(tags, ())
    arn = f"arn:{partition(context.region)}:sts::{account}:federated-user/{name}"
    for action in (_ACTION, permissions.TAG_SESSION) if tags else (_ACTION,):
        permissions.check_allowed(context, caller, action, arn, session_tags.request_keys(asked))
    given = session_policies(policy, arns, account, lambda each: iam.find_policy(context, each))
    packed = sizes.packed_size(policy, arns, asked.tags) or 0
    session = sessions.begin(
        context,
        _KIND,
        iam.Principal(arn=arn, user_id=f"{account}:{name}", account=account, type="FederatedUser"),
        durations.of_user(principal, duration_seconds),
        user_arn=None if principal.is_root else principal.arn,
        policies=(given,),
        tags=asked,
        packed_size=packed,
        minimum_token_size=minimum_session_token_size,
    )
    return {
        **sessions.answer(session, packed),
        "FederatedUser": {"FederatedUserId": session.principal.user_id, "Arn": arn},
    }
