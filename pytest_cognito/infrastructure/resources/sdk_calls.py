"""Custom resources of the CDK that call an operation: ``Custom::AWS`` and those that the CDK makes of it.

On AWS a function of the CDK's makes the calls; here they are made at once.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from botocore import xform_name
from botocore.exceptions import ClientError

from pytest_cognito.aws import model, other_services
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.handles.calls import call
from pytest_cognito.infrastructure.errors import custom_resources as errors
from pytest_cognito.infrastructure.errors.service_messages import code_and_message
from pytest_cognito.infrastructure.resource_type import LeftOut, Made
from pytest_cognito.infrastructure.resources.custom_resources import CustomResourceType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_SERVICES: Final = {
    "cognitoidentityserviceprovider": "cognito-idp",
    "cognitoidentityprovider": "cognito-idp",
    "cognitoidentity": "cognito-identity",
    "cognitosync": "cognito-sync",
    "sts": "sts",
}
"""Services by the names of their clients in JavaScript, old and new."""
_PACKAGE: Final = re.compile(r"(?:@aws-sdk/)?(?:client-)?")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]")
_BOOLEANS: Final = {"TRUE:BOOLEAN": True, "FALSE:BOOLEAN": False}
_PHYSICAL_ID: Final = "PHYSICAL:RESOURCEID:"
_ID: Final = "physicalResourceId"


class SdkCallType(CustomResourceType):
    """A resource that is made, changed and deleted by one call each, of ``Create``, ``Update`` and ``Delete``.

    ``Fn::GetAtt`` gives what the answer has by its path: ``UserPoolClient.ClientSecret``.
    """

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        return self._made(deployment, _call_of(properties, "Create"), declared.logical_id)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        return self._made(deployment, _call_of(properties, "Update"), deployed.physical_id)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        self._made(deployment, _call_of(deployed.properties, "Delete"), deployed.physical_id)

    def _made(self, deployment: Deployment, wanted: Mapping[str, Any], physical_id: str) -> Made:
        answer = dict(_flat("", _answer(deployment, wanted, physical_id))) if wanted else {}
        paths = wanted.get("outputPaths")
        if paths is not None:
            answer = {name: value for name, value in answer.items() if name.startswith(tuple(paths))}
        named = wanted.get(_ID) or {}
        found = named.get("id") or answer.get(named.get("responsePath", "")) or physical_id
        return Made(str(found), answer)


def _call_of(properties: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    """A call of a resource, which is a text of JSON; empty if there is none."""
    found = properties.get(kind) or {}
    decoded: Mapping[str, Any] = json.loads(found) if isinstance(found, str) else found
    return decoded


def _answer(deployment: Deployment, wanted: Mapping[str, Any], physical_id: str) -> Mapping[str, Any]:
    service, operation = _operation(str(wanted["service"]), str(wanted["action"]))
    parameters = _decoded(wanted.get("parameters") or {}, physical_id)
    region = wanted.get("region") or deployment.region
    ignored = wanted.get("ignoreErrorCodesMatching")
    try:
        if service in model.SERVICES:
            return call(deployment.world, operation, service=service, region=region, **parameters)
        return _ask_another(service, operation, region, parameters)
    except (AWSError, ClientError) as error:
        code, reason = code_and_message(error)
        if ignored is None or re.search(ignored, code) is None:
            raise errors.FAILED(reason=reason, request_id=deployment.world.ids.uuid()) from error
        return {}


def _operation(service: str, action: str) -> tuple[str, str]:
    """The service and the operation that JavaScript's names say; raises `LeftOut` for what botocore does not know."""
    name = _NO_LETTER.sub("", _PACKAGE.sub("", service, count=1).lower())
    known = {_NO_LETTER.sub("", each): each for each in model.loader().list_available_services("service-2")}
    found = _SERVICES.get(name) or known.get(name)
    wanted = action.removesuffix("Command").lower()
    operations = model.service_model(found).operation_names if found is not None else []
    operation = next((each for each in operations if each.lower() == wanted), None)
    if found is None or operation is None:
        raise LeftOut(f"it calls {service}.{action}, which botocore does not know")
    return found, operation


def _ask_another(service: str, operation: str, region: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    if not other_services.may_answer(service):
        raise LeftOut(f"it calls {operation} of {service}, which nobody mocks")
    try:
        client = other_services.client(service, region, as_developer=True)
        answer: dict[str, Any] = getattr(client, xform_name(operation))(**parameters)
    except ClientError as error:
        if other_services.is_unanswered(error):
            raise LeftOut(f"it calls {operation} of {service}, which nobody mocks") from None
        raise
    answer.pop("ResponseMetadata", None)
    return answer


def _decoded(value: Any, physical_id: str) -> Any:
    """Parameters as the CDK's function reads them: truth values and the resource's own id may be texts."""
    if isinstance(value, Mapping):
        return {key: _decoded(inner, physical_id) for key, inner in value.items()}
    if isinstance(value, list):
        return [_decoded(inner, physical_id) for inner in value]
    if value == _PHYSICAL_ID:
        return physical_id
    return _BOOLEANS.get(value, value) if isinstance(value, str) else value


def _flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """What an answer has, by path: ``UserPool.SchemaAttributes.0.Name``."""
    if isinstance(value, Mapping | list):
        inner = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, one in inner:
            yield from _flat(f"{path}.{key}" if path else str(key), one)
    else:
        yield path, value.isoformat() if isinstance(value, dt.datetime) else value
