"""Roles and policies: ``aws_iam_role``, ``aws_iam_role_policy``, ``aws_iam_policy`` and what attaches policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources import iam_entities
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType
from pytest_cognito.infrastructure.resources.terraform.delegated import DelegatedType, document, name, tags

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class RoleType(DelegatedType):
    """A role. Its ``id`` is its name."""

    like = "AWS::IAM::Role"
    deletes_first = False  # what is attached to it has to go before
    required = frozenset(("assume_role_policy",))
    create_only = frozenset(("name", "name_prefix", "path"))
    known_as = {"arn": "Arn", "unique_id": "RoleId"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        inline = arguments.get("inline_policy") or ()
        return {
            "AssumeRolePolicyDocument": document(arguments.get("assume_role_policy")),
            "Description": arguments.get("description"),
            "ManagedPolicyArns": arguments.get("managed_policy_arns"),
            "MaxSessionDuration": arguments.get("max_session_duration"),
            "Path": arguments.get("path"),
            "PermissionsBoundary": arguments.get("permissions_boundary"),
            "Policies": [
                {"PolicyName": each["name"], "PolicyDocument": document(each["policy"])}
                for each in inline
                if each.get("policy")
            ],
            "RoleName": name(deployment, arguments),
            "Tags": tags(arguments),
        }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"name": made.physical_id}


class RolePolicyType(DelegatedType):
    """A policy inside of a role. Its ``id`` is ``role:policy``."""

    like = "AWS::IAM::RolePolicy"
    required = frozenset(("policy", "role"))
    create_only = frozenset(("name", "name_prefix", "role"))

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "PolicyDocument": document(arguments.get("policy")),
            "PolicyName": name(deployment, arguments),
            "RoleName": arguments.get("role"),
        }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        policy, _, role = made.physical_id.partition("|")
        return {"id": f"{role}:{policy}", "name": policy}


class RolePolicyAttachmentType(TerraformType):
    """A managed policy that a role has."""

    required = create_only = frozenset(("policy_arn", "role"))

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        role, arn = str(properties["role"]), str(properties["policy_arn"])
        with iam_entities.step(deployment, "AttachRolePolicy") as context:
            (entity,) = iam_entities.entities(context, {"Roles": [role]}, declared.logical_id)
            policies = iam_entities.attached(context, [arn])
            iam_entities.save(context, iam_entities.with_policies(entity, (), policies))
        return Made(f"{role}/{arn}", {})

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        role, _, arn = deployed.physical_id.partition("/")
        with iam_entities.step(deployment, "DetachRolePolicy") as context:
            entity = iam_entities.find_role(context, role)
            if entity is not None:
                iam_entities.save(context, iam_entities.with_policies(entity, [arn], ()))


class PolicyType(DelegatedType):
    """A managed policy. Its ``id`` is its ARN."""

    like = "AWS::IAM::ManagedPolicy"
    deletes_first = False  # it has to be detached before
    required = frozenset(("policy",))
    create_only = frozenset(("description", "name", "name_prefix", "path"))
    known_as = {"policy_id": "PolicyId"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "Description": arguments.get("description"),
            "ManagedPolicyName": name(deployment, arguments),
            "Path": arguments.get("path"),
            "PolicyDocument": document(arguments.get("policy")),
        }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"arn": made.physical_id, "name": made.physical_id.rpartition("/")[2]}
