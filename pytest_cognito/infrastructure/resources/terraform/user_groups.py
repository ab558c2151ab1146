"""``aws_cognito_user_group`` and ``aws_cognito_user_in_group``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment


class UserGroupType(TerraformType):
    """A group. A precedence of 0 is not sent: the provider takes it for none."""

    required = frozenset(("name", "user_pool_id"))
    create_only = frozenset(("name", "user_pool_id"))
    creates, updates, deletes = "CreateGroup", "UpdateGroup", "DeleteGroup"
    names = {"GroupName": "name"}  # noqa: RUF012 - ClassVar of the base
    key = ("user_pool_id", "name")

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        return super().request(operation, {**properties, "precedence": properties.get("precedence") or None})


class UserInGroupType(TerraformType):
    """The membership of a user in a group."""

    required = create_only = frozenset(("group_name", "user_pool_id", "username"))
    creates, deletes = "AdminAddUserToGroup", "AdminRemoveUserFromGroup"
    key = ("user_pool_id", "username", "group_name")

    def made(self, deployment: Deployment, properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(f"terraform-{deployment.random_suffix().lower()}", {})
