"""What a type of resource is: how AWS makes, changes and deletes resources of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class Made(NamedTuple):
    """A resource that was made: what ``Ref`` gives, and what ``Fn::GetAtt`` gives by name."""

    physical_id: str
    attributes: Mapping[str, Any]


class LeftOut(Exception):
    """Raised by a handler that can't make a resource here, such as one of a service that nobody mocks.

    The stack is made without it: ``Ref`` and ``Fn::GetAtt`` give made-up names, and ``stack.left_out`` says why.
    """


class ResourceType:
    """The handler of resources of one type. It keeps nothing between two calls.

    Operations are called by ``deployment.call``, so that AWS's own refusals come up; whoever called this names the
    resource in the error. ``properties`` are evaluated.
    """

    required: ClassVar[frozenset[str]] = frozenset()
    """The properties that a resource must have."""
    create_only: ClassVar[frozenset[str]] = frozenset()
    """The properties by whose change a resource is replaced."""
    deletes_first: ClassVar[bool] = False
    """Whether a resource that is replaced is deleted before another takes its place, as Terraform does it."""
    custom: ClassVar[bool] = False
    """Whether a function of the application makes the resources: it says by another physical id that an update has made
    another one, and what it failed at may be half done, and is undone as well."""

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        """Make the resource."""
        raise NotImplementedError

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        """Change the resource to other properties, none of which is create-only."""
        raise NotImplementedError

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        """Delete the resource."""
        raise NotImplementedError

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:  # noqa: ARG002 - for others
        """An attribute that was not known when the resource was made. Raises ``KeyError`` if there is none."""
        return deployed.attributes[name]


class FixedType(ResourceType):
    """A type all of whose properties are create-only: an update that does not replace a resource changes nothing."""

    def update(
        self,
        deployment: Deployment,  # noqa: ARG002 - as of all types
        declared: Declared,  # noqa: ARG002
        properties: Mapping[str, Any],  # noqa: ARG002
        deployed: Deployed,
    ) -> Made:
        return Made(deployed.physical_id, deployed.attributes)
