"""``Ref``, ``Fn::GetAtt`` and ``Fn::Sub``: what names in a template stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.expressions.evaluating import Function, value_of
from pytest_cognito.infrastructure.expressions.scope import NO_VALUE, Scope
from pytest_cognito.infrastructure.expressions.values import as_text

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_NAME = re.compile(r"[A-Za-z0-9_.:]+")


def ref(scope: Scope, name: Any) -> Any:
    """The value of a parameter, or the physical id of a resource."""
    name = name_of(scope, name)
    if name == "AWS::NoValue":
        return NO_VALUE
    return scope.values[name] if name in scope.values else scope.reference(name)


def name_of(scope: Scope, argument: Any) -> str:
    """The name that a ``Ref`` asks for; with the language extensions it may be what a function gives."""
    if scope.extended and isinstance(argument, Mapping):
        argument = value_of(scope, argument)
    if not isinstance(argument, str) or not argument:
        raise TemplateError(texts.REF)
    return argument


def get_att(scope: Scope, argument: Any) -> Any:
    """An attribute of a resource: ``["Pool", "Arn"]`` or ``"Pool.Arn"``."""
    name, attribute = attribute_of(scope, argument)
    attribute = value_of(scope, attribute)
    if not isinstance(attribute, str):
        raise TemplateError(texts.GET_ATT)
    return scope.attribute(name, attribute)


def attribute_of(scope: Scope, argument: Any) -> tuple[str, Any]:
    """The resource and the attribute that ``Fn::GetAtt`` names; the attribute may be a ``Ref``.

    With the language extensions, what names the resource may be a function, too.
    """
    parts = argument.split(".", 1) if isinstance(argument, str) else argument
    if not isinstance(parts, list | tuple) or len(parts) < 2 or not all(parts):
        raise TemplateError(texts.GET_ATT)
    name, *rest = parts
    if scope.extended and isinstance(name, Mapping):
        name = value_of(scope, name)
    if not isinstance(name, str):
        raise TemplateError(texts.GET_ATT)
    return name, rest[0] if len(rest) == 1 else ".".join(map(str, rest))


def sub(scope: Scope, argument: Any) -> str:
    """A text in which ``${Name}`` and ``${Name.Attribute}`` are replaced; ``${!Name}`` stays as ``${Name}``."""
    template, own = substitution(argument)
    variables = {name: value_of(scope, value) for name, value in own.items()}

    def replaced(found: re.Match[str]) -> str:
        if found[1].startswith("!"):
            return f"${{{found[1][1:]}}}"
        name = _checked(found[1])
        if name in variables:
            value = variables[name]
        elif "." in name and name not in scope.values:
            value = scope.attribute(*name.split(".", 1))
        else:
            value = ref(scope, name)
        return as_text(value, texts.SUB)

    return scope.text(_VARIABLE.sub(replaced, template))


def substitution(argument: Any) -> tuple[str, Mapping[str, Any]]:
    """The text of ``Fn::Sub`` and its own variables."""
    if isinstance(argument, str):
        return argument, {}
    if (
        not isinstance(argument, list | tuple)
        or len(argument) != 2
        or not isinstance(argument[0], str)
        or not isinstance(argument[1], Mapping)
    ):
        raise TemplateError(texts.SUB)
    return argument[0], argument[1]


def names_in(text: str) -> Iterator[str]:
    """The names that a text of ``Fn::Sub`` has: ``Pool``, ``Pool.Arn``."""
    for found in _VARIABLE.finditer(text):
        if not found[1].startswith("!"):
            yield _checked(found[1])


def _checked(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise TemplateError(texts.SUB_NAMES)
    return name


FUNCTIONS: Mapping[str, Function] = {"Ref": ref, "Fn::GetAtt": get_att, "Fn::Sub": sub}
