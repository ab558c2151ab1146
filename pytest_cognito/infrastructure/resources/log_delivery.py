"""``AWS::Cognito::LogDeliveryConfiguration``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class LogDeliveryConfigurationType(Modelled):
    """Where the logs of a user pool go."""

    required = frozenset(("UserPoolId",))
    create_only = frozenset(("UserPoolId",))
    creates = updates = deletes = "SetLogDeliveryConfiguration"

    def parameters(self, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"LogConfigurations": [], **super().parameters(operation, given)}

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        self.call(deployment, self.deletes, {**self.identity(deployed), "LogConfigurations": []})

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(given["UserPoolId"], {"Id": given["UserPoolId"]})
