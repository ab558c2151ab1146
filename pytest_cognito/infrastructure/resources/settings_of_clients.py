"""What one operation sets and removes for an app client of a pool, or for all that have nothing of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_ALL: Final = "ALL"


class SettingsOfClient(Modelled):
    """Settings of an app client. ``ClientId`` is ``ALL`` for those of the pool."""

    required = frozenset(("ClientId", "UserPoolId"))
    create_only = frozenset(("ClientId", "UserPoolId"))
    prefix: ClassVar[str]
    """How the id of a resource begins."""
    says_all: ClassVar[bool]
    """Whether the operation knows ``ALL``; otherwise it is given no app client."""

    def parameters(self, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
        found = super().parameters(operation, given)
        return found if self.says_all else _without_all(found)

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        ids = {name: str(deployed.properties[name]) for name in ("UserPoolId", "ClientId")}
        return ids if self.says_all else _without_all(ids)

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(f"{self.prefix}-{given['UserPoolId']}-{given['ClientId']}", {})


def _without_all(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if (name, value) != ("ClientId", _ALL)}
