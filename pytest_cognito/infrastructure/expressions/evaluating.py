"""Evaluation of what stands in a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pytest_cognito.infrastructure.declared import Location
from pytest_cognito.infrastructure.errors import TemplateError, at, texts
from pytest_cognito.infrastructure.expressions.scope import NO_VALUE, Scope

Function = Callable[[Scope, Any], Any]
"""A function of CloudFormation: it gets its argument as it stands in the template."""


def evaluate(scope: Scope, value: Any, location: Location | None = None) -> Any:
    """The value of an expression, in which no function is left, and nothing that is ``AWS::NoValue``.

    Errors that say no place themselves are at ``location``.
    """
    if location is None:
        return value_of(scope, value)
    with at(location):
        return value_of(scope, value)


def value_of(scope: Scope, value: Any) -> Any:
    """The value of an expression; `NO_VALUE` if it is ``AWS::NoValue``."""
    if isinstance(value, dict):
        function = function_of(value)
        if function is not None:
            return _functions()[function](scope, value[function])
        pairs = ((key, value_of(scope, item)) for key, item in value.items())
        return {key: item for key, item in pairs if item is not NO_VALUE}
    if isinstance(value, list | tuple):
        return [item for each in value if (item := value_of(scope, each)) is not NO_VALUE]
    if isinstance(value, str) and "{{resolve:" in value:
        return scope.text(value)
    return value


def function_of(value: Mapping[str, Any]) -> str | None:
    """The name of the function that an object is a call of; None for an object that is data."""
    if len(value) == 1:
        (name,) = value
        return _known(name) if name == "Ref" or name.startswith("Fn::") else None
    for name in value:
        if name.startswith("Fn::"):
            others = ", ".join(other for other in value if other != name)
            raise TemplateError(texts.BESIDE_FUNCTION.format(name=name, others=others))
    return None


def _known(name: str) -> str:
    if name.startswith("Fn::ForEach::"):
        raise TemplateError(texts.NEEDS_EXTENSIONS.format(name=name))
    if name not in _functions():
        raise TemplateError(texts.UNKNOWN_FUNCTION.format(name=name))
    return name


@cache
def _functions() -> Mapping[str, Function]:
    # They evaluate their arguments by this module.
    from pytest_cognito.infrastructure.expressions import choices, lists, outside, references, rules, strings

    return {
        **choices.FUNCTIONS,
        **lists.FUNCTIONS,
        **outside.FUNCTIONS,
        **references.FUNCTIONS,
        **rules.FUNCTIONS,
        **strings.FUNCTIONS,
    }
