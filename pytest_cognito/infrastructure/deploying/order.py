"""Which resources of a template there are to be, and in which order they can be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from pytest_cognito.infrastructure.declared import Declared, Location, Template
from pytest_cognito.infrastructure.errors import TemplateError, at, texts
from pytest_cognito.infrastructure.expressions import choices, references
from pytest_cognito.infrastructure.expressions.evaluating import function_of
from pytest_cognito.infrastructure.expressions.scope import Scope
from pytest_cognito.kernel.suggestions import suggestion

_COMPOSED = (dict, list, tuple)
"""What an expression may be, or have in it."""


def wanted(template: Template, scope: Scope) -> dict[str, Declared]:
    """The resources whose condition holds, or that have none, in the order of the template."""
    result = {}
    for name, declared in template.resources.items():
        with at(declared.location):
            if declared.condition is None or choices.holds(scope, declared.condition):
                result[name] = declared
    return result


def in_order(resources: Mapping[str, Declared], template: Template, scope: Scope) -> list[Declared]:
    """Resources in an order in which each comes after those that it refers to; else as they are in the template.

    Raises `TemplateError` for what refers to nothing that there is, and for a circle.
    """
    position = {name: number for number, name in enumerate(resources)}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name, declared in resources.items():
        sorter.add(name, *dependencies(declared, resources, template, scope))
    try:
        sorter.prepare()
    except CycleError as error:
        circle = sorted(set(error.args[1]), key=position.__getitem__)
        reason = texts.CIRCULAR.format(names=", ".join(circle))
        raise TemplateError(reason, resources[circle[0]].location) from None
    ordered: list[Declared] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=position.__getitem__)
        ordered.extend(resources[name] for name in ready)
        sorter.done(*ready)
    return ordered


def dependencies(
    declared: Declared, resources: Mapping[str, Declared], template: Template, scope: Scope
) -> Iterator[str]:
    """The resources that one refers to or depends on, by their names.

    Where a condition decides, only what is chosen counts. What ``DependsOn`` names may be left out by its condition.
    """
    for name in declared.depends_on:
        if name in resources:
            yield name
        elif name not in template.resources:
            raise _unresolved(name, "Resources", template, declared.location)
    for key, value in declared.properties.items():
        if not isinstance(value, _COMPOSED):
            continue  # most are plain, and refer to nothing
        where = declared.line_of(key)
        for name, by_attribute in _located(references_in(value, scope), where):
            if name not in resources:
                raise _unresolved(name, "Resources", template, where, by_attribute=by_attribute)
            yield name


def check_outputs(template: Template, resources: Iterable[str], scope: Scope) -> None:
    """Raise `TemplateError` for outputs that refer to nothing that there is."""
    there = set(resources)
    for key, output in template.outputs.items():
        where = template.line_of("Outputs", key)
        if "Condition" in output and not choices.holds(scope, output["Condition"], "Outputs"):
            continue
        parts = [output.get("Value"), output.get("Export")]
        for name, by_attribute in _located(references_in(parts, scope), where):
            if name not in there:
                raise _unresolved(name, "Outputs", template, where, by_attribute=by_attribute)


def _unresolved(
    name: str, block: str, template: Template, where: Location, *, by_attribute: bool = False
) -> TemplateError:
    """What CloudFormation says of a name that stands for nothing, and what may be meant."""
    if name in template.resources:
        condition = template.resources[name].condition
        hint = f"its condition {condition} does not hold; put what refers to it into Fn::If, or under the condition"
        return TemplateError(texts.UNRESOLVED.format(names=name, block=block), where, hint)
    text = texts.GET_ATT_UNDEFINED if by_attribute else texts.UNRESOLVED
    hint = suggestion(name, [*template.resources, *template.parameters])
    return TemplateError(text.format(name=name, names=name, block=block), where, hint)


def references_in(value: Any, scope: Scope) -> Iterator[tuple[str, bool]]:
    """The names of resources that an expression refers to, and whether it asks for an attribute of them."""
    if isinstance(value, list | tuple):
        for item in value:
            if isinstance(item, _COMPOSED):
                yield from references_in(item, scope)
    elif isinstance(value, dict):
        function = function_of(value)
        if function is None:
            for item in value.values():
                yield from references_in(item, scope)
        else:
            yield from _of_function(function, value[function], scope)


def _of_function(function: str, argument: Any, scope: Scope) -> Iterator[tuple[str, bool]]:
    if function == "Ref":
        name = references.name_of(scope, argument)
        if name not in scope.values and name != "AWS::NoValue":
            yield name, False
    elif function == "Fn::GetAtt":
        name, attribute = references.attribute_of(scope, argument)
        yield name, True
        yield from references_in(attribute, scope)
    elif function == "Fn::Sub":
        text, own = references.substitution(argument)
        yield from references_in(list(own.values()), scope)
        for found in references.names_in(text):
            if found not in own and found not in scope.values:
                yield found.split(".", 1)[0], "." in found
    elif function == "Fn::If":
        yield from references_in(choices.chosen(scope, argument), scope)
    else:
        yield from references_in(argument, scope)


def _located(found: Iterator[tuple[str, bool]], where: Location) -> Iterator[tuple[str, bool]]:
    """What is found; errors without a place are at ``where``."""
    with at(where):
        yield from found
