"""``AWS::Cognito::UserPoolIdentityProvider``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class UserPoolIdentityProviderType(Modelled):
    """An identity provider of a user pool."""

    required = frozenset(("ProviderDetails", "ProviderName", "ProviderType", "UserPoolId"))
    create_only = frozenset(("ProviderName", "ProviderType", "UserPoolId"))
    creates = "CreateIdentityProvider"
    updates = "UpdateIdentityProvider"
    deletes = "DeleteIdentityProvider"
    not_offered = frozenset(("AcrMapping",))

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": str(deployed.properties["UserPoolId"]), "ProviderName": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(answer["IdentityProvider"]["ProviderName"], {})
