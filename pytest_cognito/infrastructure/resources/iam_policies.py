"""``AWS::IAM::Policy``, ``AWS::IAM::RolePolicy``, ``AWS::IAM::UserPolicy`` and ``AWS::IAM::ManagedPolicy``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_cognito import iam
from pytest_cognito.infrastructure.errors import refusals
from pytest_cognito.infrastructure.properties import JSON, TEXT, TEXTS, checked, own
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources import iam_entities
from pytest_cognito.infrastructure.resources.iam_entities import OwnProperties
from pytest_cognito.world import Context

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class PolicyType(OwnProperties):
    """A policy that becomes an inline policy of roles and users."""

    required = frozenset(("PolicyDocument", "PolicyName"))
    declared_properties = own(Groups=TEXTS, PolicyDocument=JSON, PolicyName=TEXT, Roles=TEXTS, Users=TEXTS)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        with iam_entities.step(deployment, "PutPolicy") as context:
            self._put(context, declared.logical_id, given)
        return self.made(deployment, declared, given)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        with iam_entities.step(deployment, "PutPolicy") as context:
            _remove(context, self.holders(deployed.properties), str(deployed.properties["PolicyName"]))
            self._put(context, declared.logical_id, given)
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with iam_entities.step(deployment, "DeletePolicy") as context:
            _remove(context, self.holders(deployed.properties), str(deployed.properties["PolicyName"]))

    def holders(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Who has the policy: ``Roles`` and ``Users``, by name."""
        return {kind: given[kind] for kind in ("Groups", "Roles", "Users") if given.get(kind)}

    def made(self, deployment: Deployment, declared: Declared, given: Mapping[str, Any]) -> Made:
        """What Ref and GetAtt give of a new one."""
        name = iam_entities.made_up_name(deployment, declared.logical_id)
        return Made(name, {"Id": name})

    def _put(self, context: Context, logical_id: str, given: Mapping[str, Any]) -> None:
        policy = iam.NamedPolicy(given["PolicyName"], iam_entities.parsed(given["PolicyDocument"]))
        for entity in iam_entities.entities(context, self.holders(given), logical_id):
            iam_entities.save(context, iam_entities.with_policies(entity, (), [policy]))


class RolePolicyType(PolicyType):
    """An inline policy of one role."""

    required = frozenset(("PolicyDocument", "PolicyName", "RoleName"))  # IAM wants the document, the type does not
    create_only = frozenset(("PolicyName", "RoleName"))
    declared_properties = own(PolicyDocument=JSON, PolicyName=TEXT, RoleName=TEXT)

    def holders(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"Roles": [given["RoleName"]]}

    def made(self, deployment: Deployment, declared: Declared, given: Mapping[str, Any]) -> Made:
        return Made(f"{given['PolicyName']}|{given['RoleName']}", {})


class UserPolicyType(PolicyType):
    """An inline policy of one user."""

    required = frozenset(("PolicyDocument", "PolicyName", "UserName"))
    create_only = frozenset(("PolicyName", "UserName"))
    declared_properties = own(PolicyDocument=JSON, PolicyName=TEXT, UserName=TEXT)

    def holders(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"Users": [given["UserName"]]}

    def made(self, deployment: Deployment, declared: Declared, given: Mapping[str, Any]) -> Made:
        return Made(f"{given['PolicyName']}|{given['UserName']}", {})


class ManagedPolicyType(OwnProperties):
    """A managed policy of the account, attached to roles and users."""

    required = frozenset(("PolicyDocument",))
    create_only = frozenset(("Description", "ManagedPolicyName", "Path"))
    declared_properties = own(
        Description=TEXT,
        Groups=TEXTS,
        ManagedPolicyName=TEXT,
        Path=TEXT,
        PolicyDocument=JSON,
        Roles=TEXTS,
        Users=TEXTS,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        name = given.get("ManagedPolicyName") or iam_entities.made_up_name(deployment, declared.logical_id)
        document = iam_entities.parsed(given["PolicyDocument"])
        with iam_entities.step(deployment, "CreatePolicy") as context:
            _check_new(context, name)
            created = iam.create_managed_policy(context, name, document, path=given.get("Path", "/"))
            for entity in iam_entities.entities(context, given, declared.logical_id):
                iam_entities.save(context, iam_entities.with_policies(entity, (), [created.policy]))
        attributes = {"PolicyArn": created.arn, "PolicyId": created.id, "DefaultVersionId": "v1", "IsAttachable": True}
        return Made(created.arn, attributes)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        arn = deployed.physical_id
        policy = iam.NamedPolicy(arn, iam_entities.parsed(given["PolicyDocument"]))
        with iam_entities.step(deployment, "CreatePolicyVersion") as context:
            table = context.table(iam.MANAGED_POLICIES)
            current = table.get(arn)
            if current is None:
                raise refusals.POLICY_NOT_FOUND(arn=arn)
            table.put(replace(current, policy=policy))
            _remove(context, deployed.properties, arn)
            for entity in (*context.table(iam.ROLES), *context.table(iam.USERS)):
                if any(each.name == arn for each in entity.policies):
                    iam_entities.save(context, iam_entities.with_policies(entity, (), [policy]))
            for entity in iam_entities.entities(context, given, declared.logical_id):
                iam_entities.save(context, iam_entities.with_policies(entity, (), [policy]))
        version = int(str(deployed.attributes["DefaultVersionId"])[1:]) + 1
        return Made(arn, {**deployed.attributes, "DefaultVersionId": f"v{version}"})

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        arn = deployed.physical_id
        with iam_entities.step(deployment, "DeletePolicy") as context:
            _remove(context, deployed.properties, arn)
            holders = (*context.table(iam.ROLES), *context.table(iam.USERS))
            if any(policy.name == arn for entity in holders for policy in entity.policies):
                raise refusals.POLICY_ATTACHED()
            context.table(iam.MANAGED_POLICIES).delete(arn)


def _remove(context: Context, holders: Mapping[str, Any], name: str) -> None:
    """Take a policy from the roles and users that have it, as far as they are there."""
    roles = (iam_entities.find_role(context, str(each)) for each in holders.get("Roles") or ())
    users = (iam_entities.find_user(context, str(each)) for each in holders.get("Users") or ())
    for entity in (*roles, *users):
        if entity is not None:
            iam_entities.save(context, iam_entities.with_policies(entity, [name], ()))


def _check_new(context: Context, name: str) -> None:
    for policy in context.table(iam.MANAGED_POLICIES):
        if policy.arn.split(":")[4] == context.account and policy.arn.rpartition("/")[2] == name:
            raise refusals.POLICY_EXISTS(name=name)
