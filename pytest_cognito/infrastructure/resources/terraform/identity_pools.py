"""``aws_cognito_identity_pool`` and what is set for one: its roles, and the tags of its users' sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform import errors
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_ID = "IdentityPoolId"


class IdentityPoolType(TerraformType):
    """An identity pool. An update is a whole one: what is not configured is gone."""

    service = "cognito-identity"
    required = frozenset(("identity_pool_name",))
    create_only = frozenset(("developer_provider_name", "identity_pool_name"))
    creates, updates, deletes = "CreateIdentityPool", "UpdateIdentityPool", "DeleteIdentityPool"
    names = {"IdentityPoolTags": "tags_all"}  # noqa: RUF012 - ClassVar of the base

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        defaults = {"allow_unauthenticated_identities": False, "allow_classic_flow": False}
        return super().request(operation, {**defaults, **_set(properties)})

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {_ID: deployed.physical_id}

    def made(self, deployment: Deployment, properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        pool_id = answer[_ID]
        own = arn("cognito-identity", deployment.region, deployment.account_id, f"identitypool/{pool_id}")
        return Made(pool_id, {"id": pool_id, "arn": own})


class IdentityPoolRolesAttachmentType(TerraformType):
    """The roles of an identity pool, and the mappings that choose among further ones."""

    service = "cognito-identity"
    required = frozenset(("identity_pool_id", "roles"))
    create_only = frozenset(("identity_pool_id",))
    creates = updates = deletes = "SetIdentityPoolRoles"
    key = ("identity_pool_id",)
    names = {"RoleARN": "role_arn"}  # noqa: RUF012 - ClassVar of the base

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        mappings = {each["identity_provider"]: _mapping(each) for each in properties.get("role_mapping") or ()}
        return super().request(operation, {**properties, "role_mappings": mappings})

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {_ID: deployed.physical_id}

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        self.call(deployment, self.deletes, {**self.identity(deployed), "Roles": {}, "RoleMappings": {}})


class IdentityPoolPrincipalTagType(TerraformType):
    """Which claims of a provider become tags of the sessions of its users."""

    service = "cognito-identity"
    required = create_only = frozenset(("identity_pool_id", "identity_provider_name"))
    creates = updates = deletes = "SetPrincipalTagAttributeMap"
    key = ("identity_pool_id", "identity_provider_name")
    separator = ":"

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        return super().request(operation, {"use_defaults": True, **_set(properties)})

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        cleared = {"UseDefaults": True, "PrincipalTags": {}}
        self.call(deployment, self.deletes, {**self.identity(deployed), **cleared})


def _mapping(each: Mapping[str, Any]) -> dict[str, Any]:
    """A role mapping of a request; the provider checks it before."""
    if not each.get("ambiguous_role_resolution"):
        raise errors.ROLE_RESOLUTION()
    rules, kind = each.get("mapping_rule") or [], each["type"]
    if rules and kind == "Token":
        raise errors.RULES_WITHOUT_TYPE()
    if kind == "Rules" and not rules:
        raise errors.RULES_MISSING()
    mapping = {name: each[name] for name in ("ambiguous_role_resolution", "type")}
    return {**mapping, **({"rules_configuration": {"rules": rules}} if rules else {})}


def _set(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}
