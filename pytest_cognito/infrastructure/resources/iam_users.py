"""``AWS::IAM::User`` and ``AWS::IAM::AccessKey``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_cognito import iam
from pytest_cognito.infrastructure.errors import refusals
from pytest_cognito.infrastructure.properties import JSON, NUMBER, TAGS, TEXT, TEXTS, checked, own, tags
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources import iam_entities
from pytest_cognito.infrastructure.resources.iam_entities import OwnProperties
from pytest_cognito.kernel.errors import Unsupported

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class UserType(OwnProperties):
    """An IAM user."""

    create_only = frozenset(("UserName",))
    declared_properties = own(
        Groups=TEXTS,
        LoginProfile=JSON,
        ManagedPolicyArns=TEXTS,
        Path=TEXT,
        PermissionsBoundary=TEXT,
        Policies=iam_entities.POLICIES,
        Tags=TAGS,
        UserName=TEXT,
    )

    def read(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """The properties of a user; raises for what nobody does here."""
        given = checked(properties, self.properties(), self.required)
        for name in ("Groups", "LoginProfile"):
            if given.get(name):
                raise Unsupported(f"pytest-cognito does not know {name} of an IAM user yet")
        return given

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = self.read(properties)
        name = given.get("UserName") or iam_entities.made_up_name(deployment, declared.logical_id)
        with iam_entities.step(deployment, "CreateUser") as context:
            policies = iam_entities.own_policies(context, given)
            boundary = iam_entities.attached(context, filter(None, [given.get("PermissionsBoundary")]))
            if iam_entities.find_user(context, name) is not None:
                raise refusals.USER_EXISTS(name=name)
            user = iam.create_user(
                context,
                name,
                policies=policies,
                boundary=boundary[0] if boundary else None,
                tags=tags(given.get("Tags")),
                path=given.get("Path", "/"),
            )
        return Made(user.name, {"Arn": user.arn})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = self.read(properties)
        if given.get("Path") != deployed.properties.get("Path"):
            raise Unsupported(f"pytest-cognito does not change the Path of {declared.logical_id}, an IAM user, yet")
        with iam_entities.step(deployment, "UpdateUser") as context:
            policies = iam_entities.own_policies(context, given)
            boundary = iam_entities.attached(context, filter(None, [given.get("PermissionsBoundary")]))
            user = iam_entities.find_user(context, deployed.physical_id)
            if user is None:
                raise refusals.USER_NOT_FOUND(name=deployed.physical_id)
            changed = replace(user, boundary=boundary[0] if boundary else None, tags=tags(given.get("Tags")))
            removed = iam_entities.own_names(deployed.properties)
            iam_entities.save(context, iam_entities.with_policies(changed, removed, policies))
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with iam_entities.step(deployment, "DeleteUser") as context:
            user = iam_entities.find_user(context, deployed.physical_id)
            if user is not None:
                iam_entities.check_deletable(user, iam_entities.own_names(deployed.properties))
                context.table(iam.USERS).delete(user.arn)


class AccessKeyType(OwnProperties):
    """An access key of an IAM user. A higher Serial replaces it."""

    required = frozenset(("UserName",))
    create_only = frozenset(("Serial", "UserName"))
    declared_properties = own(Serial=NUMBER, Status=TEXT, UserName=TEXT)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = self._read(declared, properties)
        with iam_entities.step(deployment, "CreateAccessKey") as context:
            user = iam_entities.find_user(context, given["UserName"])
            if user is None:
                raise refusals.USER_NOT_FOUND(name=given["UserName"])
            key = iam.create_access_key(context, user)
        return Made(key.id, {"Id": key.id, "SecretAccessKey": key.secret})

    def update(
        self,
        deployment: Deployment,
        declared: Declared,
        properties: Mapping[str, Any],
        deployed: Deployed,
    ) -> Made:
        self._read(declared, properties)
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with iam_entities.step(deployment, "DeleteAccessKey") as context:
            keys = context.table(iam.ACCESS_KEYS)
            if keys.get(deployed.physical_id) is not None:
                keys.delete(deployed.physical_id)

    def _read(self, declared: Declared, properties: Mapping[str, Any]) -> dict[str, Any]:
        given = checked(properties, self.properties(), self.required)
        if given.get("Status", "Active") != "Active":
            raise Unsupported(f"pytest-cognito has no inactive access keys yet: {declared.logical_id}")
        return given
