"""``AWS::Cognito::UserPoolReplica`` and ``AWS::Cognito::UserPoolRegionalConfigurationAttachment``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pytest_cognito.aws.model import Shape
from pytest_cognito.infrastructure.properties import checked, members
from pytest_cognito.infrastructure.resource_type import Made, ResourceType
from pytest_cognito.infrastructure.resources.modelled import Modelled
from pytest_cognito.infrastructure.resources.user_pools import change_tags

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_OF_A_REGION = ("EmailConfiguration", "LambdaConfig", "SmsConfiguration", "UserPoolTags")


class UserPoolReplicaType(Modelled):
    """The replica of a user pool in another region."""

    required = frozenset(("RegionName", "UserPoolId"))
    create_only = frozenset(("RegionName", "UserPoolId", "UserPoolTagsAtCreate"))
    creates = "CreateUserPoolReplica"
    deletes = "DeleteUserPoolReplica"
    renamed: ClassVar[Mapping[str, str]] = {"UserPoolTagsAtCreate": "UserPoolTags"}

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {name: str(deployed.properties[name]) for name in ("UserPoolId", "RegionName")}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(f"{given['UserPoolId']}|{given['RegionName']}", {})


class UserPoolRegionalConfigurationAttachmentType(ResourceType):
    """What a user pool has for itself in the region of the stack, be it the pool's own or that of its replica.

    The template of a pool says nothing of these settings then. When the resource is deleted, the settings stay.
    """

    required = frozenset(("UserPoolId",))
    create_only = frozenset(("UserPoolId",))

    def properties(self) -> Mapping[str, Shape]:
        """The properties by name."""
        of_pool = members("cognito-idp", "UpdateUserPool")
        status = members("cognito-idp", "UpdateUserPoolReplica")["Status"]
        return {**{name: of_pool[name] for name in ("UserPoolId", *_OF_A_REGION)}, "Status": status}

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        return self._set(deployment, given, {})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        before = checked(deployed.properties, self.properties(), self.required)
        return self._set(deployment, checked(properties, self.properties(), self.required), before)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        """Forget the resource; the settings stay as they are (what AWS does is not known)."""

    def _set(self, deployment: Deployment, given: Mapping[str, Any], before: Mapping[str, Any]) -> Made:
        pool_id = given["UserPoolId"]
        pool = deployment.call("DescribeUserPool", UserPoolId=pool_id)["UserPool"]
        changed = {name: given[name] for name in _OF_A_REGION if name in given and name != "UserPoolTags"}
        if changed:
            kept = {name: pool[name] for name in members("cognito-idp", "UpdateUserPool") if name in pool}
            # It is in the password policy, and the older name beside it is refused.
            kept.get("AdminCreateUserConfig", {}).pop("UnusedAccountValidityDays", None)
            kept.pop("MfaConfiguration", None)
            deployment.call("UpdateUserPool", UserPoolId=pool_id, **{**kept, **changed})
        if "UserPoolTags" in given or "UserPoolTags" in before:
            change_tags(deployment, pool["Arn"], before.get("UserPoolTags"), given.get("UserPoolTags"))
        if "Status" in given:
            region = deployment.region
            deployment.call("UpdateUserPoolReplica", UserPoolId=pool_id, RegionName=region, Status=given["Status"])
        return Made(pool_id, {})
