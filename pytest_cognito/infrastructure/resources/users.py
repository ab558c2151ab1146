"""``AWS::Cognito::UserPoolUser``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class UserPoolUserType(Modelled):
    """A user. They have to choose a new password, and are sent an invitation unless MessageAction is SUPPRESS."""

    required = frozenset(("UserPoolId",))
    creates = "AdminCreateUser"
    deletes = "AdminDeleteUser"
    not_offered = frozenset(("TemporaryPassword",))

    @property
    def create_only(self) -> frozenset[str]:  # type: ignore[override]  # all there are, by the model
        return frozenset(self.properties())

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = self.read(properties)
        given.setdefault("Username", deployment.world.ids.uuid())
        return self.made(deployment, given, deployment.call(self.creates, **given))

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": str(deployed.properties["UserPoolId"]), "Username": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(answer["User"]["Username"], {})
