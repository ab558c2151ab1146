"""``AWS::Cognito::IdentityPoolRoleAttachment``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.errors import refusals
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_PROVIDER = "IdentityProvider"


class IdentityPoolRoleAttachmentType(Modelled):
    """The roles of an identity pool, and the mappings that choose among further ones. A pool has one attachment.

    The key of a mapping is the provider, unless the mapping names it in ``IdentityProvider``, where it may refer to
    other resources.
    """

    service = "cognito-identity"
    required = frozenset(("IdentityPoolId",))
    create_only = frozenset(("IdentityPoolId",))
    creates = updates = deletes = "SetIdentityPoolRoles"

    def read(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        mappings = properties.get("RoleMappings")
        if not isinstance(mappings, Mapping) or not all(isinstance(one, Mapping) for one in mappings.values()):
            return super().read(properties)
        plain = {
            key: {name: value for name, value in one.items() if name != _PROVIDER} for key, one in mappings.items()
        }
        given = super().read({**properties, "RoleMappings": plain})
        providers = {key: str(one.get(_PROVIDER, key)) for key, one in mappings.items()}
        return {**given, "RoleMappings": {providers[key]: one for key, one in given["RoleMappings"].items()}}

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        pool_id = self.read(properties)["IdentityPoolId"]
        there = deployment.call("GetIdentityPoolRoles", service=self.service, IdentityPoolId=pool_id)
        if there.get("Roles") or there.get("RoleMappings"):
            raise refusals.ALREADY_EXISTS(type=declared.type, identifier=pool_id)
        return super().create(deployment, declared, properties)

    def parameters(self, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"Roles": {}, **super().parameters(operation, given)}

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        self.call(deployment, self.deletes, {**self.identity(deployed), "Roles": {}})

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"IdentityPoolId": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(given["IdentityPoolId"], {"Id": given["IdentityPoolId"]})
