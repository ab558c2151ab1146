"""``AWS::Cognito::IdentityPool``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import Shape
from pytest_cognito.infrastructure.properties import TAGS, members, own, tags
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_SYNC: Final = "cognito-sync"
_CONFIGURATION: Final = ("PushSync", "CognitoStreams")
_TEXTS: Final = ("SupportedLoginProviders", "CognitoEvents")
"""What may be a text of JSON."""
_TAGS: Final = "IdentityPoolTags"


class IdentityPoolType(Modelled):
    """An identity pool, with what Cognito Sync does with its datasets."""

    service = "cognito-identity"
    required = frozenset(("AllowUnauthenticatedIdentities",))
    creates = "CreateIdentityPool"
    updates = "UpdateIdentityPool"
    deletes = "DeleteIdentityPool"
    named = "IdentityPoolName"

    def further(self) -> Mapping[str, Shape]:
        configuration = members(_SYNC, "SetIdentityPoolConfiguration")
        events = members(_SYNC, "SetCognitoEvents")["Events"]
        sync = {name: configuration[name] for name in _CONFIGURATION}
        return {**own(IdentityPoolTags=TAGS), **sync, "CognitoEvents": events}

    def read(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        given = {name: _decoded(value) if name in _TEXTS else value for name, value in properties.items()}
        return super().read(given)

    def parameters(self, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
        found = super().parameters(operation, given)
        return {**found, _TAGS: tags(found[_TAGS])} if _TAGS in found else found

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, properties)
        try:
            _configure_sync(deployment, made.physical_id, self.read(properties), {})
        except AWSError:
            self.call(deployment, self.deletes, {"IdentityPoolId": made.physical_id})  # nobody knows of it yet
            raise
        return made

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        before, given = self.read(deployed.properties), self.read(properties)
        if _TAGS in before and _TAGS not in given:
            properties = {**properties, _TAGS: []}
        made = super().update(deployment, declared, properties, deployed)
        _configure_sync(deployment, made.physical_id, given, before)
        return made

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"IdentityPoolId": deployed.physical_id}

    def name_of(self, deployed: Deployed) -> Any:
        return deployed.attributes["Name"]

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        pool_id = answer["IdentityPoolId"]
        return Made(pool_id, {"Id": pool_id, "Name": answer["IdentityPoolName"]})

    def changed(
        self, deployment: Deployment, given: Mapping[str, Any], deployed: Deployed, answer: Mapping[str, Any]
    ) -> Made:
        return Made(deployed.physical_id, self.made(deployment, given, answer).attributes)


def _configure_sync(deployment: Deployment, pool_id: str, given: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Set push sync, streams and events, and remove what a template has no longer."""
    configuration = {name: given.get(name, {}) for name in _CONFIGURATION if name in given or name in before}
    if configuration:
        parameters = {"IdentityPoolId": pool_id, **configuration}
        deployment.call("SetIdentityPoolConfiguration", service=_SYNC, **parameters)
    events, old = given.get("CognitoEvents", {}), before.get("CognitoEvents", {})
    if events or old:
        removed = dict.fromkeys(old, "")  # an empty ARN removes a function
        deployment.call("SetCognitoEvents", service=_SYNC, IdentityPoolId=pool_id, Events={**removed, **events})


def _decoded(value: Any) -> Any:
    """What a text of JSON says; anything else as it is, which is checked then."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
