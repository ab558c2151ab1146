"""Updates of stacks: what differs is changed or made anew, what is no longer wanted is deleted in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pytest_cognito.infrastructure import catalog
from pytest_cognito.infrastructure.declared import Declared, Template
from pytest_cognito.infrastructure.deploying import changes, creating, making, order, unmaking
from pytest_cognito.infrastructure.deploying.changes import Change, Changes
from pytest_cognito.infrastructure.deploying.log import logged
from pytest_cognito.infrastructure.deploying.scope import StackScope
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import DeploymentError, TemplateError, texts
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.infrastructure.records import STACKS, Deployed, StackRecord
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World


def update(world: World, record: StackRecord, template: Template, given: Given) -> Changes:
    """Apply a template, or other parameters, to a stack. Where AWS refuses a change, those before are undone."""
    deployment = begin(world, record, template, given)
    with logged(deployment, "UpdateStack") as call:
        result = Changes(_Update(deployment, record).apply())
        call.explanation = tuple(str(result).splitlines())
    return result


class _Update:
    """One update, and what it has done so far."""

    def __init__(self, deployment: Deployment, record: StackRecord) -> None:
        self._record = record
        self._deployment = deployment
        self._values, self._scope = creating.begin(self._deployment)
        self._resources, self._ordered = ordered(self._deployment, self._scope, record)
        self._done: list[Change] = []
        self._replaced: dict[str, Deployed] = {}

    def apply(self) -> list[Change]:
        """Make the changes, write down the stack, and delete what is not wanted any more."""
        deployment = self._deployment
        removed = [name for name in deployment.resources if name not in self._resources]
        try:
            for declared in self._ordered:
                self._apply(declared)
            everything = dict(deployment.resources)
            deployment.resources = {declared.logical_id: everything[declared.logical_id] for declared in self._ordered}
            left_out = deployment.left_out
            there = tuple(f"{name}." for name in deployment.resources)
            deployment.left_out = {
                name: why for name, why in left_out.items() if name in deployment.resources or name.startswith(there)
            }
            creating.finish(deployment, self._scope, self._values, self._record.parent)
        except (DeploymentError, TemplateError, UsageError) as error:
            for problem in self._undo():
                error.add_note(f"and the roll-back failed: {problem}")
            raise
        return self._cleaned_up(removed, left_out)

    def _apply(self, declared: Declared) -> None:
        deployment, handler = self._deployment, catalog.find(declared.type)
        there = deployment.resources.get(declared.logical_id)
        with making.refusals(deployment.world, declared, "CREATE_FAILED" if there is None else "UPDATE_FAILED"):
            properties = making.properties_of(self._scope, declared)
        change = changes.decide(handler, declared, properties, there)
        if change is None:
            return
        try:
            self._make(declared, change, properties)
        except DeploymentError:
            if handler is not None and handler.custom:
                self._done.append(change)
            raise
        self._done.append(change)

    def _make(self, declared: Declared, change: Change, properties: dict[str, Any]) -> None:
        """Make one change."""
        deployment, handler = self._deployment, catalog.find(declared.type)
        there = deployment.resources.get(declared.logical_id)
        if there is None or change.action == changes.REPLACE:
            was_left_out = deployment.left_out.pop(declared.logical_id, None)
            first = there is not None and handler is not None and handler.deletes_first
            if there is not None and first:
                unmaking.delete(deployment, declared, there)
            making.create(deployment, self._scope, declared)
            if there is not None and was_left_out is None and not first:
                self._replaced[declared.logical_id] = there
        elif handler is None or declared.logical_id in deployment.left_out:
            deployment.resources[declared.logical_id] = replace(there, properties=properties)
        else:
            with making.refusals(deployment.world, declared, "UPDATE_FAILED"):
                made = handler.update(deployment, declared, properties, there)
            deployment.resources[declared.logical_id] = making.deployed(deployment, declared, properties, made)
            if handler.custom and made.physical_id != there.physical_id:
                self._replaced[declared.logical_id] = there

    def _undo(self) -> list[str]:
        """Undo the changes in reverse order. Gives what could not be undone."""
        problems = []
        for change in reversed(self._done):
            name = change.logical_id
            declared, now = self._resources[name], self._deployment.resources.get(name)
            if now is None or now is self._record.resources.get(name):
                continue  # it was refused before anything was done
            try:
                if change.action != changes.MODIFY:
                    unmaking.delete(self._deployment, declared, now)
                elif name not in self._deployment.left_out:
                    self._change_back(self._record.template.resources[name], now)
            except DeploymentError as error:
                problems.append(str(error))
        return problems

    def _change_back(self, declared: Declared, now: Deployed) -> None:
        handler, before = catalog.find(declared.type), self._record.resources[declared.logical_id]
        if handler is not None:
            with making.refusals(self._deployment.world, declared, "UPDATE_ROLLBACK_FAILED"):
                made = handler.update(self._deployment, declared, before.properties, now)
            if handler.custom:
                self._changed_back(declared, now, making.deployed(self._deployment, declared, before.properties, made))

    def _changed_back(self, declared: Declared, now: Deployed, restored: Deployed) -> None:
        """Write down what a function has made in the roll-back, which may be another resource again."""
        record = replace(self._record, resources={**self._record.resources, declared.logical_id: restored})
        with self._deployment.world.handle_step("deploy", record.region) as context:
            context.table(STACKS).put(record)
        self._record = record
        if restored.physical_id != now.physical_id:
            unmaking.delete(self._deployment, declared, now)

    def _cleaned_up(self, removed: list[str], left_out: dict[str, str]) -> list[Change]:
        """All changes, those of the clean-up among them.

        What AWS refuses to delete stays, and the update is complete even so.
        """
        result = {change.logical_id: change for change in self._done}
        before = self._record
        cleaning = Deployment(
            self._deployment.world,
            before.template,
            before.name,
            before.region,
            stack_id=before.id,
            given=before.given,
        )
        cleaning.resources, cleaning.left_out = dict(before.resources), dict(left_out)
        for name, old in reversed(list(before.resources.items())):
            if name in removed:
                declared = before.template.resources[name]
                change = Change(name, old.type, changes.REMOVE, retained=declared.retain)
            elif name in self._replaced:
                declared, change = self._resources[name], result[name]
                if change.action == changes.MODIFY:  # a function has made another one
                    change = replace(change, action=changes.REPLACE, retained=declared.retain_replaced)
            else:
                continue
            if not change.retained:
                try:
                    unmaking.delete(cleaning, declared, old)
                except DeploymentError as error:
                    change = replace(change, kept=error.reason)
            result[name] = change
        return list(result.values())


def begin(world: World, record: StackRecord, template: Template, given: Given) -> Deployment:
    """The deployment of another template as a stack, which knows what there is."""
    deployment = Deployment(world, template, record.name, record.region, stack_id=record.id, given=given)
    deployment.resources = dict(record.resources)
    deployment.left_out = dict(record.left_out)
    return deployment


def ordered(
    deployment: Deployment, scope: StackScope, record: StackRecord
) -> tuple[dict[str, Declared], list[Declared]]:
    """The resources that are wanted, by logical id and in their order, checked against those that there are."""
    resources = order.wanted(deployment.template, scope)
    others = [
        name for name, made in record.resources.items() if name in resources and resources[name].type != made.type
    ]
    if others:
        raise TemplateError(texts.TYPE_CHANGED.format(names=", ".join(others)), resources[others[0]].location)
    result = order.in_order(resources, deployment.template, scope)
    order.check_outputs(deployment.template, resources, scope)
    return resources, result


def kept(record: StackRecord, template: Template | None, given: Given) -> Given:
    """What is given to an update: what it does not say stays as it was, as far as the template still asks for it."""
    before = record.given
    asked = record.template.parameters if template is None else template.parameters
    parameters = {name: value for name, value in before.parameters.items() if name in asked}
    return Given(
        {**parameters, **given.parameters},
        {**before.imports, **given.imports},
        {**before.ssm, **given.ssm},
        {**before.secrets, **given.secrets},
        {**before.includes, **given.includes},
        given.values or before.values,
        before.ids if given.ids == "new" else given.ids,
        {**before.applications, **given.applications},
    )
