"""Stacks in stacks: ``AWS::CloudFormation::Stack``, whose template is a file of the working tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pytest_cognito.infrastructure.declared import Declared, Template
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import TemplateError
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.infrastructure.properties import JSON, NUMBER, TAGS, TEXT, TEXTS, checked, own
from pytest_cognito.infrastructure.records import STACKS, Deployed, StackRecord
from pytest_cognito.infrastructure.resource_type import Made, ResourceType
from pytest_cognito.kernel.errors import UsageError


class NestedStackType(ResourceType):
    """A nested stack: ``Ref`` is its ARN, ``Fn::GetAtt`` knows ``Outputs.<name>``."""

    required = frozenset({"TemplateURL"})
    _properties = own(NotificationARNs=TEXTS, Parameters=JSON, Tags=TAGS, TemplateURL=TEXT, TimeoutInMinutes=NUMBER)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        from pytest_cognito.infrastructure.deploying import creating  # which makes resources, nested stacks among them

        checked(properties, self._properties, self.required)
        given = _given(deployment, properties)
        template = _template(deployment, declared, properties, given)
        name = deployment.physical_name(declared.logical_id)
        parent = deployment.stack_id
        return _made(creating.create(deployment.world, template, name, deployment.region, given, parent=parent))

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        from pytest_cognito.infrastructure.deploying import updating

        checked(properties, self._properties, self.required)
        given = _given(deployment, properties)
        template = _template(deployment, declared, properties, given)
        updating.update(deployment.world, _record(deployment, deployed), template, given)
        return _made(_record(deployment, deployed))

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        from pytest_cognito.infrastructure.deploying import creating

        creating.delete(deployment.world, _record(deployment, deployed))


def _record(deployment: Deployment, deployed: Deployed) -> StackRecord:
    record = deployment.world.store[STACKS].get((deployment.region, deployed.physical_id.split("/")[1]))
    if record is None:
        raise UsageError(f"the nested stack {deployed.logical_id} is not there any more")
    return record


def _given(deployment: Deployment, properties: Mapping[str, Any]) -> Given:
    return replace(deployment.given, parameters=properties.get("Parameters") or {})


def _template(deployment: Deployment, declared: Declared, properties: Mapping[str, Any], given: Given) -> Template:
    from pytest_cognito.infrastructure.reading import read

    if declared.logical_id in deployment.template.nested:  # an asset of an assembly
        return deployment.template.nested[declared.logical_id]
    path = declared.source or deployment.template.root / Path(str(properties["TemplateURL"]).removeprefix("file://"))
    if not path.is_file():
        raise TemplateError(
            f"there is no file {properties['TemplateURL']} in {deployment.template.root}: the template of a nested "
            f"stack is read from the working tree, as before `aws cloudformation package`",
            declared.line_of("TemplateURL"),
        )
    return next(iter(read(path, given, deployment.region).values()))


def _made(record: StackRecord) -> Made:
    return Made(record.id, {f"Outputs.{name}": value for name, value in record.outputs.items()})
