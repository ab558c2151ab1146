"""What stacks export and import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.records import STACKS, StackRecord
from pytest_cognito.world import World


def check(deployment: Deployment, exports: Mapping[str, Any]) -> None:
    """Raise `TemplateError` for an export that another stack has, and for a change of one that another stack uses."""
    world, where = deployment.world, deployment.template.line_of("Outputs")
    for stack in _others(world, deployment.region, deployment.stack_id):
        for name in sorted(exports.keys() & stack.exports.keys()):
            raise TemplateError(texts.EXPORT_EXISTS.format(name=name, stack=stack.name), where)
    before = world.store[STACKS].get((deployment.region, deployment.stack_name))
    for name, value in before.exports.items() if before is not None else ():
        if exports.get(name) != value:
            text = texts.UPDATE_IN_USE if name in exports else texts.DELETE_IN_USE
            _check_unused(world, deployment.region, deployment.stack_id, name, text, where)


def check_unused(world: World, record: StackRecord) -> None:
    """Raise `TemplateError` if another stack uses what a stack that is to be deleted exports."""
    for name in record.exports:
        _check_unused(world, record.region, record.id, name, texts.DELETE_IN_USE, record.template.location)


def _check_unused(world: World, region: str, stack_id: str, name: str, text: str, where: Any) -> None:
    users = [stack.name for stack in _others(world, region, stack_id) if name in stack.imports]
    if users:
        raise TemplateError(text.format(name=name, stacks=" and ".join(users)), where)


def _others(world: World, region: str, stack_id: str) -> Iterator[StackRecord]:
    """The other stacks of a region."""
    return (stack for stack in world.store[STACKS] if stack.region == region and stack.id != stack_id)
