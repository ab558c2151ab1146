"""Custom resources: ``Custom::…`` and ``AWS::CloudFormation::CustomResource``, which a function makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import InvalidProperties, MissingAttribute, refusals
from pytest_cognito.infrastructure.errors import custom_resources as errors
from pytest_cognito.infrastructure.expressions.values import as_text, is_scalar
from pytest_cognito.infrastructure.functions import custom_requests
from pytest_cognito.infrastructure.functions.custom_requests import Answer
from pytest_cognito.infrastructure.functions.refusals import FUNCTION_NOT_FOUND
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import LeftOut, Made, ResourceType

_TOKEN = "ServiceToken"
_ELSEWHERE = "its ServiceToken is no Python function in the working tree: {token}"


class CustomResourceType(ResourceType):
    """What all custom resources have in common: ``Fn::GetAtt`` gives what the answer of the function has."""

    custom: ClassVar[bool] = True

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:
        if name not in deployed.attributes:
            request_id, stack_id = deployment.world.ids.uuid(), deployment.stack_id
            raise MissingAttribute(
                errors.NO_ATTRIBUTE.format(
                    name=name, stack_id=stack_id, logical_id=deployed.logical_id, request_id=request_id
                )
            )
        return deployed.attributes[name]


class FunctionBackedType(CustomResourceType):
    """A resource that a Python function of the template makes, changes and deletes.

    Where the function fails to make or to change it, it is asked to undo that in the roll-back.
    """

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        token = _token(deployment, properties)
        if deployment.world.functions.get(token) is None:
            raise LeftOut(_ELSEWHERE.format(token=token))
        physical_id = deployment.physical_name(declared.logical_id)  # what it is called if there is no answer
        wanted = Deployed(declared.logical_id, declared.type, physical_id, deployment.region, properties, {})
        deployment.resources[declared.logical_id] = wanted
        answer = custom_requests.ask(deployment, token, _request(deployment, wanted, "Create"))
        deployment.resources[declared.logical_id] = replace(wanted, physical_id=answer.physical_id)
        return _made(answer)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        token = _token(deployment, properties)
        if token != deployed.properties[_TOKEN]:
            raise errors.TOKEN_CHANGED()
        wanted = replace(deployed, properties=properties)
        deployment.resources[declared.logical_id] = wanted
        old = {"OldResourceProperties": _texts(deployed.properties)}
        request = {**_request(deployment, wanted, "Update"), **old, "PhysicalResourceId": deployed.physical_id}
        answer = custom_requests.ask(deployment, _function(deployment, token), request)
        deployment.resources[declared.logical_id] = replace(wanted, physical_id=answer.physical_id)
        return _made(answer)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        token = _function(deployment, str(deployed.properties[_TOKEN]))
        request = {**_request(deployment, deployed, "Delete"), "PhysicalResourceId": deployed.physical_id}
        _made(custom_requests.ask(deployment, token, request))


def _token(deployment: Deployment, properties: Mapping[str, Any]) -> str:
    if _TOKEN not in properties:
        raise InvalidProperties([refusals.REQUIRED_KEY.format(name=_TOKEN)])
    token = str(properties[_TOKEN])
    names = {made.physical_id for made in deployment.resources.values() if made.type == "AWS::Lambda::Function"}
    if token in names:  # Ref gives the name, and not the ARN
        raise errors.INVALID_TOKEN()
    return token


def _function(deployment: Deployment, token: str) -> str:
    """The ARN of the function of a resource that there is. Raises Lambda's error if it is gone."""
    if deployment.world.functions.get(token) is None:
        raise FUNCTION_NOT_FOUND(arn=token)
    return token


def _request(deployment: Deployment, wanted: Deployed, kind: str) -> dict[str, Any]:
    return {
        "RequestType": kind,
        "ServiceToken": str(wanted.properties[_TOKEN]),
        "StackId": deployment.stack_id,
        "LogicalResourceId": wanted.logical_id,
        "ResourceType": wanted.type,
        "ResourceProperties": _texts(wanted.properties),
    }


def _texts(value: Any) -> Any:
    """Properties as functions get them: numbers and booleans are texts."""
    if isinstance(value, Mapping):
        return {name: _texts(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(inner) for inner in value]
    return as_text(value, "") if is_scalar(value) else value


def _made(answer: Answer) -> Made:
    if answer.failure is not None:
        raise errors.FAILED(reason=answer.failure, request_id=answer.request_id)
    return Made(answer.physical_id, answer.data)
