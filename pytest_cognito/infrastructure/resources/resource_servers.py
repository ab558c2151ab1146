"""``AWS::Cognito::UserPoolResourceServer``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class UserPoolResourceServerType(Modelled):
    """A resource server with its scopes."""

    required = frozenset(("Identifier", "Name", "UserPoolId"))
    create_only = frozenset(("Identifier", "UserPoolId"))
    creates = "CreateResourceServer"
    updates = "UpdateResourceServer"
    deletes = "DeleteResourceServer"

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": str(deployed.properties["UserPoolId"]), "Identifier": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(answer["ResourceServer"]["Identifier"], {})
