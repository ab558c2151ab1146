"""``aws_cognito_resource_server``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resources.terraform.base import TerraformType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class ResourceServerType(TerraformType):
    """A resource server with its scopes."""

    required = frozenset(("identifier", "name", "user_pool_id"))
    create_only = frozenset(("identifier", "user_pool_id"))
    creates, updates, deletes = "CreateResourceServer", "UpdateResourceServer", "DeleteResourceServer"
    names = {"Scopes": "scope"}  # noqa: RUF012 - ClassVar of the base
    key = ("user_pool_id", "identifier")
    separator = "|"

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:
        if name.partition("[")[0] == "scope_identifiers":
            identifier = deployed.properties["identifier"]
            scopes = sorted(f"{identifier}/{each['scope_name']}" for each in deployed.properties.get("scope") or ())
            deployed = _with(deployed, scope_identifiers=scopes)
        return super().attribute(deployment, deployed, name)


def _with(deployed: Deployed, **attributes: Any) -> Deployed:
    from dataclasses import replace

    return replace(deployed, attributes={**deployed.attributes, **attributes})
