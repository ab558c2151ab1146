"""``aws_cognito_user_pool_replica``."""

from __future__ import annotations

from pytest_cognito.infrastructure.resources.terraform.base import TerraformType


class UserPoolReplicaType(TerraformType):
    """A replica of a user pool in another region."""

    required = frozenset(("region_name", "user_pool_id"))
    create_only = frozenset(("region_name", "user_pool_id"))
    creates, updates, deletes = "CreateUserPoolReplica", "UpdateUserPoolReplica", "DeleteUserPoolReplica"
    names = {"UserPoolTags": "tags_all"}  # noqa: RUF012 - ClassVar of the base
    key = ("user_pool_id", "region_name")
    separator = ","
