"""Whether Cognito Sync may assume a role of the account, and do by it what it needs to."""

from __future__ import annotations

from typing import NamedTuple

from pytest_cognito import iam
from pytest_cognito.cognito_identity import IdentityPool
from pytest_cognito.http import hosts
from pytest_cognito.world import Context

_SESSION = "cognito-sync"


class Problem(NamedTuple):
    """Why a role can't be used, and whether that lasts: not if another mock's IAM can't be reached."""

    reason: str
    lasts: bool = True


def problem(
    context: Context, pool: IdentityPool, role_arn: str, needs: tuple[str, str] | None = None
) -> Problem | None:
    """Why Cognito Sync can't use a role for a pool, None if it can; ``needs`` are an action and a resource.

    A role that neither the world nor another mock's IAM has is taken to be right: most tests have no roles. The step is
    left if another mock is asked.
    """
    from botocore.exceptions import BotoCoreError

    try:
        role = iam.find_role(context, role_arn)
    except BotoCoreError as error:
        return Problem(str(error), lasts=False)
    if role is None:
        return None
    keys = {"aws:SourceAccount": pool.account, "aws:SourceArn": pool.arn}
    name = hosts.service_principal("cognito-sync")
    # It has no account of its own here: a trust policy that names an account does not mean a service.
    service = iam.Principal(arn=name, user_id="", account="", type="Service", service=name)
    if not iam.evaluate_trust(iam.Request(service, "sts:AssumeRole", role.arn, keys), role.trust):
        return Problem(f"the trust policy of {role.arn} does not let {name} assume the role for {pool.arn}")
    if needs is None:
        return None
    action, resource = needs
    request = iam.Request(_session(role), action, resource)
    if iam.evaluate(request, iam.Policies(role.policies, role.boundary)):
        return None
    return Problem(f"the policies of {role.arn} do not allow {action} on {resource}")


def _session(role: iam.Role) -> iam.Principal:
    """The principal that the service is while it has the role."""
    partition = role.arn.split(":")[1]
    return iam.Principal(
        arn=f"arn:{partition}:sts::{role.account}:assumed-role/{role.name}/{_SESSION}",
        user_id=f"{role.id}:{_SESSION}",
        account=role.account,
        type="AssumedRole",
        role_arn=role.arn,
    )
