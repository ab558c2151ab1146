"""Resources of services that another mock answers for, such as moto: the tables, buckets and topics of functions.

They are made through boto3 with what the template says under the names of the operation that makes them. Where nobody
answers, they are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from botocore import xform_name
from botocore.exceptions import ClientError

from pytest_cognito.aws import model, other_services
from pytest_cognito.aws.model import Shape
from pytest_cognito.infrastructure.properties import tags
from pytest_cognito.infrastructure.resource_type import LeftOut, Made, ResourceType
from pytest_cognito.kernel.errors import Unsupported

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_GONE: Final = ("NotFound", "NoSuch", "NonExistent", "DoesNotExist")
"""What is in the codes by which services say that there is nothing to delete."""


class ResourceElsewhere(ResourceType):
    """A type of another service.

    Properties become the members of the request that have their names, in whatever case. Others that are not ``beside``
    are not set, and are among what the stack has left out.
    """

    service: ClassVar[str]
    creates: ClassVar[str]
    deletes: ClassVar[str]
    named: ClassVar[str]
    """The property with the name of a resource, which is made up where a template has none."""
    beside: ClassVar[frozenset[str]] = frozenset()
    """The properties that other operations set, or that the request has under another name."""

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = {**properties}
        given.setdefault(self.named, self.made_up_name(deployment, declared.logical_id))
        answer = self.ask(deployment, self.creates, self.parameters(given))
        for name in properties:
            if not self.sets(name):
                why = f"the operation {self.creates} does not take it, and no other is called for it"
                deployment.left_out[f"{declared.logical_id}.{name}"] = why
        return self.made(deployment, given, answer)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        raise Unsupported(
            f"pytest-cognito does not change resources of the type {declared.type}: deploy the changed template anew"
        )

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        try:
            self.ask(deployment, self.deletes, self.identity(deployed))
        except LeftOut:
            return  # the mock that had it is not active any more
        except ClientError as error:
            if not any(word in error.response["Error"]["Code"] for word in _GONE):
                raise

    def sets(self, name: str) -> bool:
        """Whether a property is set."""
        shape: Shape = model.service_model(self.service).operation_model(self.creates).input_shape
        return name in {self.named, *self.beside} or name.lower() in map(str.lower, shape.members)

    def made_up_name(self, deployment: Deployment, logical_id: str) -> str:
        """The name of a resource without one."""
        return deployment.physical_name(logical_id)

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The request that makes a resource of some properties."""
        return self.fitting(self.creates, given)

    def fitting(self, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Of properties, those that an operation has, under its names."""
        shape: Shape = model.service_model(self.service).operation_model(operation).input_shape
        found: dict[str, Any] = _fitting(shape, given)
        return found

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        """The request that deletes a resource."""
        raise NotImplementedError

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        """What was made, by the properties and by the answer."""
        raise NotImplementedError

    def ask(self, deployment: Deployment, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Call an operation; raises `LeftOut` if nobody answers."""
        nobody = LeftOut(f"nobody mocks {self.service}: its resources are made where moto is active")
        if not other_services.may_answer(self.service):
            raise nobody
        client = other_services.client(self.service, deployment.region, as_developer=True)
        try:
            answer: dict[str, Any] = getattr(client, xform_name(operation))(**parameters)
        except ClientError as error:
            if other_services.is_unanswered(error):
                raise nobody from None
            raise
        return answer


def _fitting(shape: Shape, value: Any) -> Any:
    """Of a value, what a shape takes, under the shape's names and in its types."""
    kind = shape.type_name
    if kind == "structure" and isinstance(value, Mapping):
        names = {member.lower(): member for member in shape.members}
        known = ((names[name.lower()], inner) for name, inner in value.items() if name.lower() in names)
        return {member: _fitting(shape.members[member], inner) for member, inner in known}
    if kind == "list" and isinstance(value, list):
        return [_fitting(shape.member, inner) for inner in value]
    if kind == "map":
        pairs = tags(value) if isinstance(value, list) else value
        return {str(key): _fitting(shape.value, inner) for key, inner in pairs.items()}
    return _scalar(kind, value)


def _scalar(kind: str, value: Any) -> Any:
    if kind == "boolean" and isinstance(value, str):
        return value.lower() == "true"
    if kind in ("integer", "long") and isinstance(value, str):
        return int(value)
    if kind == "string":
        return text_of(value)
    return value


def text_of(value: Any) -> str:
    """A value where a text is wanted, such as an attribute of a queue: JSON for what is no text."""
    if isinstance(value, str):
        return value
    return json.dumps(value) if isinstance(value, bool | Mapping | list) else str(value)
