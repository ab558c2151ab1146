"""Types whose properties are the members of the operations that make and change their resources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import Shape
from pytest_cognito.infrastructure.properties import checked, members
from pytest_cognito.infrastructure.resource_type import Made, ResourceType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class Modelled(ResourceType):
    """A type with an operation that makes, one that changes and one that deletes a resource.

    Its properties are the members of the first one's request, so that they are those of the installed botocore.
    """

    service: ClassVar[str] = "cognito-idp"
    creates: ClassVar[str]
    """The operation that makes a resource."""
    updates: ClassVar[str | None] = None
    """The operation that changes one; None where every change is a new resource."""
    deletes: ClassVar[str]
    renamed: ClassVar[Mapping[str, str]] = {}
    """The names of properties that have another than the member: member by property."""
    not_offered: ClassVar[frozenset[str]] = frozenset()
    """The members that CloudFormation does not offer."""
    named: ClassVar[str | None] = None
    """The property with the name of a resource, which CloudFormation makes up where a template has none."""

    def properties(self) -> Mapping[str, Shape]:
        """The properties by name, with the shapes of what they hold."""
        return self._known

    @cached_property
    def _known(self) -> Mapping[str, Shape]:
        names = {member: name for name, member in self.renamed.items()}
        found = {
            names.get(member, member): shape
            for member, shape in members(self.service, self.creates).items()
            if member not in self.not_offered
        }
        return {**found, **self.further()}

    def further(self) -> Mapping[str, Shape]:
        """Properties that are no member of the request, or differ from it."""
        return {}

    def read(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """The properties of a resource, checked, in the types of the operations' members."""
        return checked(properties, self.properties(), self.required)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = self.read(properties)
        if self.named is not None and not given.get(self.named):
            given[self.named] = deployment.physical_name(declared.logical_id)
        answer = self.call(deployment, self.creates, self.parameters(self.creates, given))
        return self.made(deployment, given, answer)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        if self.updates is None:
            raise NotImplementedError(f"{deployed.type} has no change that does not replace")
        given = self.read(properties)
        if self.named is not None and not given.get(self.named):
            given[self.named] = self.name_of(deployed)
        identity = self.identity(deployed)
        answer = self.call(deployment, self.updates, {**self.parameters(self.updates, given), **identity})
        return self.changed(deployment, given, deployed, answer)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        self.call(deployment, self.deletes, self.identity(deployed))

    def call(self, deployment: Deployment, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Call an operation of the type's service."""
        return deployment.call(operation, service=self.service, **parameters)

    def parameters(self, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Of properties, those that an operation has, under its names."""
        known = members(self.service, operation)
        named = {self.renamed.get(name, name): value for name, value in given.items()}
        return {name: value for name, value in named.items() if name in known}

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        """The members that say which resource an operation is to change or to delete."""
        raise NotImplementedError

    def name_of(self, deployed: Deployed) -> Any:
        """The name of a resource, given or made up."""
        return deployed.physical_id

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        """What was made, by the properties and by the answer of the operation."""
        raise NotImplementedError

    def changed(
        self,
        deployment: Deployment,
        given: Mapping[str, Any],
        deployed: Deployed,
        answer: Mapping[str, Any],
    ) -> Made:
        """What a resource is after a change."""
        return Made(deployed.physical_id, deployed.attributes)


def with_hint(error: AWSError, hint: str) -> AWSError:
    """A refusal of AWS with a line on what to write in the template."""
    return AWSError(error.code, f"{error.message}\n{hint}", status=error.status, fields=error.fields, kind=error.kind)


def depends_on(logical_id: str, *others: str) -> str:
    """The hint that a resource needs others of its template, which it does not refer to."""
    listed = others[0] if len(others) == 1 else f"[{', '.join(others)}]"
    return f"{logical_id} may be made before what it needs: add DependsOn: {listed}"
