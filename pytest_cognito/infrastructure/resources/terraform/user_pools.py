"""``aws_cognito_user_pool``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.http import hosts
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform import user_pool_mfa
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType
from pytest_cognito.infrastructure.resources.terraform.errors import SCHEMA_CHANGED
from pytest_cognito.infrastructure.resources.terraform.shapes import block

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_DESCRIBED = {
    "creation_date": "CreationDate",
    "custom_domain": "CustomDomain",
    "domain": "Domain",
    "estimated_number_of_users": "EstimatedNumberOfUsers",
    "last_modified_date": "LastModifiedDate",
    "user_pool_tier": "UserPoolTier",
}
"""The attributes that AWS alone knows: by its member."""
_CONFIGURED_BY_SET_MFA = "MfaConfiguration"


class UserPoolType(TerraformType):
    """A user pool. MFA, passkeys and messages of e-mail MFA follow in a second call, if there are any."""

    deletes_first = False  # what is in it has to go before
    required = frozenset(("name",))
    create_only = frozenset(("alias_attributes", "username_attributes", "username_configuration"))
    creates, updates, deletes = "CreateUserPool", "UpdateUserPool", "DeleteUserPool"
    names = {  # noqa: RUF012 - ClassVar of the base
        "From": "from_email_address",
        "PoolName": "name",
        "RecoveryMechanisms": "recovery_mechanism",
        "UserPoolTags": "tags_all",
    }

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        request = super().request(operation, {"deletion_protection": "INACTIVE", **properties})
        request.pop(_CONFIGURED_BY_SET_MFA, None)
        policies = super().request(operation, {"policies": _policies(properties)})
        return {**request, **policies}

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, properties)
        mfa = user_pool_mfa.request(properties)
        if mfa:
            deployment.call("SetUserPoolMfaConfig", UserPoolId=made.physical_id, **mfa)
        return made

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        pool_id = deployed.physical_id
        added = list(_added(deployed.properties, properties))
        if user_pool_mfa.differ(deployed.properties, properties):
            mfa = user_pool_mfa.request(properties) or {"MfaConfiguration": "OFF"}
            deployment.call("SetUserPoolMfaConfig", UserPoolId=pool_id, **mfa)
        request = self.request(self.updates, properties)
        request.pop("UserPoolTags", None)
        deployment.call(self.updates, **request, UserPoolId=pool_id)
        self._tag(deployment, properties, deployed)
        if added:
            attributes = self.request(self.creates, {"schema": added})["Schema"]
            deployment.call("AddCustomAttributes", UserPoolId=pool_id, CustomAttributes=attributes)
        return Made(pool_id, deployed.attributes)

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:
        if name in _DESCRIBED and deployed.properties.get(name) is None:
            answer = deployment.call("DescribeUserPool", UserPoolId=deployed.physical_id)["UserPool"]
            return answer.get(_DESCRIBED[name], "")
        return super().attribute(deployment, deployed, name)

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": deployed.physical_id}

    def made(self, deployment: Deployment, properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        pool = answer["UserPool"]
        endpoint = f"{hosts.endpoint('cognito-idp', deployment.region)}/{pool['Id']}"
        return Made(pool["Id"], {"id": pool["Id"], "arn": pool["Arn"], "endpoint": endpoint})

    @staticmethod
    def _tag(deployment: Deployment, properties: Mapping[str, Any], deployed: Deployed) -> None:
        """Tags are changed by operations of their own: an update does not send them."""
        before, after = (each.get("tags_all") or {} for each in (deployed.properties, properties))
        arn = deployed.attributes["arn"]
        gone = sorted(before.keys() - after.keys())
        changed = {name: value for name, value in after.items() if before.get(name) != value}
        if gone:
            deployment.call("UntagResource", ResourceArn=arn, TagKeys=gone)
        if changed:
            deployment.call("TagResource", ResourceArn=arn, Tags=changed)


def _policies(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The policies of a request. Of a password policy everything is sent, numbers that are not set as 0."""
    policies: dict[str, Any] = {}
    password, sign_in = block(properties, "password_policy"), block(properties, "sign_in_policy")
    if password is not None:
        sent = {name: value for name, value in password.items() if value}
        policies["password_policy"] = {"minimum_length": 0, "password_history_size": 0, **sent}
    if sign_in is not None:
        policies["sign_in_policy"] = sign_in
    return policies


def _added(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The attributes that a change adds to the schema. Others cannot be changed."""
    old, new = ([_without_empty(each) for each in one.get("schema") or ()] for one in (before, after))
    if any(each not in new for each in old):
        raise SCHEMA_CHANGED()
    yield from (each for each in new if each not in old)


def _without_empty(attribute: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attribute.items() if value not in (None, [], "", False)}
