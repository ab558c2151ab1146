"""``AWS::Cognito::IdentityPoolPrincipalTag``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class IdentityPoolPrincipalTagType(Modelled):
    """Which claims of a provider become principal tags. When it is deleted, none do."""

    service = "cognito-identity"
    required = frozenset(("IdentityPoolId", "IdentityProviderName"))
    create_only = frozenset(("IdentityPoolId", "IdentityProviderName"))
    creates = updates = deletes = "SetPrincipalTagAttributeMap"

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        self.call(deployment, self.deletes, {**self.identity(deployed), "UseDefaults": False, "PrincipalTags": {}})

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {name: str(deployed.properties[name]) for name in ("IdentityPoolId", "IdentityProviderName")}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(f"{given['IdentityPoolId']}|{given['IdentityProviderName']}", {})
