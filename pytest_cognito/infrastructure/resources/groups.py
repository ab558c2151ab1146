"""``AWS::Cognito::UserPoolGroup`` and ``AWS::Cognito::UserPoolUserToGroupAttachment``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_MEMBERSHIP = ("UserPoolId", "Username", "GroupName")


class UserPoolGroupType(Modelled):
    """A group of a user pool."""

    required = frozenset(("UserPoolId",))
    create_only = frozenset(("GroupName", "UserPoolId"))
    creates = "CreateGroup"
    updates = "UpdateGroup"
    deletes = "DeleteGroup"
    named = "GroupName"

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": str(deployed.properties["UserPoolId"]), "GroupName": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(answer["Group"]["GroupName"], {})


class UserPoolUserToGroupAttachmentType(Modelled):
    """The membership of a user in a group."""

    required = frozenset(_MEMBERSHIP)
    create_only = frozenset(_MEMBERSHIP)
    creates = "AdminAddUserToGroup"
    deletes = "AdminRemoveUserFromGroup"

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {name: str(deployed.properties[name]) for name in _MEMBERSHIP}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(f"UserToGroupAttachment-{deployment.random_suffix()}", {})
