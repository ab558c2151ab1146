"""``aws_cognito_managed_login_branding``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class ManagedLoginBrandingType(TerraformType):
    """The style of the managed login pages of a client: settings, or Cognito's own."""

    required = frozenset(("client_id", "user_pool_id"))
    create_only = frozenset(("client_id", "user_pool_id"))
    creates, updates = "CreateManagedLoginBranding", "UpdateManagedLoginBranding"
    deletes = "DeleteManagedLoginBranding"
    names = {"Assets": "asset", "UseCognitoProvidedValues": "use_cognito_provided_values"}  # noqa: RUF012 - ClassVar of the base

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {
            "UserPoolId": deployed.properties["user_pool_id"],
            "ManagedLoginBrandingId": deployed.attributes["managed_login_branding_id"],
        }

    def made(self, deployment: Deployment, properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        branding_id = answer["ManagedLoginBranding"]["ManagedLoginBrandingId"]
        return Made(f"{properties['user_pool_id']},{branding_id}", {"managed_login_branding_id": branding_id})
