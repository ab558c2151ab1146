"""Roles: creating and finding them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pytest_cognito.aws.arn import partition
from pytest_cognito.iam import elsewhere, identifiers
from pytest_cognito.iam.policies.documents import NamedPolicy
from pytest_cognito.iam.records import ROLES, Role
from pytest_cognito.world import Context

DEFAULT_SESSION = 3600
"""How long a session of a role lasts, in seconds, and the default of the longest."""


def create_role(
    context: Context,
    name: str,
    *,
    trust: NamedPolicy,
    policies: Sequence[NamedPolicy] = (),
    boundary: NamedPolicy | None = None,
    max_session: int = DEFAULT_SESSION,
    tags: Mapping[str, str] | None = None,
    path: str = "/",
    account: str | None = None,
) -> Role:
    """Create a role, or replace the one with its ARN; ``account`` is by default that of the call."""
    owner = account or context.account
    role = Role(
        arn=f"arn:{partition(context.region)}:iam::{owner}:role{path}{name}",
        name=name,
        id=identifiers.unique_id(context, "AROA"),
        account=owner,
        trust=trust,
        policies=tuple(policies),
        boundary=boundary,
        max_session=max_session,
        tags=dict(tags or {}),
        created=context.now(),
    )
    context.table(ROLES).put(role)
    return role


def find_role(context: Context, arn: str) -> Role | None:
    """The role with an ARN: the world's, or that of another mock's IAM, for which the step is left for a while."""
    return context.table(ROLES).get(arn) or elsewhere.role(context, arn)
