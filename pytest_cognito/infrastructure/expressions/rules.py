"""The section ``Rules``: what the parameters of a template have to be together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pytest_cognito.infrastructure.declared import Template
from pytest_cognito.infrastructure.errors import TemplateError, at, texts
from pytest_cognito.infrastructure.expressions import choices
from pytest_cognito.infrastructure.expressions.evaluating import Function, value_of
from pytest_cognito.infrastructure.expressions.scope import Scope
from pytest_cognito.infrastructure.expressions.values import same
from pytest_cognito.kernel.errors import Unsupported


class _RulesScope(Scope):
    """The scope of rules, which know parameters alone."""

    block = "Rules"


def check(template: Template, values: Mapping[str, Any]) -> None:
    """Raise `TemplateError` for the first rule that does not hold, with the description of its assertion."""
    scope = _RulesScope(values, template.mappings, {})
    for name, rule in template.rules.items():
        with at(template.line_of("Rules", name)):
            if not isinstance(rule, Mapping) or not isinstance(rule.get("Assertions"), list):
                raise TemplateError(texts.UNSUPPORTED_STRUCTURE)
            if "RuleCondition" in rule and not choices.decide(scope, rule["RuleCondition"]):
                continue
            for assertion in rule["Assertions"]:
                _check_assertion(scope, name, assertion)


def _check_assertion(scope: Scope, name: str, assertion: Any) -> None:
    if not isinstance(assertion, Mapping) or "Assert" not in assertion:
        raise TemplateError(texts.UNSUPPORTED_STRUCTURE)
    if not choices.decide(scope, assertion["Assert"]):
        raise TemplateError(texts.RULE.format(name=name, description=assertion.get("AssertDescription", "")).rstrip())


def _contains(strings: list[Any], value: Any) -> bool:
    return any(same(each, value) for each in strings)


def _each_member_equals(strings: list[Any], value: Any) -> bool:
    return all(same(each, value) for each in strings)


def _each_member_in(strings: list[Any], others: Any) -> bool:
    return isinstance(others, list) and all(_contains(others, each) for each in strings)


def _of_rules(name: str, decide: Callable[[list[Any], Any], bool]) -> Function:
    """A function of a list and what its members are compared with, which there is in rules alone."""

    def function(scope: Scope, argument: Any) -> bool:
        if scope.block != _RulesScope.block:
            raise TemplateError(texts.UNKNOWN_FUNCTION.format(name=name))
        given = value_of(scope, argument)
        if not isinstance(given, list) or len(given) != 2 or not isinstance(given[0], list):
            raise TemplateError(texts.OF_RULES.format(name=name))
        return decide(given[0], given[1])

    return function


def _of_account(name: str) -> Function:
    def function(scope: Scope, argument: Any) -> bool:  # noqa: ARG001 - as of all functions
        if scope.block != _RulesScope.block:
            raise TemplateError(texts.UNKNOWN_FUNCTION.format(name=name))
        raise Unsupported(f"the rule asks for resources of the account by {name}, which nobody knows here")

    return function


FUNCTIONS: Mapping[str, Function] = {
    "Fn::Contains": _of_rules("Fn::Contains", _contains),
    "Fn::EachMemberEquals": _of_rules("Fn::EachMemberEquals", _each_member_equals),
    "Fn::EachMemberIn": _of_rules("Fn::EachMemberIn", _each_member_in),
    **{name: _of_account(name) for name in ("Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll")},
}
