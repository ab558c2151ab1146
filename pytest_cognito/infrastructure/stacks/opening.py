"""What `Cognito.deploy` and `Cognito.stack` do."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pytest_cognito.infrastructure.declared import Template
from pytest_cognito.infrastructure.deploying import creating, planning, updating
from pytest_cognito.infrastructure.deploying.changes import Changes
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.infrastructure.reading import read
from pytest_cognito.infrastructure.records import STACKS, StackRecord
from pytest_cognito.infrastructure.stacks import assemblies
from pytest_cognito.infrastructure.stacks.stack import Givens, Stack
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.world import World

_NAME = re.compile("[A-Za-z][A-Za-z0-9-]{0,127}")


def deploy(
    world: World, path: str | os.PathLike[str], *, name: str | None, stack: str | None, region: str | None, given: Given
) -> Stack:
    """Deploy a template, and return its stack. What an assembly of CDK deploys before it comes first."""
    file, stack = assemblies.located(Path(path), stack)
    templates = read(file, given, region or world.region)
    key = assemblies.chosen(file, templates, stack)
    earlier = list(assemblies.before(templates, key))
    of_any = {parameter for before in (*earlier, key) for parameter in templates[before].parameters}
    for before in earlier:
        template = templates[before]
        where = region or template.region or world.region
        if world.store[STACKS].get((where, before)) is None:
            creating.create(world, template, before, where, assemblies.given_to(template, given, of_any))
    stack_name = name or key or _name_of(file)
    if _NAME.fullmatch(stack_name) is None:
        raise UsageError(f"name is 1 to 128 letters, digits and hyphens, such as 'notes'; not {stack_name!r}")
    template = templates[key]
    where = region or template.region or world.region
    _check_applications(template, given)
    record = creating.create(world, template, stack_name, where, assemblies.given_to(template, given, of_any))
    return Stack(world, record.name, record.region)


def _check_applications(template: Template, given: Given) -> None:
    """Raise `UsageError` for an application for what is not there. Nested stacks have logical ids of their own."""
    types = {declared.type for declared in template.resources.values()}
    for name in given.applications:
        if name not in template.resources and "AWS::CloudFormation::Stack" not in types:
            hint = suggestion(name, template.resources)
            raise UsageError(f"applications names {name!r}, which the template does not have: {hint}")


def update(world: World, record: StackRecord, path: str | os.PathLike[str] | None, given: Givens) -> Changes:
    """Apply a changed template to a stack."""
    template, all_given = _changed(record, path, given)
    return updating.update(world, record, template, all_given)


def plan(world: World, record: StackRecord, path: str | os.PathLike[str] | None, given: Givens) -> Changes:
    """What an update would change."""
    template, all_given = _changed(record, path, given)
    return planning.plan(world, record, template, all_given)


def _changed(record: StackRecord, path: str | os.PathLike[str] | None, given: Givens) -> tuple[Template, Given]:
    """The template of an update, and what is given to it. Without a path the file is read again: it may have changed,
    or its transforms may depend on the parameters.
    """
    file = (record.template.assembly or record.template.location.path) if path is None else Path(path)
    said = Given(**given)
    templates = read(file, updating.kept(record, None, said), record.region)
    template = assemblies.as_before(templates, record.name, record.template)
    return template, updating.kept(record, template, said)


def stacks_of(world: World) -> list[Stack]:
    """The stacks of a world, but those that are nested in others."""
    return [Stack(world, record.name, record.region) for record in world.store[STACKS] if record.parent is None]


def find(world: World, name: str | None, region: str | None) -> Stack:
    """The stack with a name; the only one without. Raises `UsageError` that says which there are if there is none."""
    stacks = [stack for stack in world.store[STACKS] if region in (None, stack.region)]
    top = [stack for stack in stacks if stack.parent is None]
    found = [stack for stack in stacks if stack.name == name] if name is not None else top
    if len(found) == 1:
        return Stack(world, found[0].name, found[0].region)
    if not stacks:
        raise UsageError('there is no stack: make one, by cognito.deploy("template.yaml")')
    if name is None or found:
        there = ", ".join(f"{stack.name} in {stack.region}" for stack in found)
        raise UsageError(f"there are several stacks: say which one, by its name and region=, of {there}")
    raise UsageError(f"there is no stack {name!r}: {suggestion(name, [stack.name for stack in stacks])}")


def _name_of(file: Path) -> str:
    """The name that a stack has unless the test gives one: that of its template's directory, or of its file."""
    stem = file.stem
    if stem in ("template", "packaged", "cdk", "plan", "tfplan", "terraform", "show"):
        stem = file.resolve().parent.name
    cleaned = re.sub("[^A-Za-z0-9-]+", "-", stem).strip("-")
    return cleaned if _NAME.fullmatch(cleaned) else "app"
