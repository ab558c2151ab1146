"""What an update of a stack would change, found out without doing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.infrastructure import catalog
from pytest_cognito.infrastructure.declared import Template
from pytest_cognito.infrastructure.deploying import changes, creating, making, updating
from pytest_cognito.infrastructure.deploying.changes import Change, Changes
from pytest_cognito.infrastructure.deploying.scope import StackScope
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.expressions.stored_values import StoredValues
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.infrastructure.records import Deployed, StackRecord
from pytest_cognito.world import World


class _PlanningScope(StackScope):
    """Knows of resources that are yet to be made: what they will be is a text that nothing that there is has."""

    def __init__(self, deployment: Deployment, parameters: Mapping[str, Any]) -> None:
        super().__init__(deployment, parameters, StoredValues(deployment.given, deployment.region))
        self.to_come: set[str] = set()

    def attribute(self, name: str, attribute: str) -> Any:
        if name in self.to_come:
            return _known_later(name, attribute)
        return super().attribute(name, attribute)


def plan(world: World, record: StackRecord, template: Template, given: Given) -> Changes:
    """The changes that an update would make."""
    deployment = updating.begin(world, record, template, given)
    values, _ = creating.begin(deployment)
    scope = _PlanningScope(deployment, values)
    resources, ordered = updating.ordered(deployment, scope, record)
    found: list[Change] = []
    for declared in ordered:
        name, there = declared.logical_id, deployment.resources.get(declared.logical_id)
        properties = making.properties_of(scope, declared)
        change = changes.decide(catalog.find(declared.type), declared, properties, there)
        if change is None:
            continue
        found.append(change)
        if there is None or change.action == changes.REPLACE:
            scope.to_come.add(name)
            new = Deployed(name, declared.type, _known_later(name, "Ref"), record.region, properties, {})
            deployment.resources[name] = new
        else:
            deployment.resources[name] = replace(there, properties=properties)
    for name, old in reversed(list(record.resources.items())):
        if name not in resources:
            retained = record.template.resources[name].retain
            found.append(Change(name, old.type, changes.REMOVE, retained=retained))
    return Changes(found)


def _known_later(name: str, attribute: str) -> str:
    return f"(known after the update: {name}.{attribute})"
