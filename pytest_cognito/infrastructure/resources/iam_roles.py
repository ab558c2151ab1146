"""``AWS::IAM::Role``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito import iam
from pytest_cognito.infrastructure.errors import refusals
from pytest_cognito.infrastructure.properties import JSON, NUMBER, TAGS, TEXT, TEXTS, checked, own, tags
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources import iam_entities
from pytest_cognito.infrastructure.resources.iam_entities import OwnProperties
from pytest_cognito.world import Context

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_LONGEST_SESSION: Final = 3600
"""The default of MaxSessionDuration, in seconds."""


class RoleType(OwnProperties):
    """A role of the account, for identity pools, STS and functions; another mock's IAM knows nothing of it."""

    required = frozenset(("AssumeRolePolicyDocument",))
    create_only = frozenset(("Path", "RoleName"))
    declared_properties = own(
        AssumeRolePolicyDocument=JSON,
        Description=TEXT,
        ManagedPolicyArns=TEXTS,
        MaxSessionDuration=NUMBER,
        Path=TEXT,
        PermissionsBoundary=TEXT,
        Policies=iam_entities.POLICIES,
        RoleName=TEXT,
        Tags=TAGS,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        name = given.get("RoleName") or iam_entities.made_up_name(deployment, declared.logical_id)
        with iam_entities.step(deployment, "CreateRole") as context:
            settings = _settings(context, name, given)
            policies = iam_entities.own_policies(context, given)
            if iam_entities.find_role(context, name) is not None:
                raise refusals.ROLE_EXISTS(name=name)
            role = iam.create_role(context, name, **settings, policies=policies, path=given.get("Path", "/"))
        return Made(role.name, {"Arn": role.arn, "RoleId": role.id})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        name = deployed.physical_id
        with iam_entities.step(deployment, "UpdateRole") as context:
            settings = _settings(context, name, given)
            policies = iam_entities.own_policies(context, given)
            role = iam_entities.find_role(context, name)
            if role is None:
                raise refusals.ROLE_NOT_FOUND(name=name)
            changed = replace(role, **settings)
            removed = iam_entities.own_names(deployed.properties)
            iam_entities.save(context, iam_entities.with_policies(changed, removed, policies))
        return Made(name, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with iam_entities.step(deployment, "DeleteRole") as context:
            role = iam_entities.find_role(context, deployed.physical_id)
            if role is not None:
                iam_entities.check_deletable(role, iam_entities.own_names(deployed.properties))
                context.table(iam.ROLES).delete(role.arn)


def _settings(context: Context, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    trust = iam_entities.parsed(given["AssumeRolePolicyDocument"], trust=True)
    boundary = given.get("PermissionsBoundary")
    return {
        "trust": iam.NamedPolicy(f"the trust policy of {name}", trust),
        "boundary": iam_entities.attached(context, [boundary])[0] if boundary else None,
        "max_session": given.get("MaxSessionDuration", _LONGEST_SESSION),
        "tags": tags(given.get("Tags")),
    }
