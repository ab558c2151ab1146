"""Roles and users of IAM and the policies that they have: what several types of IAM do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito import iam
from pytest_cognito.aws.model import Shape
from pytest_cognito.infrastructure.errors import refusals
from pytest_cognito.infrastructure.properties import JSON, TEXT
from pytest_cognito.infrastructure.resource_type import ResourceType
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import Context

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment

Entity = iam.Role | iam.User

POLICIES: Final[Mapping[str, Any]] = {
    "type": "list",
    "member": {"type": "structure", "members": {"PolicyName": TEXT, "PolicyDocument": JSON}},
}
"""Inline policies of a role or a user."""
NO_GROUPS: Final = "pytest-cognito has no groups of IAM users yet: attach the policy of {} to roles or users"

_LONGEST_NAME = 64
_SUFFIX = 13
_MANAGED = "arn:"


class OwnProperties(ResourceType):
    """A type whose properties are in no model."""

    declared_properties: Mapping[str, Shape]

    def properties(self) -> Mapping[str, Shape]:
        """The properties by name, with the shapes of what they hold."""
        return self.declared_properties


def step(deployment: Deployment, name: str) -> AbstractContextManager[Context]:
    """An atomic step in the world's IAM."""
    return deployment.world.handle_step(name, deployment.region)


def made_up_name(deployment: Deployment, logical_id: str) -> str:
    """The name of a role, a user or a policy without one, of at most 64 characters."""
    name = deployment.physical_name(logical_id)
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - _SUFFIX] + name[-_SUFFIX:]


def parsed(document: Any, *, trust: bool = False) -> iam.Policy:
    """A policy document; raises the error of IAM for a malformed one."""
    try:
        policy = iam.parse(document, trust=trust)
        if trust:
            iam.check_new_trust(policy)
    except iam.MalformedPolicy as error:
        raise refusals.POLICY_MALFORMED(reason=error.advice) from error
    return policy


def find_role(context: Context, name: str) -> iam.Role | None:
    """The role with a name in the account of the call, whatever the case and the path."""
    return next((role for role in context.table(iam.ROLES) if _is_called(context, role, name)), None)


def find_user(context: Context, name: str) -> iam.User | None:
    """The user with a name in the account of the call."""
    return next((user for user in context.table(iam.USERS) if _is_called(context, user, name)), None)


def _is_called(context: Context, entity: Entity, name: str) -> bool:
    return entity.account == context.account and entity.name.lower() == name.lower()


def entities(context: Context, properties: Mapping[str, Any], logical_id: str) -> list[Entity]:
    """The roles and users that a policy names; raises the error of IAM for one that is not there."""
    if properties.get("Groups"):
        raise Unsupported(NO_GROUPS.format(logical_id))
    found: list[Entity] = []
    for name in properties.get("Roles") or ():
        role = find_role(context, name)
        if role is None:
            raise refusals.ROLE_NOT_FOUND(name=name)
        found.append(role)
    for name in properties.get("Users") or ():
        user = find_user(context, name)
        if user is None:
            raise refusals.USER_NOT_FOUND(name=name)
        found.append(user)
    return found


def attached(context: Context, arns: Iterable[str]) -> list[iam.NamedPolicy]:
    """The managed policies with some ARNs; raises the error of IAM for one that is not there."""
    found = []
    for arn in arns:
        policy = iam.attached_policy(context, arn)
        if policy is None:
            raise refusals.POLICY_NOT_FOUND(arn=arn)
        found.append(policy)
    return found


def own_policies(context: Context, given: Mapping[str, Any]) -> list[iam.NamedPolicy]:
    """What a role or a user has by its own properties: inline and managed policies."""
    inline = [iam.NamedPolicy(one["PolicyName"], parsed(one["PolicyDocument"])) for one in given.get("Policies", ())]
    return inline + attached(context, given.get("ManagedPolicyArns", ()))


def own_names(given: Mapping[str, Any]) -> set[str]:
    """The names and ARNs of those policies."""
    return {one["PolicyName"] for one in given.get("Policies") or ()} | set(given.get("ManagedPolicyArns") or ())


def with_policies(entity: Entity, removed: Iterable[str], added: Sequence[iam.NamedPolicy]) -> Entity:
    """A role or a user without some policies, and with others, each in the place of one of its name."""
    gone = {*removed, *(policy.name for policy in added)}
    kept = tuple(policy for policy in entity.policies if policy.name not in gone)
    return replace(entity, policies=(*kept, *added))


def save(context: Context, entity: Entity) -> None:
    """Put a role or a user into its table."""
    if isinstance(entity, iam.Role):
        context.table(iam.ROLES).put(entity)
    else:
        context.table(iam.USERS).put(entity)


def check_deletable(entity: Entity, own: Iterable[str]) -> None:
    """Raise the error of IAM for a role or a user with policies that are not of its own properties."""
    left = [policy.name for policy in entity.policies if policy.name not in set(own)]
    if any(name.startswith(_MANAGED) for name in left):
        raise refusals.POLICIES_ATTACHED()
    if left:
        raise refusals.POLICIES_LEFT()
