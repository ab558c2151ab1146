"""Settings of a user pool or of one of its clients, each set by one operation, and deleted by setting nothing.

``aws_cognito_risk_configuration``, ``aws_cognito_user_pool_ui_customization`` and
``aws_cognito_log_delivery_configuration``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_ALL_CLIENTS = "ALL"


class RiskConfigurationType(TerraformType):
    """What threat protection does, for a client, or for all without one."""

    required = frozenset(("user_pool_id",))
    create_only = frozenset(("client_id", "user_pool_id"))
    creates = updates = deletes = "SetRiskConfiguration"
    names = {"From": "from"}  # noqa: RUF012 - ClassVar of the base
    key = ("user_pool_id", "client_id")

    def made(self, deployment: Deployment, properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        parts = [properties["user_pool_id"], properties.get("client_id")]
        return Made(":".join(each for each in parts if each), {})


class UserPoolUiCustomizationType(TerraformType):
    """The style sheet and the logo of the classic pages, for a client, or for all."""

    required = frozenset(("user_pool_id",))
    create_only = frozenset(("client_id", "user_pool_id"))
    creates = updates = deletes = "SetUICustomization"
    key = ("user_pool_id", "client_id")

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        return super().request(operation, {**properties, "client_id": properties.get("client_id") or _ALL_CLIENTS})

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:
        described = {"css_version": "CSSVersion", "image_url": "ImageUrl"}
        if name in described:
            answer = deployment.call("GetUICustomization", **self.identity(deployed))["UICustomization"]
            return answer.get(described[name], "")
        return super().attribute(deployment, deployed, name)

    def made(self, deployment: Deployment, properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(f"{properties['user_pool_id']},{properties.get('client_id') or _ALL_CLIENTS}", {})


class LogDeliveryConfigurationType(TerraformType):
    """Where a user pool sends its logs."""

    required = frozenset(("log_configurations", "user_pool_id"))
    create_only = frozenset(("user_pool_id",))
    creates = updates = deletes = "SetLogDeliveryConfiguration"
    key = ("user_pool_id",)

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": deployed.physical_id}

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        deployment.call(self.deletes, **self.identity(deployed), LogConfigurations=[])
