"""``aws_cognito_user_pool_replica``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType
from pytest_cognito.kernel.errors import Unsupported

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class UserPoolReplicaType(TerraformType):
    """A replica of a user pool in another region. AWS makes it inactive; its ``status`` follows in a second call."""

    required = frozenset(("region_name", "user_pool_id"))
    create_only = frozenset(("region_name", "user_pool_id"))
    creates, updates, deletes = "CreateUserPoolReplica", "UpdateUserPoolReplica", "DeleteUserPoolReplica"
    names = {"UserPoolTags": "tags_all"}  # noqa: RUF012 - ClassVar of the base
    key = ("user_pool_id", "region_name")
    separator = ","

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, properties)
        if properties.get("status"):
            self.call(deployment, self.updates, self.request(self.updates, properties))
        return made

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        if (properties.get("tags_all") or {}) != (deployed.properties.get("tags_all") or {}):
            raise Unsupported(f"pytest-cognito does not change the tags of {declared.logical_id}, a replica, yet")
        return super().update(deployment, declared, properties, deployed)
