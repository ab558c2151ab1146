"""What types of Terraform have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pytest_cognito.infrastructure.reading.terraform import addresses
from pytest_cognito.infrastructure.resource_type import Made, ResourceType
from pytest_cognito.infrastructure.resources.terraform import shapes

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class TerraformType(ResourceType):
    """A type with an operation that makes, one that changes and one that deletes a resource.

    ``create_only`` are the arguments whose change replaces a resource (ForceNew).
    """

    deletes_first = True
    service: ClassVar[str] = "cognito-idp"
    creates: ClassVar[str]
    updates: ClassVar[str]
    deletes: ClassVar[str]
    names: ClassVar[Mapping[str, str]] = {}
    """The arguments that have another name than the member: argument by member."""
    key: ClassVar[tuple[str, ...]] = ()
    """The arguments that say which resource is meant."""
    separator: ClassVar[str] = "/"
    """What stands between them in the id."""

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        pins = declared.metadata.get("pins", {})
        further = {"pins": pins} if pins else {}
        answer = self.call(deployment, self.creates, {**self.request(self.creates, properties), **further})
        return self.made(deployment, properties, answer)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        parameters = {**self.request(self.updates, properties), **self.identity(deployed)}
        answer = self.call(deployment, self.updates, parameters)
        return self.changed(deployment, properties, deployed, answer)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        self.call(deployment, self.deletes, self.identity(deployed))

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:
        """An attribute or an argument, or something in one: ``arn``, ``scope_identifiers[0]``."""
        if name == "id" and "id" not in deployed.attributes:
            return deployed.physical_id
        return addresses.follow({**deployed.properties, **deployed.attributes}, name)

    def call(self, deployment: Deployment, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Call an operation of the type's service."""
        return deployment.call(operation, service=self.service, **parameters)

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        """The request of an operation, by the arguments."""
        return shapes.request(self.service, operation, properties, self.names)

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        """The members that say which resource an operation is to change or to delete."""
        return self.request(self.deletes, {name: deployed.properties.get(name) for name in self.key})

    def made(self, deployment: Deployment, properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        """What was made, by the arguments and by the answer of the operation."""
        return Made(self.separator.join(str(properties[name]) for name in self.key), {})

    def changed(
        self,
        deployment: Deployment,
        properties: Mapping[str, Any],
        deployed: Deployed,
        answer: Mapping[str, Any],
    ) -> Made:
        """What a resource is after a change."""
        return Made(deployed.physical_id, deployed.attributes)
