"""Types that another resource type of CloudFormation is made like: only names and forms of arguments differ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pytest_cognito.infrastructure import catalog
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import LeftOut, Made, ResourceType
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment


class DelegatedType(TerraformType):
    """A type whose resources are those of a type of CloudFormation."""

    like: ClassVar[str]
    """The type of CloudFormation."""
    known_as: ClassVar[Mapping[str, str]] = {}
    """The attributes by which CloudFormation gives what Terraform names otherwise: its attribute by Terraform's."""

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as properties of the other type."""
        raise NotImplementedError

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        """Attributes that only Terraform gives."""
        return {}

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        handler = self._handler()
        made = handler.create(deployment, declared, self._translated(deployment, properties))
        return self._made(deployment, properties, made)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        translated = self._translated(deployment, {**properties, **_name_of(deployed)})
        made = self._handler().update(deployment, declared, translated, self._other(deployment, deployed))
        return self._made(deployment, properties, made)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        self._handler().delete(deployment, self._other(deployment, deployed))

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:
        if name in self.known_as and name not in deployed.attributes:
            return self._handler().attribute(deployment, self._other(deployment, deployed), self.known_as[name])
        return super().attribute(deployment, deployed, name)

    def _made(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> Made:
        named = {mine: made.attributes[theirs] for mine, theirs in self.known_as.items() if theirs in made.attributes}
        attributes = {**made.attributes, **named, **self.further(deployment, arguments, made)}
        return Made(made.physical_id, {"id": made.physical_id, **attributes})

    def _translated(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        found = self.properties(deployment, arguments)
        return {name: value for name, value in found.items() if value not in (None, "", [], {})}

    def _other(self, deployment: Deployment, deployed: Deployed) -> Deployed:
        """A resource as the other type knows it."""
        return Deployed(
            deployed.logical_id,
            self.like,
            deployed.physical_id,
            deployed.region,
            self._translated(deployment, {**deployed.properties, **_name_of(deployed)}),
            deployed.attributes,
        )

    def _handler(self) -> ResourceType:
        handler = catalog.find(self.like)
        if handler is None:
            raise LeftOut(f"nothing here makes resources of the type {self.like}")
        return handler


def _name_of(deployed: Deployed) -> dict[str, Any]:
    """The name that a resource has got, of which a configuration may have said the beginning alone."""
    return {"name": deployed.attributes["name"]} if "name" in deployed.attributes else {}


def document(value: Any) -> Any:
    """A policy, which is JSON text in Terraform."""
    return json.loads(value) if isinstance(value, str) and value else value


def tags(arguments: Mapping[str, Any]) -> list[dict[str, str]]:
    """Tags as CloudFormation has them."""
    found = arguments.get("tags_all") or arguments.get("tags") or {}
    return [{"Key": key, "Value": value} for key, value in found.items()]


def name(deployment: Deployment, arguments: Mapping[str, Any], argument: str = "name") -> str:
    """The name of a resource: the one that is given, or a prefix and what the provider adds."""
    given = arguments.get(argument)
    if given:
        return str(given)
    prefix = arguments.get(f"{argument}_prefix") or "terraform-"
    return f"{prefix}{deployment.random_suffix().lower()}"
