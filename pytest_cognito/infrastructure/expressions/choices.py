"""Conditions: ``Fn::If``, ``Fn::Equals``, ``Fn::And``, ``Fn::Or``, ``Fn::Not``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.expressions.evaluating import Function, value_of
from pytest_cognito.infrastructure.expressions.scope import NO_VALUE, Scope
from pytest_cognito.infrastructure.expressions.values import same
from pytest_cognito.kernel.suggestions import suggestion


def holds(scope: Scope, name: str, block: str = "Resources") -> bool:
    """Whether a condition of the template holds."""
    return _holds(scope, name, block, ())


def decide(scope: Scope, expression: Any) -> bool:
    """Whether an expression of a rule is true."""
    return _decide(scope, expression, ())


def _holds(scope: Scope, name: Any, block: str, around: tuple[str, ...]) -> bool:
    if not isinstance(name, str) or name not in scope.conditions:
        reason = texts.UNRESOLVED_CONDITION.format(name=name, block=block)
        raise TemplateError(reason, hint=suggestion(str(name), scope.conditions) if scope.conditions else "")
    if name in around:
        raise TemplateError(texts.CIRCULAR_CONDITIONS.format(names=", ".join(around[around.index(name) :])))
    if name not in scope.known:
        # A condition knows no resources, whoever asks.
        own = Scope(scope.values, scope.mappings, scope.conditions, extended=scope.extended)
        scope.known[name] = _decide(own, scope.conditions[name], (*around, name))
    return scope.known[name]


def _decide(scope: Scope, expression: Any, around: tuple[str, ...]) -> bool:
    """Whether a condition's expression is true."""
    if isinstance(expression, Mapping) and len(expression) == 1:
        (name, argument), *_ = expression.items()
        return _call(scope, name, argument, around)
    if isinstance(expression, bool):
        return expression
    if isinstance(expression, str) and expression.lower() in ("true", "false"):
        return expression.lower() == "true"
    raise TemplateError(texts.BOOLEAN)


def _call(scope: Scope, name: str, argument: Any, around: tuple[str, ...]) -> bool:
    if name == "Condition":
        return _holds(scope, argument, "Conditions", around)
    if name == "Fn::Equals":
        return _equals(scope, argument)
    if name == "Fn::Not":
        if not isinstance(argument, list | tuple) or len(argument) != 1:
            raise TemplateError(texts.NOT)
        return not _decide(scope, argument[0], around)
    if name in ("Fn::And", "Fn::Or"):
        if not isinstance(argument, list | tuple) or not 2 <= len(argument) <= 10:
            raise TemplateError(texts.AND_OR.format(name=name))
        decided = [_decide(scope, each, around) for each in argument]
        return all(decided) if name == "Fn::And" else any(decided)
    value = value_of(scope, {name: argument})
    if isinstance(value, Mapping):
        raise TemplateError(texts.BOOLEAN)
    return _decide(scope, value, around)


def _equals(scope: Scope, argument: Any) -> bool:
    """Whether two values are the same: numbers and booleans are the texts that stand for them."""
    if not isinstance(argument, list | tuple) or len(argument) != 2:
        raise TemplateError(texts.EQUALS)
    first, second = (value_of(scope, each) for each in argument)
    if first is NO_VALUE or second is NO_VALUE:
        raise TemplateError(texts.EQUALS)
    return same(first, second)


def chosen(scope: Scope, argument: Any) -> Any:
    """The expression that ``Fn::If`` chooses, unevaluated."""
    if not isinstance(argument, list | tuple) or not argument or not isinstance(argument[0], str):
        raise TemplateError(texts.IF_CONDITION)
    if len(argument) != 3:
        raise TemplateError(texts.IF)
    if argument[0] not in scope.conditions:
        hint = suggestion(argument[0], scope.conditions) if scope.conditions else ""
        raise TemplateError(texts.UNRESOLVED_IN_IF.format(name=argument[0]), hint=hint)
    return argument[1] if holds(scope, argument[0], scope.block) else argument[2]


def choose(scope: Scope, argument: Any) -> Any:
    """One of two values, by a condition of the template."""
    return value_of(scope, chosen(scope, argument))


def _outside_of_conditions(name: str) -> Function:
    def decide(scope: Scope, argument: Any) -> bool:
        return _call(scope, name, argument, ())

    return decide


FUNCTIONS: Mapping[str, Function] = {
    "Fn::If": choose,
    **{name: _outside_of_conditions(name) for name in ("Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals")},
}
