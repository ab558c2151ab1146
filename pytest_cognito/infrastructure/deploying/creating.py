"""Deploying templates: stacks are made, changed and deleted as CloudFormation does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.declared import Template
from pytest_cognito.infrastructure.deploying import exporting, making, order, unmaking
from pytest_cognito.infrastructure.deploying.log import logged, summary
from pytest_cognito.infrastructure.deploying.scope import StackScope, pseudo_parameters
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import TemplateError, at, texts
from pytest_cognito.infrastructure.expressions import choices, parameters, rules
from pytest_cognito.infrastructure.expressions.evaluating import evaluate
from pytest_cognito.infrastructure.expressions.stored_values import StoredValues
from pytest_cognito.infrastructure.expressions.values import as_text
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.infrastructure.records import STACKS, StackRecord
from pytest_cognito.world import World

_EXPORT_NAME = re.compile("[A-Za-z0-9:-]+")


def create(
    world: World, template: Template, name: str, region: str, given: Given, *, parent: str | None = None
) -> StackRecord:
    """Make a stack of a template. Where AWS refuses a resource, those made before are deleted again."""
    if world.store[STACKS].get((region, name)) is not None:
        raise TemplateError(texts.STACK_EXISTS.format(name=name), template.location)
    deployment = Deployment(world, template, name, region, given=given)
    with logged(deployment, "CreateStack") as call, making.undone_on_failure(deployment):
        values, scope = begin(deployment)
        resources = order.wanted(template, scope)
        ordered = order.in_order(resources, template, scope)
        order.check_outputs(template, resources, scope)
        for declared in ordered:
            making.create(deployment, scope, declared)
        record = finish(deployment, scope, values, parent)
        call.explanation = (summary(record),)
        return record


def begin(deployment: Deployment) -> tuple[dict[str, Any], StackScope]:
    """The values of the parameters of a deployment, and its scope."""
    stored = StoredValues(deployment.given, deployment.region)
    template = deployment.template
    values = parameters.resolve(template.parameters, deployment.given.parameters, stored.parameter, template.line_of)
    rules.check(template, {**values, **pseudo_parameters(deployment)})
    scope = StackScope(deployment, values, stored)
    for name in template.conditions:
        with at(template.line_of("Conditions", name)):
            choices.holds(scope, name, "Conditions")
    return values, scope


def finish(deployment: Deployment, scope: StackScope, values: Mapping[str, Any], parent: str | None) -> StackRecord:
    """Evaluate the outputs, and write down the stack."""
    outputs, exports = _outputs(deployment, scope)
    exporting.check(deployment, exports)
    record = StackRecord(
        name=deployment.stack_name,
        id=deployment.stack_id,
        region=deployment.region,
        template=deployment.template,
        parameters=values,
        resources=dict(deployment.resources),
        outputs=outputs,
        exports=exports,
        left_out=dict(deployment.left_out),
        given=deployment.given,
        imports=frozenset(scope.used_imports),
        parent=parent,
    )
    with deployment.world.handle_step("deploy", deployment.region) as context:
        context.table(STACKS).put(record)
    return record


def _outputs(deployment: Deployment, scope: StackScope) -> tuple[dict[str, Any], dict[str, Any]]:
    """The outputs of a stack, and what it exports, by name."""
    outputs: dict[str, Any] = {}
    exports: dict[str, Any] = {}
    scope.block = "Outputs"
    for key, output in deployment.template.outputs.items():
        if "Condition" in output and not choices.holds(scope, output["Condition"], "Outputs"):
            continue
        where = deployment.template.line_of("Outputs", key)
        with at(where):
            value = evaluate(scope, output["Value"])
            outputs[key] = _text_of(value) if deployment.template.text_outputs else value
        if "Export" in output:
            name = evaluate(scope, output["Export"]["Name"], where)
            if not isinstance(name, str) or _EXPORT_NAME.fullmatch(name) is None:
                raise TemplateError(texts.EXPORT_NAME.format(name=key), where)
            exports[name] = outputs[key]
    return outputs, exports


def _text_of(value: Any) -> str:
    """The value of an output of CloudFormation."""
    return as_text(value, texts.OUTPUT_VALUE.format(kind="Map" if isinstance(value, Mapping) else "List"))


def delete(world: World, record: StackRecord) -> None:
    """Delete a stack with what it has made, in reverse, but what it is to retain."""
    exporting.check_unused(world, record)
    deployment = Deployment(world, record.template, record.name, record.region, stack_id=record.id, given=record.given)
    deployment.resources = dict(record.resources)
    deployment.left_out = dict(record.left_out)
    with logged(deployment, "DeleteStack"):
        unmaking.delete_all(deployment)
    with world.handle_step("delete", record.region) as context:
        context.table(STACKS).delete((record.region, record.name))
